import Domain
import Pricing
import Testing

@Suite("Checking prices")
struct PriceCheckTests {
    /// A made-up model that breaks the rule, beside a sound one.
    static func broken(_ rule: PriceRule) throws -> [ModelPrices] {
        let sound = ["input": "1", "cache_read": "0.1", "output": "4"]
        func tiers(_ name: String, _ prices: [String: String]) throws -> [ModelPrices] {
            [model("m", ["standard": TierRates(base: try rates(sound)), name: TierRates(base: try rates(prices))])]
        }
        switch rule {
        case .noPrices: return [ModelPrices(provider: "made", model: "m")]
        case .noStandardTier: return [model("m", ["batch": TierRates(base: try rates(sound))])]
        case .datesNotAscending: return [try repeated()]
        case .allZero: return [try model("m", standard: ["input": "0", "output": "0"])]
        case .priceTooHigh: return [try model("m", standard: ["input": "10000.000001", "output": "20000"])]
        case .cacheReadAboveInput:
            return [try model("m", standard: ["input": "1", "cache_read": "1.1", "output": "4"])]
        case .cacheWriteBelowInput:
            return [try model("m", standard: ["input": "1", "cache_write_1h": "0.9", "output": "4"])]
        case .outputBelowInput: return [try model("m", standard: ["input": "1", "output": "0.09"])]
        case .batchAboveStandard: return try tiers("batch", ["input": "0.5", "output": "4.1"])
        case .flexAboveStandard: return try tiers("flex", ["input": "1.1", "output": "4"])
        case .priorityBelowStandard: return try tiers("priority", ["input": "2", "output": "3.9"])
        case .contextBelowBase:
            let longer = ContextRates(inputTokens: 200_000, rates: try rates(["input": "0.9", "output": "4"]))
            return [model("m", ["standard": TierRates(base: try rates(sound), above: [longer])])]
        case .smallAboveLarge:
            let small = ["input": "1.5", "output": "4"]
            return [try model("m-1", standard: sound), try model("m-1-mini", standard: small)]
        case .aliasIsModel:
            return [try model("m", standard: sound, aliases: ["N"]), try model("n", standard: sound)]
        case .aliasTwice:
            return [
                try model("m", standard: sound, aliases: ["a"]), try model("n", standard: sound, aliases: ["A"]),
            ]
        }
    }

    private static func repeated() throws -> ModelPrices {
        var repeated = try model("m", standard: ["input": "1", "output": "4"])
        var later = repeated.periods[0]
        later.from = Timestamp(year: 2026, month: 1, day: 1)
        repeated.periods += [later, later]
        return repeated
    }

    @Test("Every rule finds what breaks it, and nothing else", arguments: PriceRule.allCases)
    func rules(_ rule: PriceRule) throws {
        var book = PriceBook(version: "made")
        for model in try Self.broken(rule) { book.add(model) }
        #expect(Set(book.check().map(\.rule)) == [rule])
    }

    @Test("Sound prices pass")
    func sound() throws {
        var book = PriceBook(version: "made")
        book.add(
            try model(
                "m-1", standard: ["input": "1", "cache_read": "1", "cache_write_5m": "1", "output": "0.1"],
                aliases: ["m-1", "m-1-2026"]))
        book.add(try model("m-1-mini", standard: ["input": "0.5", "cache_write_5m": "0", "output": "0.1"]))
        #expect(book.check().isEmpty)
    }

    @Test(
        "Siblings by their names",
        arguments: [
            ("gpt-5-mini", "gpt-5"), ("gpt-5-nano", "gpt-5-mini"), ("gemini-2.5-flash", "gemini-2.5-pro"),
            ("gemini-2.5-flash-lite", "gemini-2.5-flash"), ("claude-haiku-4-5", "claude-sonnet-4-5"),
            ("mistral-small-latest", "mistral-large-latest"), ("llama-3.1-8b-instant", "llama-3.1-70b-instant"),
            ("amazon.nova-micro-v1:0", "amazon.nova-lite-v1:0"),
        ])
    func siblings(_ small: String, _ large: String) throws {
        var book = PriceBook(version: "made")
        book.add(try model(small, standard: ["input": "2", "output": "9"]))
        book.add(try model(large, standard: ["input": "1", "output": "9"]))
        #expect(book.check().map(\.rule) == [.smallAboveLarge])
        #expect(book.check().first?.model == small)
    }
}
