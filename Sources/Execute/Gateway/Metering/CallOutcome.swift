internal import Domain
internal import NIOCore
internal import Policy
internal import Pricing
internal import Providers

/// What a call came to: tokens, money, and how it ended.
struct CallOutcome {
    var usage = TokenUsage.unknown
    var usageSource = UsageSource.absent
    var cost = NanoUSD.zero
    var costKind = CostKind.unpriced
    var status = CallStatus.ok
    var httpStatus = 0
    var model: String?
    var responseID: String?
    var serviceTier: String?
    var region: String?
    /// How long the provider says that it took, in milliseconds.
    var providerLatency: Int64?
    var pieces: [PieceUsage] = []
    /// What went wrong, as a stable word; absent where all went well.
    var errorType: String?
    /// Why the gateway did what it did, for the record.
    var reason: String?
    /// What the call would have cost as it was asked for; absent where that is what it cost, or is not known.
    var baseline: NanoUSD?
    /// How that was found.
    var baselineMethod = "as_asked"
    /// Why the call was made, where that is not what its kind of record says.
    var purpose: CallPurpose?
    /// Which attempt of its request the record is about, from 1.
    var attempt = 1

    /// What was spared of the call as it was asked for.
    var saving: NanoUSD { baseline.map { $0 - cost } ?? .zero }

    /// The outcome of a call that was made.
    init(of exchange: Exchange, end: CallEnd, metered: MeteredResponse) {
        attempt = max(exchange.attempts.count, 1)
        httpStatus = exchange.attempts.last?.status ?? 0
        (usage, usageSource) = (metered.usage, metered.usageSource)
        (model, responseID, pieces) = (metered.model, metered.responseID, metered.extras)
        (serviceTier, region, errorType) = (metered.serviceTier, metered.region, metered.errorType)
        providerLatency = metered.providerLatency
        takeBedrock(exchange.target)
        take(end)
        // Counts that cannot be believed are estimated instead; the record says so.
        reason = reason ?? metered.problem?.code
        if mayHaveCost(end) {
            estimateMissing(of: exchange, metered)
            price(exchange)
            if exchange.target.rule != nil { priceAsAsked(exchange) }
            if exchange.course?.action == .promptAdjusted { priceWithoutMarks(exchange) }
        } else {
            (usageSource, costKind) = (.absent, .priced)
        }
    }

    /// The outcome of a request that was refused: it cost nothing.
    init(refused error: CallerError, of exchange: Exchange) {
        (status, httpStatus, costKind) = (.refused, error.status, .priced)
        (errorType, reason) = (error.code, error.code)
        attempt = max(exchange.attempts.count, 1)
    }

    /// The outcome of an attempt that failed before anything of its answer was passed on.
    init(failedAttemptOf exchange: Exchange) {
        (status, costKind) = (.failed, .priced)
        attempt = max(exchange.attempts.count, 1)
        httpStatus = exchange.attempts.last?.status ?? 0
        errorType = exchange.attempts.last?.failure.map(\.word) ?? "status_\(httpStatus)"
        reason = errorType
        guard exchange.attempts.last?.failure?.mayHaveReachedProvider ?? false else { return }
        estimateMissing(of: exchange, MeteredResponse())
        price(exchange)
    }

    /// The outcome of a request that was answered by what was answered before: it cost nothing.
    init(answeredBy answer: StoredAnswer) {
        (httpStatus, costKind) = (200, .priced)
        model = answer.model.isEmpty ? nil : answer.model
        usage = TokenUsage(uncachedInput: .zero, output: .zero)
        baseline = answer.cost
    }

    /// The outcome of one answer in the results of a batch.
    init(batchResult metered: MeteredResponse, of exchange: Exchange) {
        (usage, usageSource, httpStatus) = (metered.usage, metered.usageSource, 200)
        (model, responseID, pieces) = (metered.model, metered.responseID, metered.extras)
        (serviceTier, region) = (metered.serviceTier, metered.region)
        price(exchange)
    }

    /// What a request is taken for if nothing is heard of it after a crash.
    init(intentOf exchange: Exchange) {
        usage = TokenUsage(uncachedInput: TokenCount(exchange.estimatedInputTokens))
        usageSource = .estimated
        cost = exchange.worstCase ?? .zero
        costKind = exchange.worstCase == nil ? .unpriced : .priced
        (status, reason) = (.failed, "settled_at_reservation_after_crash")
    }

    /// Bedrock bills by the id that is called, which tells more than the model that its maker's answer names.
    private mutating func takeBedrock(_ target: CallTarget) {
        guard target.upstream.kind == .bedrock, let id = target.model else { return }
        region = region ?? target.upstream.region
        if BedrockModel.name(of: id) != nil || target.upstream.pricedAs[id] != nil { model = target.pricedModel }
    }

