import Auditing

extension Complaint {
    private static func line(
        _ model: String, day: Int = 1, tier: String? = nil, input: Int64 = 0, read: Int64 = 0, write: Int64 = 0,
        output: Int64 = 0, _ amount: String, dimensions: [String: String] = [:]
    ) -> Line {
        Line(
            model: model, day: day, tier: tier,
            tokens: Tokens(input: input, read: read, write: write, output: output), amount: amount,
            dimensions: dimensions)
    }

    /// Those whose figures, or whose kind of mistake, can be composed as records and a bill.
    static let all: [Complaint] = usage + caches + pricing + missing

    // MARK: Usage that is lost

    private static let usage: [Complaint] = [
        Complaint(
            thread: "BerriAI/litellm#37923: streams at no cost, about 830 EUR invoiced and 1.47 USD shown",
            provider: "vertex_ai",
            uses: [
                Use(model: "sonnet", tokens: Tokens(input: 90_000, output: 80_000)),
                Use(model: "sonnet", count: 40, hasUsage: false),
            ],
            lines: [("276", Tokens(input: 100_000_000)), ("554", Tokens(output: 40_144_928))].map {
                Line(
                    model: "sonnet", tokens: $0.1, amount: $0.0, currency: "EUR",
                    dimensions: ["exchange_rate": "0.92", "pricing_currency": "USD"])
            }, figures: ("1.47", "902.173913"),
            causes: [(.usage, "900.703913"), (.currency, nil)],
            words: "40 calls of sonnet have no usage, and the bill charges"),
        Complaint(
            thread: "langfuse/langfuse#16508: reasoning sent by itself gets no price", provider: "anthropic",
            uses: [Use(model: "sonnet", tokens: Tokens(input: 10_000, output: 2_000), reasoning: 48_000)],
            lines: [line("sonnet", input: 10_000, "0.03"), line("sonnet", output: 50_000, "0.75")],
            figures: ("0.06", "0.78"), causes: [(.reasoning, "0.72")], words: "48000 tokens of reasoning of sonnet"),
        Complaint(
            thread: "BerriAI/litellm#42663: cache writes with server tools at nothing, 20 to 60 % too little",
            provider: "anthropic",
            uses: [Use(model: "sonnet", tokens: Tokens(input: 1_000_000, output: 200_000))],
            lines: [
                line("sonnet", input: 1_000_000, "3"), line("sonnet", output: 200_000, "3"),
                line("sonnet", write: 1_000_000, "3.75"),
            ], figures: ("6", "9.75"), causes: [(.cacheWrites, "3.75")],
            words: "1000000 tokens written to caches that the ledger lacks"),
    ]

    // MARK: Caches

