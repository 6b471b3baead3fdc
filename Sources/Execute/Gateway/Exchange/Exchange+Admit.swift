internal import Domain
internal import Ledger
internal import NIOCore
internal import NIOHTTP1
internal import Policy
internal import Pricing
internal import Prompts
internal import Providers

extension Exchange {
    /// Tokens that providers add around what the caller sent: message frames, and the instructions for tools.
    private static let frameTokens: Int64 = 16
    private static let toolTokens: Int64 = 2_048
    /// Output tokens assumed of a call without any limit, where nothing is known of the model.
    private static let assumedOutput: Int64 = 4_096

    /// Checks limits, reserves the worst case with every budget that applies, and writes the intent.
    func admit() throws(CallerError) {
        if snapshot.configuration.journal.refusesWhenFull, let failure = loop.core.journalFailure {
            throw Self.journalRefusal(failure)
        }
        estimatedInputTokens = Int64((facts.promptBytes + 3) / 4)
        let spender = caller.spender
        let moment = startedAt
        let isHard = loop.core.withAdmission { $0.budgets.isHard(for: spender, at: moment) }
        worstCase = try bound(isHard: isHard)
        let demand = Admission.Demand(
            spender: spender, worstCase: worstCase,
            estimatedTokens: estimatedInputTokens + min(facts.outputLimit ?? 0, Self.assumedOutput),
            limits: limits, moment: moment)
        switch loop.core.withAdmission({ $0.admit(demand) }) {
        case .success(let ticket): self.ticket = ticket
        case .failure(.rate(let refusal)): throw Self.error(of: refusal)
        case .failure(.budget(let refusal)): throw Self.error(of: refusal)
        }
        guard isRecorded else { return }
        appendIntent()
        hasIntent = true
    }

    /// Checks limits for a request that is answered without a call: it costs nothing, so that no budget stands in its way.
    func admitAnswered() throws(CallerError) {
        if snapshot.configuration.journal.refusesWhenFull, let failure = loop.core.journalFailure {
            throw Self.journalRefusal(failure)
        }
        let demand = Admission.Demand(
            spender: Spender(key: caller.key?.id), worstCase: .zero, estimatedTokens: 0, limits: limits,
            moment: startedAt)
        switch loop.core.withAdmission({ $0.admitAnswered(demand) }) {
        case .success(let ticket): self.ticket = ticket
        case .failure(let refusal): throw Self.error(of: refusal)
        }
    }

    private var limits: RateLimits {
        // What is called for a request of ours counts with nobody's requests.
        if errand != nil { return RateLimits() }
        let general = snapshot.configuration.limits.perKey
        let own = caller.key?.limits ?? RateLimits()
        return RateLimits(
            requestsPerMinute: own.requestsPerMinute ?? general.requestsPerMinute,
            tokensPerMinute: own.tokensPerMinute ?? general.tokensPerMinute,
            concurrentRequests: own.concurrentRequests ?? general.concurrentRequests)
    }

    // MARK: The worst case

    /// The most that the request can cost at any of its targets; `nil` where no budget needs to know and it cannot be
    /// said.
    ///
    /// - Throws: ``CallerError`` where a hard budget needs a bound and there is none.
    private func bound(isHard: Bool) throws(CallerError) -> NanoUSD? {
        guard route.surface.isMetered else {
            if isHard, mayCost {
                throw Self.unbounded("calls of \(head.uri.prefix { $0 != "?" })", "they have no price")
            }
            return .zero
        }
        var most = NanoUSD.zero
        var checked = NanoUSD.zero
        for target in targets {
            guard let cost = try bound(of: target, isHard: isHard) else { return nil }
            // An answer that is refused by checks is paid for beside the one that is served.
            if hasChecks(target) { checked = checked + cost } else { most = max(most, cost) }
        }
        return most + checked
    }

    /// Whether a call that is not metered may cost something.
    private var mayCost: Bool {
        ![.GET, .HEAD, .DELETE, .OPTIONS].contains(head.method)
            && ![.models, .countTokens, .files].contains(route.surface)
    }

