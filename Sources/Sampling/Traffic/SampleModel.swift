/// The models that the sample uses: names and providers of the price book, and one of the user's own without a price.
enum SampleModel: Int, CaseIterable, Sendable {
    case luna, gpt54Mini, gpt55
    case haiku, sonnet, opus
    case flash, flashLite
    case mistralMedium, mistralSmall
    case azureMini, azureGPT51
    case bedrockSonnet
    case selfHosted
    // Of a month with bills only.
    case vertexFlash, vertexFlashLite
    case bedrockHaiku, bedrockCustom

    /// What the sample needs to know about the model.
    var facts: ModelFacts {
        switch self {
        case .luna: ModelFacts("openai", "gpt-5.6-luna", [200, 20, 250, 1200], firstToken: 320, perToken: 7)
        case .gpt54Mini: ModelFacts("openai", "gpt-5.4-mini", [750, 75, 0, 4500], firstToken: 380, perToken: 8)
        case .gpt55:
            ModelFacts("openai", "gpt-5.5", [5000, 500, 0, 30_000], firstToken: 900, perToken: 17, reasons: true)
        case .haiku: ModelFacts("anthropic", "claude-haiku-4-5", [1000, 100, 1250, 5000], firstToken: 420, perToken: 8)
        case .sonnet:
            ModelFacts("anthropic", "claude-sonnet-5", [2000, 200, 2500, 10_000], firstToken: 700, perToken: 14)
        case .opus:
            ModelFacts(
                "anthropic", "claude-opus-5", [5000, 500, 6250, 25_000], firstToken: 1100, perToken: 20, reasons: true)
        case .flash: ModelFacts("google", "gemini-3.5-flash", [1500, 150, 0, 9000], firstToken: 360, perToken: 6)
        case .flashLite:
            ModelFacts("google", "gemini-3.5-flash-lite", [300, 30, 0, 2500], firstToken: 240, perToken: 4)
        case .mistralMedium:
            ModelFacts("mistral", "mistral-medium-3-5", [1500, 150, 0, 7500], firstToken: 450, perToken: 11)
        case .mistralSmall:
            ModelFacts("mistral", "mistral-small-2603", [150, 15, 0, 600], firstToken: 260, perToken: 6)
        case .azureMini: ModelFacts("azure", "gpt-4.1-mini", [400, 100, 0, 1600], firstToken: 400, perToken: 9)
        case .azureGPT51:
            ModelFacts("azure", "gpt-5.1", [1250, 125, 0, 10_000], firstToken: 850, perToken: 15, reasons: true)
        case .bedrockSonnet:
            ModelFacts(
                "bedrock", "anthropic.claude-sonnet-5", [2000, 200, 2500, 10_000], firstToken: 760, perToken: 14)
        case .selfHosted:
            ModelFacts("self-hosted", "llama-3.3-70b-inhouse", [0, 0, 0, 0], firstToken: 300, perToken: 22)
        case .vertexFlash:
            ModelFacts("vertex_ai", "gemini-3.5-flash", [1500, 150, 0, 9000], firstToken: 360, perToken: 6)
        case .vertexFlashLite:
            ModelFacts("vertex_ai", "gemini-3.5-flash-lite", [300, 30, 0, 2500], firstToken: 240, perToken: 4)
        case .bedrockHaiku:
            ModelFacts(
                "bedrock", "anthropic.claude-haiku-4-5-20251001-v1:0", [1000, 100, 1250, 5000], firstToken: 420,
                perToken: 8)
        case .bedrockCustom:
            ModelFacts("bedrock", "support-llama-70b", [0, 0, 0, 0], firstToken: 300, perToken: 22)
        }
    }
}

/// A model's names, speed and rough prices.
struct ModelFacts: Sendable {
    /// Who bills.
    let provider: String
    /// The model as records name it.
    let name: String
    /// `"provider":"openai","model":"gpt-5.5",`
    let fragment: [UInt8]
    /// Nano-dollars per token of uncached input, cache read, cache write and output (USD per million × 1000), after
    /// the price book of 2026-11-21; only `cost_usd` of ``SampleTraffic/Content/hashes`` is computed from them.
    let nanosPerToken: [Int]
    /// The median time to the first token of a short prompt, in milliseconds. Assumed.
    let firstToken: Double
    /// Milliseconds per generated token. Assumed.
    let perToken: Double
    /// Whether part of the output is reasoning.
    let reasons: Bool
    /// Whether its provider answers 529 when it is overloaded.
    let overloads: Bool
    /// Whether the provider caches prompts.
    let caches: Bool
    /// Whether writing into the cache is charged and reported.
    let reportsWrites: Bool

    init(
        _ provider: String, _ name: String, _ prices: [Int], firstToken: Double, perToken: Double, reasons: Bool = false
    ) {
        (self.provider, self.name) = (provider, name)
        fragment = Array("\"provider\":\"\(provider)\",\"model\":\"\(name)\",".utf8)
        nanosPerToken = prices
        self.firstToken = firstToken
        self.perToken = perToken
        self.reasons = reasons
        overloads = provider == "anthropic"
        caches = prices[1] > 0
        reportsWrites = prices[2] > 0
    }

    /// Nano-dollars of a call's tokens.
    func cost(uncached: Int, read: Int, written: Int, output: Int) -> Int {
        uncached &* nanosPerToken[0] &+ read &* nanosPerToken[1] &+ written &* nanosPerToken[2]
            &+ output &* nanosPerToken[3]
    }
}