    private static let caches: [Complaint] = [
        Complaint(
            thread: "BerriAI/litellm#36168: streams drop cached tokens, four times the cost", provider: "anthropic",
            uses: [Use(model: "sonnet", tokens: Tokens(input: 600_000))],
            lines: [line("sonnet", input: 100_000, "0.3"), line("sonnet", read: 500_000, "0.15")],
            figures: ("1.8", "0.45"), causes: [(.cachedAsInput, "-1.35")],
            words: "recorded as uncached input for sonnet: the tool drops the cache's counts"),
        Complaint(
            thread: "langfuse/langfuse#12306: an input that includes the cache, and the cache again",
            provider: "anthropic",
            uses: [Use(model: "sonnet", tokens: Tokens(input: 500_000, read: 480_000))],
            lines: [line("sonnet", input: 20_000, "0.06"), line("sonnet", read: 480_000, "0.144")],
            figures: ("1.644", "0.204"), causes: [(.cachedTwice, "-1.44")],
            words: "480000 tokens of a cache are recorded as uncached input of sonnet as well"),
        Complaint(
            thread: "langfuse/langfuse#10592: 17,903 tokens shown as 35,720", provider: "anthropic",
            uses: [Use(model: "sonnet", tokens: Tokens(input: 17_903, read: 17_817))],
            lines: [line("sonnet", input: 86, "0.000258"), line("sonnet", read: 17_817, "0.0053451")],
            figures: ("0.0590541", "0.0056031"), causes: [(.cachedTwice, "-0.053451")],
            words: "17817 tokens of a cache"),
        Complaint(
            thread: "BerriAI/litellm#9812: 0.0913 shown for 0.0544", provider: "anthropic",
            uses: [Use(model: "sonnet", tokens: Tokens(input: 3, write: 12_304, output: 550), cost: "0.091311")],
            lines: [
                line("sonnet", input: 3, "0.000009"), line("sonnet", write: 12_304, "0.04614"),
                line("sonnet", output: 550, "0.00825"),
            ], figures: ("0.091311", "0.054399"), causes: [(.recordedPrice, "-0.036912")],
            words: "tokens written to caches are charged as input as well"),
        Complaint(
            thread: "maximhq/bifrost#3451: 1.8598 shown for 1.0638", provider: "anthropic",
            uses: [Use(model: "opus", tokens: Tokens(input: 6, write: 159_217, output: 2_745), cost: "1.85984625")],
            lines: [
                line("opus", input: 6, "0.00003"), line("opus", write: 159_217, "0.99510625"),
                line("opus", output: 2_745, "0.068625"),
            ], figures: ("1.85984625", "1.06376125"), causes: [(.recordedPrice, "-0.796085")],
            words: "tokens written to caches are charged as input as well"),
        Complaint(
            thread: "maximhq/bifrost#904: 1.68 shown for 0.34", provider: "openai",
            uses: [
                Use(model: "gpt", tokens: Tokens(input: 51_232, read: 1_188_096, output: 12_909), cost: "1.67825")
            ],
            lines: [
                line("gpt", input: 51_232, "0.06404"), line("gpt", read: 1_188_096, "0.148512"),
                line("gpt", output: 12_909, "0.12909"),
            ], figures: ("1.67825", "0.341642"), causes: [(.recordedPrice, "-1.336608")],
            words: "tokens read from caches are charged at the price of input"),
        Complaint(
            thread: "BerriAI/litellm#31714: cache reads at the price of input", provider: "fireworks",
            uses: [Use(model: "kimi", tokens: Tokens(input: 1, read: 27_146, output: 351), cost: "0.0395502")],
            lines: [
                line("kimi", input: 1, "0.0000014"), line("kimi", read: 27_146, "0.00705796"),
                line("kimi", output: 351, "0.0015444"),
            ], figures: ("0.0395502", "0.00860376"), causes: [(.recordedPrice, "-0.03094644")],
            words: "tokens read from caches are charged at the price of input"),
    ]

    // MARK: Prices and tiers

    private static let pricing: [Complaint] = [
        Complaint(
            thread: "BerriAI/litellm#13810: flex at the standard price, twice too high", provider: "openai",
            uses: [Use(model: "gpt", tokens: Tokens(input: 1_000_000, output: 100_000))],
            lines: [
                line("gpt", tier: "flex", input: 1_000_000, "0.625"), line("gpt", tier: "flex", output: 100_000, "0.5"),
            ], figures: ("2.25", "1.125"), causes: [(.tier, "-1.125")], words: "1100000 tokens in the tier flex"),
        Complaint(
            thread: "langfuse/langfuse#13780: priority at the standard price, half too low", provider: "openai",
            uses: [Use(model: "gpt", tokens: Tokens(input: 1_000_000, output: 100_000))],
            lines: [
                line("gpt", tier: "priority", input: 1_000_000, "2.5"),
                line("gpt", tier: "priority", output: 100_000, "2"),
            ], figures: ("2.25", "4.5"), causes: [(.tier, "2.25")], words: "in the tier priority"),
        Complaint(
            thread: "langfuse/langfuse#8482: long contexts at the price of short ones", provider: "google",
            uses: [Use(model: "pro", tokens: Tokens(input: 300_000, output: 10_000))],
            lines: [
                line("pro", input: 300_000, "0.75", dimensions: ["context": "long"]),
                line("pro", output: 10_000, "0.15", dimensions: ["context": "long"]),
            ], figures: ("0.475", "0.9"), causes: [(.context, "0.425")],
            words: "pro is billed at the price of long contexts"),
        Complaint(
            thread: "Helicone/helicone#4893: the price of another model of the same house", provider: "xai",
            uses: [Use(model: "grok", tokens: Tokens(input: 1_000_000, output: 100_000), cost: "0.25")],
            lines: [line("grok", input: 1_000_000, "3"), line("grok", output: 100_000, "1.5")],
            figures: ("0.25", "4.5"), causes: [(.recordedPrice, "4.25")],
            words: "the tool that reported them applies another price"),
        Complaint(
            thread: "BerriAI/litellm#15764: regional prices for global use, 10 % too high", provider: "bedrock",
            uses: [Use(model: "sonnet", tokens: Tokens(input: 1_000_000, output: 100_000), cost: "4.95")],
            lines: [line("sonnet", input: 1_000_000, "3"), line("sonnet", output: 100_000, "1.5")],
            figures: ("4.95", "4.5"), causes: [(.recordedPrice, "-0.45")],
            words: "Records of sonnet cost 10.0 % more than the list"),
        Complaint(
            thread: "Metabuilder-Labs/tokenjam#620: 17.37 recorded for 1,600.18", provider: "openai",
            uses: [
                Use(model: "gpt", tokens: Tokens(input: 5_896_000, output: 1_000_000)),
                Use(model: "gpt-next", tokens: Tokens(input: 200_000_000, output: 50_000_000)),
            ],
            lines: [
                line("gpt", input: 5_896_000, "7.37"), line("gpt", output: 1_000_000, "10"),
                line("gpt-next", input: 200_000_000, "582.81"), line("gpt-next", output: 50_000_000, "1000"),
            ], figures: ("17.37", "1600.18"), causes: [(.unpriced, "1582.81")],
            words: "gpt-next has no price, so its 250000000 tokens cost nothing in the ledger"),
        Complaint(
            thread: "BerriAI/litellm#40100: 0 recorded for 45.38; Helicone/helicone#5700: cost unsupported",
            provider: "azure", uses: [Use(model: "fresh", tokens: Tokens(input: 9_000_000, output: 600_000))],
            lines: [line("fresh", input: 9_000_000, "27"), line("fresh", output: 600_000, "18.38")],
            figures: ("0", "45.38"), causes: [(.unpriced, "45.38")], words: "fresh has no price"),
    ]