    private mutating func take(_ end: CallEnd) {
        switch end {
        case .answered:
            if httpStatus >= 400 { (status, errorType) = (.failed, errorType ?? "status_\(httpStatus)") }
            if errorType != nil { status = .failed }
        case .truncated(let failure): (status, errorType) = (.failed, failure.word)
        case .callerLeft: status = .cancelled
        case .failed(let error): (status, errorType, httpStatus) = (.failed, error.code, error.status)
        }
        reason = errorType
    }

    /// Whether the provider may charge: not for an error that it answered with, and not where it was never reached.
    private func mayHaveCost(_ end: CallEnd) -> Bool {
        if usageSource != .absent { return true }
        switch end {
        case .answered: return httpStatus < 400
        case .truncated, .callerLeft: return true
        case .failed(let error): return error.code == "upstream_timeout"
        }
    }

    /// Fills in what the provider did not say, and marks it: four bytes to a token, of what was sent and of what came.
    private mutating func estimateMissing(of exchange: Exchange, _ metered: MeteredResponse) {
        guard exchange.route.surface.isMetered, usageSource != .reported else { return }
        if !usage.uncachedInput.isKnown {
            usage.uncachedInput = TokenCount(exchange.estimatedInputTokens)
            usage.cacheRead = .zero
            usage.cacheWrite5m = .zero
            usage.cacheWrite1h = .zero
        }
        let seen = Int64((metered.generatedBytes + 3) / 4)
        // The count that a stream begins with is not what it ends with.
        if !usage.output.isKnown || usage.output.orZero < seen || !metered.reachedEnd {
            usage.output = TokenCount(max(usage.output.orZero, seen))
        }
        usageSource = .estimated
    }

    private mutating func price(_ exchange: Exchange) {
        let upstream = exchange.target.upstream
        guard usage.isKnown else { return }
        let names = [model.map { upstream.pricedAs[$0] ?? $0 }, exchange.target.pricedModel].compactMap(\.self)
        for name in names {
            guard let (applied, cost) = price(name, upstream, usage, exchange) else { continue }
            self.cost = pieces.reduce(cost) { sum, piece in
                guard let fee = applied.fees[piece.kind] else { return sum }
                let nanos = (Int128(fee.nanos) * Int128(piece.millionths)).dividedRoundingHalfToEven(by: 1_000_000)
                return sum + NanoUSD(nanos: Int64(clamping: nanos))
            }
            costKind = .priced
            return
        }
    }

    private func price(
        _ name: String, _ upstream: Upstream, _ usage: TokenUsage, _ exchange: Exchange
    ) -> (AppliedPrice, NanoUSD)? {
        let price = exchange.loop.prices.price(
            in: exchange.snapshot.prices, provider: upstream.billingProvider, model: name, tier: serviceTier,
            region: region, at: exchange.startedAt)
        guard case .success(let applied) = price, case .success(let cost) = applied.cost(of: usage) else { return nil }
        return (applied, cost)
    }

    /// What the call would have cost without marks: nobody else reads or writes a prefix of Anthropic's.
    private mutating func priceWithoutMarks(_ exchange: Exchange) {
        let upstream = exchange.target.upstream
        guard upstream.kind == .anthropic, let name = exchange.target.pricedModel else { return }
        var usage = usage
        usage.uncache()
        guard let (_, cost) = price(name, upstream, usage, exchange) else { return }
        (baseline, baselineMethod) = (cost, "as_asked_without_marks")
    }

    /// What the model asked for would have cost: the same tokens at its price. How many it would have written is not known;
    /// the holdout checks it.
    private mutating func priceAsAsked(_ exchange: Exchange) {
        guard let asked = exchange.course?.asked, let name = asked.pricedModel else { return }
        var usage = usage
        // Another provider's cache has nothing of the prompt.
        if asked.upstream.billingProvider != exchange.target.upstream.billingProvider { usage.uncache() }
        guard let (_, cost) = price(name, asked.upstream, usage, exchange) else { return }
        (baseline, baselineMethod) = (cost, "as_asked_same_tokens")
    }
}

extension TokenUsage {
    /// All input as if no cache had read or written it.
    fileprivate mutating func uncache() {
        uncachedInput = TokenCount(totalInput)
        (cacheRead, cacheWrite5m, cacheWrite1h) = (.zero, .zero, .zero)
    }
}

extension UpstreamFailure {
    /// A stable word for records and metrics.
    var word: String {
        switch self {
        case .connect: "connect_failed"
        case .closed: "connection_closed"
        case .notHTTP: "not_http"
        case .timedOut(.connect): "connect_timeout"
        case .timedOut(.firstByte): "first_byte_timeout"
        case .timedOut(.idle): "idle_timeout"
        }
    }

    /// Whether the provider may have begun to work, and may charge for it.
    var mayHaveReachedProvider: Bool {
        switch self {
        case .connect, .timedOut(.connect), .notHTTP: false
        case .closed, .timedOut(.firstByte), .timedOut(.idle): true
        }
    }
}
