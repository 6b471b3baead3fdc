internal import Dispatch
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
    private var references: ReferenceBaseline
    private let commitments: Set<String>
    /// Whether a rule's model or tier is one that is paid for anyway.
    private let staysCommitted: [Bool]
    private(set) var days: [Int64: Day] = [:]
    private var today: (number: Int64, day: Day) = (.min, Day())
    private(set) var sums = ReplaySums()

    /// Creates a replay of nothing yet.
    package init(_ plan: Plan, prices book: PriceBook) {
        lane = ReplayLane(plan, book: book)
        let active = plan.rules.filter { $0.state == .on }
        alone =
            active.count < 2
            ? []
            : plan.rules.map { rule in
                var single = plan
                single.rules = [rule]
                return ReplayLane(single, book: book)
            }
        references = ReferenceBaseline(plan.reference, book: book)
        let commitments = Set(plan.commitments.map { $0.lowercased() })
        self.commitments = commitments
        staysCommitted = plan.rules.map { rule in
            switch rule.action {
            case .route(let terms):
                let provider = terms.provider.lowercased()
                return commitments.contains(provider) || commitments.contains("\(provider)/\(terms.model.lowercased())")
            case .tier(let terms): return commitments.contains(terms.tier) || ServiceTier.isCommitted(terms.tier)
            default: return true
            }
        }
    }

    /// The plan.
    package var plan: Plan { lane.plan }

    /// Takes in records; batches come in the order of their time and share one vocabulary that only grows.
    package mutating func take(_ batch: RecordBatch) {
        var others = alone
        alone = []
        // The plan, and each rule by itself, side by side: they share nothing but the batch.
        others.withUnsafeMutableBufferPointer { others in
            withUnsafeMutablePointer(to: &self) { whole in
                let (lanes, plan) = (Lanes(others: others), Whole(replay: whole))
                DispatchQueue.concurrentPerform(iterations: others.count + 1) { number in
                    if number == 0 { plan.replay.pointee.takeAll(batch) } else { lanes.others[number - 1].take(batch) }
                }
            }
        }
        alone = others
    }

    /// Lanes that are worked on side by side, each by one thread alone.
    private struct Lanes: @unchecked Sendable {
        // Unchecked: iteration n touches element n - 1 and nothing else.
        let others: UnsafeMutableBufferPointer<ReplayLane>
    }

    /// The replay itself, for the thread that takes the plan's own lane.
    private struct Whole: @unchecked Sendable {
        // Unchecked: only iteration 0 touches it, and the lanes of single rules are not in it meanwhile.
        let replay: UnsafeMutablePointer<Replay>
    }

    private mutating func takeAll(_ batch: RecordBatch) {
        batch.records.withUnsafeBufferPointer { records in
            for position in records.indices { take(records[position], batch) }
        }
    }

    private mutating func take(_ record: UsageRecord, _ batch: RecordBatch) {
        sums.recorded = sums.recorded + record.cost
        switch record.purpose {
        // Ours: what was asked for has none of them, and the plan brings its own.
        case .shadow, .judge, .embedding: return
        case .retry, .fallback:
            book(asked: record.cost, planned: record.cost, on: record)
            references.addOther(record.cost)
            return
        case .serve: break
        }
        sums.requests += 1
        sums.note(record.startedAt)
        let asked = record.askedCost
        if asked == nil {
            sums.unpricedRequests += 1
            sums.unpricedTokens += record.usage.total
        }
        let request = PolicyRequest.of(record, in: batch)
        let planned = lane.take(request, record, asked: asked, batch)
        guard let asked, let planned else { return }
        book(asked: asked, planned: planned.cost, on: record)
        addCommitment(record, batch.vocabulary, asked: asked, planned)
        references.add(record, asked: asked, batch.vocabulary)
    }

    private mutating func book(asked: NanoUSD, planned: NanoUSD, on record: UsageRecord) {
        sums.asked = sums.asked + asked
        sums.planned = sums.planned + planned
        guard record.startedAt.isKnown else { return }
        if record.startedAt.day != today.number {
            flush()
            today = (record.startedAt.day, days[record.startedAt.day] ?? Day())
        }
        today.day.asked = today.day.asked + asked
        today.day.planned = today.day.planned + planned
    }

    /// Books the day that is kept at hand.
    private mutating func flush() { if today.number != .min { days[today.number] = today.day } }

    /// What is paid for anyway is not saved in cash: less use of it frees commitment, and going elsewhere costs cash.
    private mutating func addCommitment(
        _ record: UsageRecord, _ vocabulary: Vocabulary, asked: NanoUSD, _ planned: ReplayLane.Planned
    ) {
        guard isCommitted(record, vocabulary) else { return }
        let remains = planned.route.map { staysCommitted[$0] } ?? planned.tier.map { staysCommitted[$0] } ?? true
        sums.freedCommitment = sums.freedCommitment + (remains ? asked - planned.cost : asked)
    }

    private func isCommitted(_ record: UsageRecord, _ vocabulary: Vocabulary) -> Bool {
        let tier = ServiceTier.canonical(vocabulary.text(record.serviceTier))
        if ServiceTier.isCommitted(tier) { return true }
        if commitments.isEmpty { return false }
        let provider = vocabulary.text(record.provider)?.lowercased() ?? ""
        let model = vocabulary.text(record.model)?.lowercased() ?? ""
        return commitments.contains(tier) || commitments.contains(provider)
            || commitments.contains("\(provider)/\(model)")
    }

    /// What it came to.
    package var result: ReplayResult {
        var whole = self
        whole.flush()
        let days = whole.days
        return ReplayResult(
            plan: plan, sums: sums, days: days, lane: lane, alone: alone, reference: references.result)
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