    private func bound(of target: CallTarget, isHard: Bool) throws(CallerError) -> NanoUSD? {
        if isHard, target.wire != nil, facts.outputLimit == nil {
            throw Self.unbounded("an answer of another API without a limit of output tokens", "none can be added")
        }
        let model = target.pricedModel ?? ""
        let provider = target.upstream.billingProvider
        guard
            let rates = loop.prices.dearest(
                in: snapshot.prices, provider: provider, model: model, tier: facts.serviceTier, at: startedAt)
        else {
            guard isHard else { return nil }
            throw Self.unbounded(
                "the model \"\(model)\" of \(provider)", "it has no price; give it one (payback prices)")
        }
        let isEmbedding = isEmbedding(model, of: provider)
        if isHard, !isEmbedding { try checkOutputLimit(model) }
        let window = loop.prices.contextWindow(in: snapshot.prices, provider: provider, model: model)
        let input = try inputBound(model: model, window: window, isHard: isHard)
        let bound = WorstCase.Bound(
            inputTokens: input, outputTokens: isEmbedding ? 0 : outputBound(isHard: isHard),
            serviceTier: facts.serviceTier)
        return rates.cost(of: bound)
    }

    /// Input tokens at most: those that the model's own tokenizer counts, else one for each byte of the body; unless the
    /// input reaches beyond the body.
    private func inputBound(model: String, window: Int64?, isHard: Bool) throws(CallerError) -> Int64 {
        let counted = countedTokens(model)
        if let counted { estimatedInputTokens = counted }
        let ofBody = boundOfBody(counted)
        guard isHard else { return ofBody }
        let found = body?.withUnsafeReadableBytes { raw in
            let bytes = raw.bindMemory(to: UInt8.self)
            return (InputReach.medium(in: bytes), InputReach.serverTool(in: bytes))
        }
        if let tool = facts.serverTool ?? found?.1 {
            throw Self.unbounded("\"\(tool)\"", "the provider decides how often it is called")
        }
        guard let reach = facts.reachesOutside ?? found?.0 else { return ofBody }
        guard let window else { throw Self.unbounded("\"\(reach)\"", "the model's context window is not known") }
        return max(window, ofBody)
    }

    /// Tools are rendered by the provider in a form of its own: with them, bytes bound the input, and not the tokenizer.
    private func boundOfBody(_ counted: Int64?) -> Int64 {
        if let counted, !facts.hasTools { return counted + Self.frameTokens }
        let tools = facts.hasTools ? Self.toolTokens : 0
        return TokenBound.bytes(body?.readableBytes ?? 0) + Self.frameTokens + tools
    }

    /// The prompt's tokens by the model's own tokenizer, where the operator supplies it.
    private func countedTokens(_ model: String) -> Int64? {
        guard let tokenizer = snapshot.tokenizers.tokenizer(of: model), let body else { return nil }
        let counts = body.withUnsafeReadableBytes { raw in
            facts.promptRanges.map { range in
                let bytes = raw.bindMemory(to: UInt8.self)
                return PromptTokens.count(UnsafeBufferPointer(rebasing: bytes[range]), with: tokenizer)
            }
        }
        // A plain text (`"input": "…"`) stands without its quotes and is no JSON: bytes bound it.
        guard !counts.contains(where: { $0 == nil }) else { return nil }
        return Int64(counts.reduce(0) { $0 + ($1 ?? 0) })
    }

    /// Output tokens at most, over all choices. Where a hard budget applies and the request names no limit, one is set.
    private func outputBound(isHard: Bool) -> Int64 {
        if facts.outputLimit == nil, isHard { addedOutputLimit = snapshot.configuration.limits.outputTokensUnderBudget }
        let each = facts.outputLimit ?? addedOutputLimit ?? Self.assumedOutput
        return each.multipliedReportingOverflow(by: facts.choices).overflow ? .max / 2 : each * facts.choices
    }

    /// Whether a call has no output to limit: InvokeModel is for models of both kinds.
    private func isEmbedding(_ model: String, of provider: String) -> Bool {
        switch route.surface {
        case .embeddings, .geminiEmbeddings: true
        case .invokeModel: snapshot.prices.find(provider: provider, model: model)?.mode == "embedding"
        default: false
        }
    }

    /// Where a request to InvokeModel names no limit, one is set in the place that the model's maker has for it.
    private func checkOutputLimit(_ model: String) throws(CallerError) {
        guard route.surface == .invokeModel, facts.outputLimit == nil, BedrockModel.outputLimit(of: model) == nil else {
            return
        }
        throw Self.unbounded("the model \"\(model)\"", "the request limits no output, and how to limit it is not known")
    }

    // MARK: What is kept

    /// Whether the call leaves a record: what cannot cost anything does not.
    var isRecorded: Bool { route.surface.isMetered || mayCost }

    /// Gives everything back that the request holds: it cost nothing.
    func releaseTicket() {
        guard let ticket else { return }
        self.ticket = nil
        loop.core.settle(ticket, spender: caller.spender, cost: .zero, tokens: 0)
    }
}
