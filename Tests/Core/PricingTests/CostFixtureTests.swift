import Domain
import Pricing
import Testing

/// Calls whose cost other tools got wrong in public, to the last digit.
@Suite("Cost fixtures")
struct CostFixtureTests {
    struct Fixture: Sendable, CustomTestStringConvertible {
        let name: String
        let usage: TokenUsage
        let rates: [String: String]
        let provider: String
        let model: String
        let cost: String
        var testDescription: String { name }
    }

    static let fixtures = [
        Fixture(
            name: "F1 Anthropic cache write", usage: usage(input: 3, write5m: 12_304, output: 550),
            rates: ["input": "3", "cache_write_5m": "3.75", "output": "15"],
            provider: "anthropic", model: "claude-sonnet-4-5", cost: "0.054399"),
        Fixture(
            name: "F2 Opus cache write", usage: usage(input: 6, write5m: 159_217, output: 2745),
            rates: ["input": "5", "cache_write_5m": "6.25", "output": "25"],
            provider: "anthropic", model: "claude-opus-4-5", cost: "1.06376125"),
        Fixture(
            name: "F3 OpenAI cache read", usage: usage(input: 51_232, cacheRead: 1_188_096, output: 12_909),
            rates: ["input": "1.25", "cache_read": "0.125", "output": "10"],
            provider: "openai", model: "gpt-5", cost: "0.341642"),
        Fixture(
            name: "F4 Fireworks cache read", usage: usage(input: 1, cacheRead: 27_146, output: 351),
            rates: ["input": "1.40", "cache_read": "0.26", "output": "4.40"],
            provider: "fireworks", model: "glm-5p1", cost: "0.00860376"),
    ]

    @Test(arguments: fixtures)
    func handMadeRates(_ fixture: Fixture) throws {
        #expect(try applied(fixture.rates).cost(of: fixture.usage).words == fixture.cost)
    }

    @Test(arguments: fixtures)
    func shippedBook(_ fixture: Fixture) throws {
        let book = try PriceBook.shipped()
        #expect(book.cost(fixture.usage, fixture.provider, fixture.model) == fixture.cost)
    }
}