    // MARK: Calls that are missing, or too many

    private static let missing: [Complaint] = [
        Complaint(
            thread: "BerriAI/litellm#39294: a fallback priced at its last model, 0.5580 for 0.8586",
            provider: "anthropic",
            uses: [Use(model: "sonnet", tokens: Tokens(input: 136_000, output: 10_000))],
            lines: [
                line("sonnet", input: 136_000, "0.408"), line("sonnet", output: 10_000, "0.15"),
                line("opus", input: 30_120, "0.1506"), line("opus", output: 6_000, "0.15"),
            ], figures: ("0.558", "0.8586"), causes: [(.missingModels, "0.3006")],
            words: "The bill charges for opus, of which there is no record"),
        Complaint(
            thread:
                "BerriAI/litellm#13245, #38157: the caller leaves, or the tool ends, and a call is not written down",
            provider: "bedrock", uses: [Use(model: "sonnet", tokens: Tokens(input: 50_000, output: 4_000), count: 9)],
            lines: [line("sonnet", input: 500_000, "1.5"), line("sonnet", output: 40_000, "0.6")],
            figures: ("1.89", "2.1"), causes: [(.tokens, "0.21")],
            words: "calls that bypass it, or that failed on their way into it"),
        Complaint(
            thread:
                "QuantumNous/new-api#4168, BerriAI/litellm#37992: estimates where nothing was used, 191 USD in a day",
            provider: "openai",
            uses: [
                Use(model: "gpt", day: 1, tokens: Tokens(input: 8_000_000, output: 1_000_000)),
                Use(model: "gpt", day: 2, tokens: Tokens(input: 8_000_000, output: 1_000_000)),
                Use(model: "gpt", day: 2, tokens: Tokens(output: 19_100_000)),
            ],
            lines: [1, 2].flatMap { day in
                [
                    line("gpt", day: day, input: 8_000_000, "10"), line("gpt", day: day, output: 1_000_000, "10"),
                ]
            }, figures: ("231", "40"), causes: [(.tokens, "-191")],
            words: "The ledger has more tokens than the bill on 2026-10-02"),
        Complaint(
            thread: "langfuse/langfuse#2112: answers of a cache that are charged", provider: "openai",
            uses: [Use(model: "gpt", tokens: Tokens(input: 100_000, output: 10_000), count: 4)],
            lines: [line("gpt", input: 100_000, "0.125"), line("gpt", output: 10_000, "0.1")],
            figures: ("0.9", "0.225"), causes: [(.tokens, "-0.675")],
            words: "answers of a cache that are charged"),
    ]
}
