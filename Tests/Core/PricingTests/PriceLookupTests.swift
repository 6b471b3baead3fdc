import Domain
import Inputs
import Pricing
import Testing

@Suite("Price look-up")
struct PriceLookupTests {
    let million = usage(input: 1_000_000)

    @Test(
        "The served tier decides",
        arguments: [
            (nil, "1.25"), ("default", "1.25"), ("auto", "1.25"), ("batch", "0.625"), ("flex", "0.625"),
            ("priority", "2.5"), ("fast", "2.5"), ("galactic", "unpriced_tier"),
        ] as [(String?, String)])
    func tiers(_ tier: String?, _ cost: String) throws {
        #expect(try PriceBook.shipped().cost(million, "openai", "gpt-5", tier: tier) == cost)
    }

    @Test("An unknown tier is named in the gap")
    func unknownTier() throws {
        let result = try PriceBook.shipped().price(
            provider: "openai", model: "gpt-5", tier: "galactic", at: Timestamp(year: 2026, month: 1, day: 1))
        #expect(result == .failure(PricingGapError(.tier("galactic"))))
    }

    @Test("Prices apply from their day on")
    func effectiveDates() throws {
        let book = try PriceBook.shipped()
        let cut = Timestamp(year: 2025, month: 6, day: 10)
        let before = Timestamp(microseconds: cut.microseconds - 1)
        #expect(book.cost(million, "openai", "o3", at: before) == "10")
        #expect(book.cost(million, "openai", "o3", at: cut) == "2")
        #expect(book.cost(million, "openai", "o3-2025-04-16", at: before) == "10")
    }

    @Test("Before its first price a model has none")
    func notYetPriced() throws {
        var late = try model("late", standard: ["input": "1"])
        late.periods[0].from = Timestamp(year: 2026, month: 1, day: 1)
        var book = PriceBook(version: "made")
        book.add(late)
        #expect(book.cost(million, "made", "late", at: Timestamp(year: 2025, month: 12, day: 31)) == "unpriced_date")
        #expect(book.cost(million, "made", "late", at: Timestamp(year: 2026, month: 1, day: 1)) == "1")
    }

    @Test("An unknown model is a gap")
    func unknownModel() throws {
        let result = try PriceBook.shipped().price(
            provider: "openai", model: "no-such-model", tier: nil, at: Timestamp(year: 2026, month: 1, day: 1))
        #expect(result == .failure(PricingGapError(.unknownModel)))
    }

    @Test(
        "Usual spellings lead to the model",
        arguments: [
            ("openai", "gpt-5"), ("OpenAI", "GPT-5"), (nil, "gpt-5"), (nil, "openai/gpt-5"), ("openai", "openai/gpt-5"),
            ("openai", "gpt-5-2025-08-07"),
        ] as [(String?, String)])
    func spellings(_ provider: String?, _ name: String) throws {
        let found = try PriceBook.shipped().find(provider: provider, model: name)
        #expect(found?.provider == "openai")
        #expect(found?.model == "gpt-5")
    }

    @Test("Multipliers of a region apply only there")
    func regions() throws {
        var regional = try model("regional", standard: ["input": "1"])
        regional.periods[0].multipliers = ["region:us": ExactDecimal(coefficient: 11, scale: 1)]
        var book = PriceBook(version: "made")
        book.add(regional)
        #expect(book.cost(million, "made", "regional") == "1")
        #expect(book.cost(million, "made", "regional", region: "us") == "1.1")
        #expect(book.cost(million, "made", "regional", region: "eu") == "1")
    }
}
