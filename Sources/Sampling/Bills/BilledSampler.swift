/// Draws the requests of a month with bills: the sample's traffic, sent to the five providers that bill.
struct BilledSampler {
    private var sampler: RequestSampler
    private let features = SampleFeature.all.map(\.name)

    init(requests: Int, seed: UInt64, templates: [PromptTemplate]) {
        sampler = RequestSampler(requests: requests, seed: seed, templates: templates)
    }

    /// The next request, as it was made.
    mutating func next() -> SampleRequest {
        var request = sampler.next()
        if let model = Self.instead[request.sampleModel] { request.model = model.rawValue }
        request.tier = tier(of: request)
        return request
    }

    /// Azure's models are called at OpenAI and Bedrock, Google's at Vertex AI, and our own is a custom model on Bedrock.
    private static let instead: [SampleModel: SampleModel] = [
        .azureMini: .bedrockHaiku, .azureGPT51: .gpt55, .flash: .vertexFlash, .flashLite: .vertexFlashLite,
        .selfHosted: .bedrockCustom,
    ]

    /// Assumed: what nobody waits for goes by batch or flex.
    private func tier(of request: SampleRequest) -> SampleTier {
        switch (request.provider, features[request.feature]) {
        case (.openai, "translation"): .batch
        case (.openai, "sales-email"), (.openai, "sql-generation"): .flex
        // Recorded with its tier: not every discount is an error.
        case (.anthropic, "classification"): .batch
        default: .standard
        }
    }
}

extension SampleModel {
    /// Who bills for the model in a month with bills.
    var billedBy: BilledProvider {
        switch self {
        case .luna, .gpt54Mini, .gpt55, .azureGPT51: .openai
        case .haiku, .sonnet, .opus: .anthropic
        case .flash, .flashLite, .vertexFlash, .vertexFlashLite: .vertex
        case .mistralMedium, .mistralSmall: .mistral
        case .azureMini, .bedrockSonnet, .selfHosted, .bedrockHaiku, .bedrockCustom: .bedrock
        }
    }
}

extension SampleRequest {
    /// Who bills for it.
    var provider: BilledProvider { sampleModel.billedBy }
}
