internal import Statistics

/// Where in a month the errors are planted, and what a request looks like once they are.
struct ErrorPlan {
    /// The feature whose tool leaves out cache writes, and the one that a tool exported twice.
    static let writelessFeature = "code-review"
    static let doubledFeature = "support-chat"

    /// The day without records of OpenAI, from 0.
    let missingDay: Int
    /// The first of the two hours that are recorded twice, since the month began.
    let doubledHour: Int
    /// How many requests there are: the second recordings are numbered on from there.
    private let requests: Int
    private let features = SampleFeature.all.map(\.name)

    /// Chooses the day by the seed, and the hours as the two neighbours that have the most requests to record twice.
    init(requests: Int, seed: UInt64, templates: [PromptTemplate]) {
        self.requests = requests
        missingDay = 9 + Int(SplitMix.mixed(seed) % 12)
        var sampler = BilledSampler(requests: requests, seed: seed, templates: templates)
        let feature = features.firstIndex(of: Self.doubledFeature)
        var counts = Array(repeating: 0, count: SampleClock.days * 24)
        for _ in 0..<requests {
            let request = sampler.next()
            guard request.feature == feature, request.customer >= 0, request.provider == .anthropic else { continue }
            counts[request.milliseconds / SampleClock.hour] += 1
        }
        doubledHour = Self.busiestPair(counts)
    }

    /// Where two neighbouring hours together have the most.
    private static func busiestPair(_ counts: [Int]) -> Int {
        let pairs = zip(counts, counts.dropFirst()).map { $0 + $1 }
        return pairs.indices.max { pairs[$0] < pairs[$1] } ?? 0
    }

    /// Why a request is billed otherwise than it is recorded; `nil` for most.
    func cause(of request: SampleRequest) -> PlantedError? {
        switch request.provider {
        case .openai:
            if request.milliseconds / SampleClock.day == missingDay { return .missingDay }
            return request.tier == .standard ? nil : .tierPricedAsStandard
        case .anthropic: return causeOfTool(request)
        case .bedrock:
            switch request.sampleModel {
            case .bedrockCustom: return .unpricedModel
            case .bedrockSonnet: return .negotiatedPrice
            default: return nil
            }
        case .vertex: return BilledProvider.vertex.day(of: request.milliseconds) < 0 ? .timing : nil
        case .mistral: return nil
        }
    }

    /// Tools are told apart by the feature on their records, so requests without one are recorded as they were.
    private func causeOfTool(_ request: SampleRequest) -> PlantedError? {
        guard request.customer >= 0 else { return nil }
        switch features[request.feature] {
        case Self.writelessFeature: return request.written > 0 ? .cacheWritesMissing : nil
        case Self.doubledFeature:
            let hours = doubledHour...doubledHour + 1
            return hours.contains(request.milliseconds / SampleClock.hour) ? .duplicateRecords : nil
        default: return nil
        }
    }

    /// A request as tools recorded it: not at all, once, or twice.
    func recorded(_ request: SampleRequest, _ cause: PlantedError?) -> [SampleRequest] {
        var record = request
        switch cause {
        case .missingDay: return []
        case .tierPricedAsStandard: record.tier = .standard
        case .cacheWritesMissing: record.written = 0
        case .duplicateRecords:
            record.ordinal += requests
            return [request, record]
        default: break
        }
        return [record]
    }
}
