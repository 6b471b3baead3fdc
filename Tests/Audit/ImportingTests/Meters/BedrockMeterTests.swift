import Importing
import Pricing
import Testing

@Suite("Bedrock's usage types")
struct BedrockMeterTests {
    private static let sonnet4 = "anthropic.claude-sonnet-4-20250514-v1:0"

    static let table = [
        MeterExpectation(
            "USE1-Claude4.6Sonnet-input-tokens", "anthropic.claude-sonnet-4-6", "input", scope: .regional,
            region: "USE1"),
        MeterExpectation(
            "USE1-Claude4.6Sonnet-cache-read-input-token-count", "anthropic.claude-sonnet-4-6", "input read",
            scope: .regional, region: "USE1"),
        MeterExpectation(
            "USE1-Claude4.6Sonnet-cache-write-input-token-count", "anthropic.claude-sonnet-4-6", "input write_5m",
            scope: .regional, region: "USE1"),
        MeterExpectation(
            "USE1-Claude4.6Sonnet-cache-write-1h-input-token-count", "anthropic.claude-sonnet-4-6", "input write_1h",
            scope: .regional, region: "USE1"),
        MeterExpectation(
            "USE1-Claude4.6Opus-cache-read-input-token-count-cross-region-global", "anthropic.claude-opus-4-6-v1",
            "input read", scope: .global, region: "USE1"),
        MeterExpectation(
            "USE1-Claude4Sonnet-input-tokens-cross-region-global", sonnet4, "input", scope: .global, region: "USE1"),
        MeterExpectation(
            "USE1-Claude4Sonnet-input-tokens-long-context-cross-region-global", sonnet4, "input", scope: .global,
            region: "USE1", long: true),
        MeterExpectation(
            "USE1-anthropic.claude-opus-4-8-mantle-input-tokens-standard", "anthropic.claude-opus-4-8", "input",
            scope: .regional, region: "USE1"),
        MeterExpectation(
            "USW2-anthropic.claude-opus-4-8-mantle-input-tokens-global-standard", "anthropic.claude-opus-4-8", "input",
            scope: .global, region: "USW2"),
        MeterExpectation(
            "USE1-openai.gpt-oss-120b-mantle-input-tokens-standard", "openai.gpt-oss-120b-1:0", "input",
            scope: .regional, region: "USE1"),
        MeterExpectation(
            "USE1-Claude4.6Sonnet-input-tokens-batch", "anthropic.claude-sonnet-4-6", "input", tier: .batch,
            scope: .regional, region: "USE1"),
        MeterExpectation(
            "APN1-NovaPro-output-tokens", "amazon.nova-pro-v1:0", "output", scope: .regional, region: "APN1"),
        MeterExpectation(
            "USE1-NovaPro-output-tokens-latency-optimized", "amazon.nova-pro-v1:0", "output", tier: .latencyOptimised,
            scope: .regional, region: "USE1"),
        MeterExpectation(
            "EU-Nova2.0Lite-input-tokens-cross-region-global", "amazon.nova-2-lite-v1:0", "input", scope: .global,
            region: "EU"),
        MeterExpectation(
            "USE1-Nova2.0Lite-input-tokens-flex", "amazon.nova-2-lite-v1:0", "input", tier: .flex, scope: .regional,
            region: "USE1"),
        MeterExpectation(
            "USE1-Llama4-Maverick-17B-input-tokens-batch", "meta.llama4-maverick-17b-instruct-v1:0", "input",
            tier: .batch, scope: .regional, region: "USE1"),
        MeterExpectation(
            "USE1-GPT-OSS-Safeguard-20B-input-tokens-priority", "openai.gpt-oss-safeguard-20b", "input",
            tier: .priority, scope: .regional, region: "USE1"),
        MeterExpectation(
            "USE1-Claude3-5Haiku-input-tokens", "anthropic.claude-3-5-haiku-20241022-v1:0", "input", scope: .regional,
            region: "USE1"),
        MeterExpectation(
            "EU-Qwen3-VL-235B-A22B-output-tokens", "qwen.qwen3-vl-235b-a22b", "output", scope: .regional, region: "EU"),
        MeterExpectation(
            "EU-TitanEmbeddingV2-Text-input-tokens", "amazon.titan-embed-text-v2:0", "input", scope: .regional,
            region: "EU"),
        MeterExpectation(
            "USE1-DeepSeek-R1-output-tokens", "deepseek.r1-v1:0", "output", scope: .regional, region: "USE1"),
        MeterExpectation(
            "Claude3Sonnet-output-tokens", "anthropic.claude-3-sonnet-20240229-v1:0", "output", scope: .regional),
        MeterExpectation(
            "USE1-xai.grok-4.6-mantle-output-tokens-standard", "us.xai.grok-4.6", "output", scope: .regional,
            region: "USE1"),
        // The marketplace's names leave the model to the product.
        MeterExpectation(
            "USW2-MP:USW2_InputTokenCount-Units", "anthropic.claude-haiku-4-5-20251001-v1:0", "input",
            scope: .regional, region: "USW2", product: "Claude Haiku 4.5"),
        MeterExpectation(
            "USW2-MP:USW2_OutputTokenCount_Global-Units", "anthropic.claude-haiku-4-5-20251001-v1:0", "output",
            scope: .global, region: "USW2", product: "Claude Haiku 4.5"),
        MeterExpectation(
            "USW2-MP:USW2_CacheWrite1hInputTokenCount-Units", nil, "input write_1h", scope: .regional, region: "USW2"),
        MeterExpectation(
            "USW2-MP:USW2_cache_write_tokens_1h_standard-Units", "anthropic.claude-opus-5-5", "write_1h",
            scope: .regional, region: "USW2", product: "Claude Opus 5.5"),
        MeterExpectation(
            "USW2-MP:USW2_input_tokens_long_ctx_standard-Units", nil, "input", scope: .regional, region: "USW2",
            long: true),
    ]

    @Test(arguments: table)
    func reads(_ expected: MeterExpectation) throws {
        let result = MeterReader(.bedrock, book: try .shipped()).read(expected.text, product: expected.product)
        #expect(result == .understood(expected.reading))
    }

    @Test(
        "What names no model of the book stays open",
        arguments: [
            ("USE1-Claude9Saga-input-tokens", ["claude9saga"]),
            (
                "USE1-Guardrail-AutomatedReasoningPolicyUnitsConsumed",
                ["guardrail", "automated", "reasoning", "policy", "consumed"]
            ),
            ("USE1-BoxUsage:t3.micro", ["box", "t3", "micro"]),
            // Two snapshots of one name cannot be told apart.
            ("USE1-MistralLarge-input-tokens", ["mistral", "large"]),
        ])
    func unknown(_ meter: (text: String, words: [String])) throws {
        let result = MeterReader(.bedrock, book: try .shipped()).read(meter.text)
        #expect(result.unknownWords == meter.words)
        #expect(result.reading.region == "USE1")
        #expect(result.reading.model == nil)
    }

    @Test("A line of OpenAI's costs names its model in full")
    func lineItems() throws {
        let reader = MeterReader(.openai, book: try .shipped())
        let cached = reader.read("gpt-4o-mini-2024-07-18, cached input").reading
        #expect(cached.model == "gpt-4o-mini" && cached.cache == .read)
        #expect(reader.read("gpt-5.5-input").reading.model == "gpt-5.5")
        #expect(reader.read("input_tokens").unknownWords.isEmpty)
        #expect(reader.read("web search tool calls").unknownWords == ["web", "search", "tool", "calls"])
    }
}
