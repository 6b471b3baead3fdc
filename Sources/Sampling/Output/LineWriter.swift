internal import Statistics

/// Writes requests as JSON lines in Payback's generic format, out of fragments that were put together before.
struct LineWriter {
    private let content: SampleTraffic.Content
    private let prompts: PromptWriter
    private let models = SampleModel.allCases.map(\.facts)
    private let features = SampleFeature.all.map { Array("\"feature\":\"\($0.name)\",".utf8) }
    private let teams = SampleFeature.all.map { Array("\"team\":\"\($0.team)\",".utf8) }
    private let customers = SampleCustomers.names.map { Array("\"customer\":\"\($0)\",".utf8) }
    private let environments = ["production", "staging", "development"].map { Array("\"environment\":\"\($0)\",".utf8) }
    private let prefixHits = SampleFeature.all.map(\.prefixHits)
    private let names = FieldNames()
    /// The low 16 bits of the seed open every request's id, so that samples of two seeds can be read together.
    private let seed: UInt64

    init(content: SampleTraffic.Content, seed: UInt64, templates: [PromptTemplate]) {
        self.content = content
        self.seed = seed
        prompts = PromptWriter(templates: templates)
    }

    /// Appends a request's line.
    func append(_ request: SampleRequest, to line: inout LineBuffer) {
        appendIdentity(request, to: &line)
        appendTokens(request, to: &line)
        appendOutcome(request, to: &line)
        switch content {
        case .prompts: appendPrompt(request, to: &line)
        case .hashes: appendHash(request, to: &line)
        }
        line.append(names.endOfLine)
    }

    private func appendIdentity(_ request: SampleRequest, to line: inout LineBuffer) {
        line.append(names.timestamp)
        line.append(moment: request.milliseconds)
        line.append(names.requestID)
        line.append(hexadecimal: seed, digits: 4)
        line.append(byte: 0x2D)
        line.append(request.ordinal, digits: request.ordinal < 10_000_000 ? 7 : 12)
        line.append(names.endOfText)
        line.append(models[request.model].fragment)
        if request.tier != .standard { appendTier(request.tier, to: &line) }
        if request.customer >= 0 {
            line.append(features[request.feature])
            line.append(customers[request.customer])
        }
        if content == .hashes { return }
        line.append(teams[request.feature])
        line.append(environments[request.environment])
    }

    private func appendTier(_ tier: SampleTier, to line: inout LineBuffer) {
        line.append(names.serviceTier)
        line.append(Array(tier.rawValue.utf8))
        line.append(names.endOfText)
    }

    private func appendTokens(_ request: SampleRequest, to line: inout LineBuffer) {
        line.append(names.uncachedInput)
        line.append(request.uncached)
        line.append(names.cacheRead)
        line.append(request.read)
        line.append(names.cacheWrite5m)
        line.append(request.written)
        line.append(names.output)
        line.append(request.output)
        guard request.reasoning >= 0 else { return }
        line.append(names.reasoning)
        line.append(request.reasoning)
    }

    private func appendOutcome(_ request: SampleRequest, to line: inout LineBuffer) {
        line.append(names.latency)
        line.append(request.latency)
        if content == .prompts, request.firstToken >= 0 {
            line.append(names.firstToken)
            line.append(request.firstToken)
        }
        line.append(names.status)
        line.append(request.status)
    }

    private func appendPrompt(_ request: SampleRequest, to line: inout LineBuffer) {
        appendPrefix(request, to: &line)
        line.append(names.prompt)
        prompts.append(request, to: &line)
        line.append(byte: 0x22)
        line.append(names.composed)
    }

    /// The hashes of the whole prompt's blocks of 512 tokens. Prompts of a feature with a shared prefix begin alike for
    /// four fifths of their blocks, unless something volatile stands early.
    private func appendPrefix(_ request: SampleRequest, to line: inout LineBuffer) {
        let blocks = (request.uncached + request.read + request.written + 511) / 512
        let isShared = prefixHits[request.feature] > 0 && !request.isVolatile
        line.append(names.prefixHashes)
        for block in 0..<blocks {
            let seed = isShared && block < max(blocks * 4 / 5, 1) ? UInt64(request.template) : request.promptSeed
            if block > 0 { line.append(byte: 0x2C) }
            line.append(Int(SplitMix.mixed(seed ^ SplitMix.mixed(UInt64(block + 1))) >> 16))
        }
        line.append(byte: 0x5D)
    }

    /// The cost is in dollars with 8 decimals; a model without a price costs 0, as gateways write it.
    private func appendHash(_ request: SampleRequest, to line: inout LineBuffer) {
        let nanos = models[request.model].cost(
            uncached: request.uncached, read: request.read, written: request.written, output: request.output)
        let units = (nanos + 5) / 10
        line.append(names.cost)
        line.append(units / 100_000_000)
        line.append(byte: 0x2E)
        line.append(units % 100_000_000, digits: 8)
        line.append(names.promptHash)
        let hash = prompts.hash(request)
        line.append(hexadecimal: hash.high, digits: 16)
        line.append(hexadecimal: hash.low, digits: 16)
        line.append(byte: 0x22)
        if request.ordinal == 1 { line.append(names.composed) }
    }
}
