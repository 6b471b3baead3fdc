package import Domain
internal import Policy
package import Pricing

/// Runs recorded traffic through a plan, in the order of its time.
package struct Replay {
    /// What a day came to.
    struct Day {
        var asked = NanoUSD.zero
        var planned = NanoUSD.zero
    }

    private var lane: ReplayLane
    /// Each rule by itself, for comparison.
    private var alone: [ReplayLane]
    private var prices: ReplayPrices
    private var references: ReferenceBaseline
    private let commitments: Set<String>
    private var committed: [UInt8] = []
    private(set) var days: [Int64: Day] = [:]
    private(set) var sums = ReplaySums()

    /// Creates a replay of nothing yet.
    package init(_ plan: Plan, prices book: PriceBook) {
        lane = ReplayLane(plan)
        let active = plan.rules.filter { $0.state == .on }
        alone =
            active.count < 2
            ? []
            : plan.rules.map { rule in
                var single = plan
                single.rules = [rule]
                return ReplayLane(single)
            }
        prices = ReplayPrices(book: book)
        references = ReferenceBaseline(plan.reference, book: book)
        commitments = Set(plan.commitments.map { $0.lowercased() })
    }

    /// The plan.
    package var plan: Plan { lane.plan }

    /// Takes in records; batches come in the order of their time and share one vocabulary that only grows.
    package mutating func take(_ batch: RecordBatch) {
        for record in batch.records { take(record, batch) }
    }

    private mutating func take(_ record: UsageRecord, _ batch: RecordBatch) {
        sums.recorded = sums.recorded + record.cost
        switch record.purpose {
        // Ours: what was asked for has none of them, and the plan brings its own.
        case .shadow, .judge, .embedding: return
        case .retry, .fallback:
            book(asked: record.cost, planned: record.cost, on: record)
            return
        case .serve: break
        }
        sums.requests += 1
        sums.note(record.startedAt)
        let asked = askedCost(record)
        if asked == nil {
            sums.unpricedRequests += 1
            sums.unpricedTokens += record.usage.total
        }
        let request = PolicyRequest(record, in: batch)
        let planned = lane.take(request, record, asked: asked, &prices, batch.vocabulary)
        for position in alone.indices {
            _ = alone[position].take(request, record, asked: asked, &prices, batch.vocabulary)
        }
        guard let asked, let planned else { return }
        book(asked: asked, planned: planned.cost, on: record)
        addCommitment(record, batch.vocabulary, asked: asked, planned)
        references.add(record, asked: asked, batch.vocabulary)
    }

    /// What the request costs as it was asked for: no cache of ours, the model and prompt that the caller sent.
    private func askedCost(_ record: UsageRecord) -> NanoUSD? {
        if !record.baselineMethod.isAbsent { return record.baseline }
        return record.costKind == .unpriced ? nil : record.cost
    }

    private mutating func book(asked: NanoUSD, planned: NanoUSD, on record: UsageRecord) {
        sums.asked = sums.asked + asked
        sums.planned = sums.planned + planned
        guard record.startedAt.isKnown else { return }
        days[record.startedAt.day, default: Day()].asked = (days[record.startedAt.day]?.asked ?? .zero) + asked
        days[record.startedAt.day, default: Day()].planned = (days[record.startedAt.day]?.planned ?? .zero) + planned
    }

    /// What is paid for anyway is not saved in cash: less use of it frees commitment, and going elsewhere costs cash.
    private mutating func addCommitment(
        _ record: UsageRecord, _ vocabulary: Vocabulary, asked: NanoUSD,
        _ planned: (cost: NanoUSD, staysWithModel: Bool)
    ) {
        guard isCommitted(record, vocabulary) else { return }
        let freed = planned.staysWithModel ? asked - planned.cost : asked
        sums.freedCommitment = sums.freedCommitment + freed
    }

    private mutating func isCommitted(_ record: UsageRecord, _ vocabulary: Vocabulary) -> Bool {
        let tier = ServiceTier.canonical(vocabulary.text(record.serviceTier))
        if Self.committedTiers.contains(tier) { return true }
        if commitments.isEmpty { return false }
        let provider = vocabulary.text(record.provider)?.lowercased() ?? ""
        let model = vocabulary.text(record.model)?.lowercased() ?? ""
        return commitments.contains(tier) || commitments.contains(provider)
            || commitments.contains("\(provider)/\(model)")
    }

    private static let committedTiers: Set<String> = [
        "provisioned", "provisioned_throughput", "committed", "reserved", "ptu",
    ]

    /// What it came to.
    package var result: ReplayResult {
        ReplayResult(
            plan: plan, sums: sums, days: days, lane: lane, alone: alone, reference: references.result(sums: sums))
    }
}

/// Sums over all requests.
struct ReplaySums {
    var requests: Int64 = 0
    var unpricedRequests: Int64 = 0
    var unpricedTokens: Int64 = 0
    /// What the records say was paid.
    var recorded = NanoUSD.zero
    var asked = NanoUSD.zero
    var planned = NanoUSD.zero
    var freedCommitment = NanoUSD.zero
    private(set) var first: Timestamp?
    private(set) var last: Timestamp?

    mutating func note(_ moment: Timestamp) {
        guard moment.isKnown else { return }
        first = min(first ?? moment, moment)
        last = max(last ?? moment, moment)
    }

    /// What the plan saves.
    var saving: NanoUSD { asked - planned }
    /// Of it: money.
    var cashSaving: NanoUSD { saving - freedCommitment }
}
