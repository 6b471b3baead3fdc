import Domain
import Inputs
import Pricing
import Testing

@Suite("Writing the price book")
struct PriceBookWriterTests {
    @Test("The shipped book reads back equal")
    func shipped() throws {
        let book = try PriceBook.shipped()
        let back = try PriceFile.parse(book.fileText, file: "back.json").book
        #expect(back == book)
    }

    @Test("A LiteLLM map reads back equal")
    func litellm() throws {
        let book = try PriceFile.read(fixturePath("litellm/cost_map.json")).book
        #expect(try PriceFile.parse(book.fileText, file: "back.json").book == book)
    }

    @Test("Discounts, dates, fees, factors and odd names read back equal")
    func everything() throws {
        var made = try model("a \"quoted\" \\ name\n", standard: ["input": "0.000001", "output": "9999.999999"])
        made.periods[0].multipliers = ["region:us": ExactDecimal(coefficient: 110, scale: 2)]
        made.periods[0].fees = ["web_search": NanoUSD(nanos: 10_000_001)]
        var later = made.periods[0]
        later.from = Timestamp(year: 2026, month: 2, day: 28, hour: 12)
        made.periods.append(later)
        var book = PriceBook(version: "made")
        book.sources = ["made": "Made up <here> & there"]
        book.add(made)
        book.discounts = [
            Discount(
                provider: "made", model: "a", percent: ExactDecimal(coefficient: 125, scale: 1),
                period: Period(start: Timestamp(year: 2026, month: 1, day: 1), end: Period.always.end)),
            Discount(provider: "made", model: nil, percent: ExactDecimal(coefficient: 5, scale: 0), period: .always),
        ]
        #expect(try PriceFile.parse(book.fileText, file: "back.json").book == book)
    }

    @Test("Books that differ are not equal")
    func different() throws {
        var first = PriceBook(version: "made")
        var second = first
        first.add(try model("m", standard: ["input": "1"]))
        second.add(try model("m", standard: ["input": "2"]))
        #expect(first != second)
    }

    @Test(
        "Decimals keep their notation",
        arguments: [
            (0, 0, "0"), (11, 1, "1.1"), (20, 1, "2.0"), (5, 3, "0.005"), (-5, 1, "-0.5"), (2, -3, "2e3"),
            (125, 0, "125"),
        ] as [(Int64, Int, String)])
    func notation(_ coefficient: Int64, _ scale: Int, _ text: String) {
        let decimal = ExactDecimal(coefficient: Int128(coefficient), scale: scale)
        #expect(decimal.notation == text)
        #expect(ExactDecimal(text) == decimal)
    }
}
