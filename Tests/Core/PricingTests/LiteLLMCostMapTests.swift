import Domain
import Inputs
import JSONScan
import Pricing
import Testing

@Suite("LiteLLM's cost map")
struct LiteLLMCostMapTests {
    let file: PriceFile

    init() throws { file = try PriceFile.read(fixturePath("litellm/cost_map.json")) }

    private func tier(_ provider: String, _ model: String, _ tier: String = "standard") throws -> TierRates {
        let prices = try #require(file.book.prices(provider: provider, model: model))
        return try #require(prices.periods.first?.tiers[tier])
    }

    private func diagnostic(_ code: String) -> Diagnostic? { file.diagnostics.entries.first { $0.code == code } }

    @Test("It is recognised")
    func format() {
        #expect(file.format == .litellm)
        #expect(file.book.version == "litellm")
    }

    @Test(
        "Rates by tier and length of context",
        arguments: [
            ("openai", "gpt-made", "standard", 0, "input 2.5, cache_read 0.25, output 15"),
            ("openai", "gpt-made", "standard", 272_001, "input 5, cache_read 0.5, output 22.5"),
            ("openai", "gpt-made", "batch", 0, "input 1.25, cache_read 0.125, output 7.5"),
            ("openai", "gpt-made", "flex", 0, "input 1.25, cache_read 0.125, output 7.5"),
            ("openai", "gpt-made", "priority", 272_000, "input 5, cache_read 0.5, output 30"),
            ("openai", "gpt-made", "priority", 272_001, "input 10, cache_read 1, output 45"),
            ("azure", "gpt-made", "standard", 0, "input 0.4, output 1.6"),
            ("azure", "azure/gpt-made", "standard", 0, "input 0.4, output 1.6"),
            (
                "anthropic", "claude-made", "standard", 0,
                "input 3, cache_read 0.3, cache_write_5m 3.75, cache_write_1h 6, output 15"
            ),
            (
                "anthropic", "claude-made", "standard", 200_001,
                "input 6, cache_read 0.6, cache_write_5m 7.5, cache_write_1h 12, output 22.5"
            ),
            ("deepseek", "deepseek-made", "standard", 0, "input 0.28, cache_read 0.028, cache_write_5m 0, output 0.42"),
            ("dashscope", "qwen-made", "standard", 256_000, "input 0.4, output 1.2, reasoning 4"),
            ("dashscope", "qwen-made", "standard", 256_001, "input 1.2, output 3.6, reasoning 12"),
            (
                "google", "gemini-made", "standard", 0,
                "input 1, output 4, reasoning 6, audio_input 3, audio_output 8, image_input 2, image_output 30"
            ),
            ("databricks", "noise", "standard", 0, "input 1, output 0.30002"),
            ("groq", "halves", "standard", 0, "input 0.000002, output 0.000004"),
            ("mistral", "broken", "standard", 0, "output 2"),
        ] as [(String, String, String, Int64, String)])
    func rates(_ provider: String, _ model: String, _ tier: String, _ tokens: Int64, _ words: String) throws {
        let rates = try self.tier(provider, model, tier).rates(inputTokens: tokens)
        #expect(rates.known.map { "\($0.name) \($0.rate.perMillionText)" }.joined(separator: ", ") == words)
    }

    @Test("Limits, modes and multipliers are taken over")
    func meta() throws {
        let openai = try #require(file.book.prices(provider: "openai", model: "gpt-made"))
        #expect(openai.contextWindow == 400_000)
        #expect(openai.maxOutputTokens == 128_000)
        #expect(openai.periods.first?.multipliers.mapValues(\.notation) == ["region:eu": "1.1"])
        let anthropic = try #require(file.book.prices(provider: "anthropic", model: "claude-made"))
        let factors = anthropic.periods.first?.multipliers.mapValues(\.notation)
        #expect(factors == ["region:us": "1.1", "speed:fast": "2.0"])
    }

    @Test(
        "What is not priced per token, or priced zero, is left out",
        arguments: ["sample_spec", "github_copilot/free", "free", "dall-made", "whisper-made", "nobody-knows"])
    func leftOut(_ key: String) {
        #expect(!file.book.models.contains { $0.model == key || $0.aliases.contains(key) })
    }

    @Test(
        "Everything that was not taken over is told",
        arguments: [
            ("price_does_not_fit", 4), ("no_token_price", 2), ("zero_price", 1), ("no_provider", 1), ("model_twice", 1),
            ("price_unreadable", 1), ("price_not_covered", 1),
        ])
    func diagnostics(_ code: String, _ count: Int) throws {
        let found = try #require(diagnostic(code))
        #expect(found.count == count)
        #expect(found.file?.hasSuffix("cost_map.json") == true)
    }

    @Test("The first entry of a model counts")
    func twice() throws {
        #expect(try tier("openai", "gpt-made").base.input == price("2.5"))
    }

    @Test("A tier that lacks a price is told, not filled")
    func missing() throws {
        let text = """
            {"m": {"litellm_provider": "openai", "input_cost_per_token": 1e-06, "cache_read_input_token_cost": 1e-07,
              "output_cost_per_token": 4e-06, "input_cost_per_token_batches": 5e-07, "output_cost_per_token_batches": 2e-06}}
            """
        let map = try LiteLLMCostMap.read(JSONValue.parse(text), version: "made", file: "map.json")
        #expect(map.diagnostics.entries.map(\.code) == ["rate_missing"])
        #expect(map.book.cost(usage(cacheRead: 1), "openai", "m", tier: "batch") == "unpriced_bucket")
    }

    @Test("Other documents are refused", arguments: ["{}", "[]", "{\"a\": {\"b\": 1}}"])
    func refused(_ text: String) throws {
        let root = try JSONValue.parse(text)
        #expect(throws: InputError.self) {
            _ = try LiteLLMCostMap.read(root, version: "made", file: "map.json")
        }
    }
}
