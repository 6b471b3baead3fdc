internal import Statistics

/// Draws the requests of the sample, one after the other.
struct RequestSampler {
    private static let environments = DiscreteDistribution(weights: [92, 6, 2])
    /// The fraction of requests without customer and feature.
    private static let untagged = 0.03

    private let features = SampleFeature.all
    private let lengths: TokenLengths
    private let models = SampleModel.allCases.map(\.facts)
    private let modelChoices: [DiscreteDistribution]
    private let featureChoice: DiscreteDistribution
    private let isVolatile: [Bool]
    private var random: SeededRandom
    private var arrivals: ArrivalTimes
    private var memory: PromptMemory
    private var ordinal = 0

    init(requests: Int, seed: UInt64, templates: [PromptTemplate]) {
        random = SeededRandom(seed: seed)
        arrivals = ArrivalTimes(requests: requests)
        memory = PromptMemory(seed: seed, templates: templates.count)
        isVolatile = templates.map(\.isVolatile)
        lengths = TokenLengths(features: SampleFeature.all)
        featureChoice = DiscreteDistribution(weights: SampleFeature.all.map(\.share))
        modelChoices = SampleFeature.all.map { DiscreteDistribution(weights: $0.models.map(\.weight)) }
    }

    /// The next request.
    mutating func next() -> SampleRequest {
        ordinal += 1
        var request = SampleRequest()
        request.ordinal = ordinal
        request.milliseconds = arrivals.next(using: &random)
        request.feature = featureChoice.sample(using: &random)
        let model = modelChoices[request.feature].sample(using: &random)
        request.model = features[request.feature].models[model].model.rawValue
        if random.unit() >= Self.untagged { request.customer = SampleCustomers.skew.sample(using: &random) - 1 }
        request.environment = Self.environments.sample(using: &random)
        drawPrompt(&request)
        drawTokens(&request)
        drawTimes(&request)
        drawFailure(&request)
        return request
    }

    private mutating func drawPrompt(_ request: inout SampleRequest) {
        let feature = features[request.feature]
        // Every feature has two templates.
        request.template = request.feature * 2 + random.below(2)
        request.isVolatile = isVolatile[request.template]
        let toss = random.unit()
        if toss < feature.repeats + feature.variants {
            request.promptSeed = memory.recall(template: request.template, using: &random)
            if toss >= feature.repeats { request.variant = random.below(2) == 0 ? .lowercase : .padded }
        } else {
            request.promptSeed = random.next()
            memory.keep(request.promptSeed, template: request.template)
        }
    }

    /// The same prompt always has the same number of input tokens; the answer's length varies.
    private mutating func drawTokens(_ request: inout SampleRequest) {
        var ofPrompt = SeededRandom(seed: request.promptSeed)
        let input = Self.tokens(lengths.input[request.feature].sample(using: &ofPrompt))
        let model = models[request.model]
        request.output = Self.tokens(lengths.output[request.feature].sample(using: &random))
        if model.reasons { request.reasoning = Int(Double(request.output) * (0.3 + 0.4 * random.unit())) }
        drawCache(input: input, model, &request)
        request.uncached = input - request.read - request.written
    }

    /// Caches take prompts of at least 1,024 tokens; what they hold is counted in steps of 128.
    private mutating func drawCache(input: Int, _ model: ModelFacts, _ request: inout SampleRequest) {
        let hits = features[request.feature].prefixHits
        guard hits > 0, model.caches, input >= 1024 else { return }
        let shared = Double(input) * (0.7 + 0.2 * random.unit())
        let prefix = max(Int(shared) / 128 * 128, 1024)
        if random.unit() < hits, !request.isVolatile {
            request.read = prefix
        } else if model.reportsWrites {
            request.written = prefix
        }
    }

    /// Assumed: reading 12 uncached or 120 cached tokens takes a millisecond, and speeds vary.
    private mutating func drawTimes(_ request: inout SampleRequest) {
        let model = models[request.model]
        let reading = Double(request.uncached + request.written) / 12 + Double(request.read) / 120
        let first = LogNormal(median: model.firstToken, p95: model.firstToken * 2.2).sample(using: &random) + reading
        request.firstToken = Int(first)
        request.latency = Int(first + Double(request.output) * model.perToken * (0.8 + 0.45 * random.unit()))
    }

    /// About 1 % fail, assumed. Refused and overloaded calls used no tokens; broken ones had sent their input.
    private mutating func drawFailure(_ request: inout SampleRequest) {
        let toss = random.unit()
        guard toss < 0.01 else { return }
        request.status = toss < 0.0045 ? 429 : toss < 0.008 || !models[request.model].overloads ? 500 : 529
        request.output = 0
        if request.reasoning > 0 { request.reasoning = 0 }
        request.firstToken = -1
        request.latency = 40 + random.below(request.status == 500 ? 9000 : 160)
        request.uncached += request.read + request.written
        (request.read, request.written) = (0, 0)
        if request.status != 500 { request.uncached = 0 }
    }

    private static func tokens(_ length: Double) -> Int { min(max(Int(length.rounded()), 2), 32_000) }
}
