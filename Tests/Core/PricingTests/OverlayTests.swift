import Domain
import Inputs
import Pricing
import Testing

@Suite("Overlays")
struct OverlayTests {
    let million = usage(input: 1_000_000)

    let overlay = """
        version: ours-2026
        models:
          - provider: openai
            model: gpt-5
            aliases: [our-gpt]
            prices:
              - tiers:
                  standard: {input: 1.00, cache_read: 0.1, output: 8}
              - from: 2026-06-01
                tiers:
                  standard: {input: 0.9, cache_read: 0.09, output: 7}
        discounts:
          - {provider: anthropic, percent: 15}
          - {provider: google, model: gemini-2.5-pro, percent: 12.5, from: 2026-01-01, until: 2026-07-01}
        """

    func overlaid() throws -> PriceBook {
        try PriceBook.shipped().overlaid(with: YAMLDocument(text: overlay, file: "ours.yaml"))
    }

    @Test("Own prices replace the shipped ones, with all their dates")
    func replaces() throws {
        let book = try overlaid()
        let may = Timestamp(year: 2026, month: 5, day: 31)
        #expect(book.cost(million, "openai", "gpt-5", at: may) == "1")
        #expect(book.cost(million, "openai", "gpt-5") == "0.9")
        #expect(book.cost(million, "openai", "our-gpt") == "0.9")
        #expect(book.cost(million, "openai", "gpt-5", tier: "batch") == "unpriced_tier")
        #expect(book.version.hasSuffix("+ours-2026"))
    }

    @Test("Discounts apply to their provider or model and period")
    func discounts() throws {
        let book = try overlaid()
        let june = Timestamp(year: 2026, month: 6, day: 30)
        #expect(book.cost(million, "anthropic", "claude-opus-4-5") == "4.25")
        #expect(book.cost(million, "google", "gemini-2.5-pro", at: june) == "2.1875")
        #expect(book.cost(million, "google", "gemini-2.5-pro", at: Timestamp(year: 2026, month: 7, day: 1)) == "2.5")
        let listed = try PriceBook.shipped().cost(million, "google", "gemini-2.5-flash")
        #expect(book.cost(million, "google", "gemini-2.5-flash") == listed)
    }

    @Test("Reading through PriceFile gives the same")
    func priceFile() throws {
        let file = try PriceFile.parse(overlay, file: "ours.yaml")
        #expect(file.format == .payback)
        #expect(try PriceBook.shipped().overlaid(with: file.book) == overlaid())
    }

    @Test("Faults name the line and the key")
    func faults() throws {
        let broken = overlay.replacing("input: 0.9", with: "input: cheap")
        let error = #expect(throws: InputError.self) { _ = try PriceFile.parse(broken, file: "ours.yaml") }
        #expect(error?.code == .malformed)
        #expect(error?.line != nil)
        #expect(error?.field?.hasSuffix("standard.input") == true)
        #expect(throws: InputError.self) { _ = try PriceFile.parse("{\"a\": 1}", file: "other.json") }
        #expect(throws: InputError.self) { _ = try PriceFile.parse("{\"models\": [", file: "cut.json") }
    }

    @Test("A model that stands twice is told")
    func twice() throws {
        let model = "{\"provider\": \"p\", \"model\": \"m\", \"prices\": [{\"tiers\": {\"standard\": {\"input\": 1}}}]}"
        let file = try PriceFile.parse("{\"models\": [\(model), \(model)]}", file: "twice.json")
        #expect(file.book.models.count == 1)
        #expect(file.diagnostics.entries.map(\.code) == ["model_twice"])
    }
}
