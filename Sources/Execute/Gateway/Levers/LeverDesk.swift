internal import Domain
internal import Policy
internal import Synchronization

/// What levers remember and all event loops share: answers, calls that others wait for, and gates. Behind one lock that is never
/// held while anything is waited for.
final class LeverDesk: Sendable {
    /// What a look-up says.
    enum Finding: Sendable {
        /// The answer is there.
        case answer(StoredAnswer)
        /// Nobody has asked: whoever looked calls, and says how it ended.
        case call(CacheOutcome)
        /// Somebody is calling for the same answer: the one who looked is told.
        case wait
    }

    /// Called with the answer that was waited for; without one where the call brought none.
    typealias Waiter = @Sendable (StoredAnswer?) -> Void

    fileprivate struct State {
        var plan: LivePlan?
        var caches: [String: AnswerCache<StoredAnswer>] = [:]
        /// Calls under way, and who waits for them.
        var flights: [Flight: [Waiter]] = [:]
        var gates = GateBook()
        /// Levers without a gate that somebody has stopped.
        var paused: Set<String> = []
        var standings: [LeverStanding] = []
        var books = LeverBooks()
    }

    fileprivate struct Flight: Hashable {
        let rule: String
        let key: AnswerKey
    }

    private let archive: AnswerArchive?
    private let state = Mutex(State())
    /// Questions and their answers, of each semantic rule: scanned under a lock of their own.
    private let shelves = Mutex<[String: SemanticShelf]>([:])

    /// Creates a desk without a plan.
    ///
    /// - Parameter archive: keeps answers across restarts.
    init(archive: AnswerArchive? = nil) { self.archive = archive }

    // MARK: Plans and gates

    /// What each rule of a plan may do now; empty where another plan is in force.
    func standings(of plan: LivePlan) -> [LeverStanding] {
        state.withLock { $0.plan?.number == plan.number ? $0.standings : [] }
    }

    /// Puts a plan in force, with what is remembered of its levers.
    ///
    /// - Parameters:
    ///   - rows: what the registry knows of levers, by their rules' names.
    ///   - wishes: what people want of gates.
    /// - Returns: what was kept of levers and cannot be read, by their names: those are off until they are opened anew.
    func apply(
        _ plan: LivePlan?, rows: [String: LeverRow], wishes: [String: LeverRow.Wish], at moment: Timestamp
    ) -> [String: GateStateError] {
        let problems = state.withLock { state in
            let problems = state.turn(to: plan, rows, wishes, at: moment)
            state.caches = Self.caches(of: plan, present: state.caches)
            state.settle()
            return problems
        }
        shelves.withLock { shelves in
            shelves = SemanticShelf.shelves(of: plan?.plan.rules ?? [], present: shelves)
        }
        // Answers of levers that people take back are taken back with them.
        for (lever, wish) in wishes where wish != .open { takeBack(tag: Self.tag(of: lever)) }
        return problems
    }

    /// What is remembered for a semantic rule.
    func shelf(of rule: String) -> SemanticShelf? { shelves.withLock { $0[rule] } }

    private static func caches(
        of plan: LivePlan?, present: [String: AnswerCache<StoredAnswer>]
    ) -> [String: AnswerCache<StoredAnswer>] {
        var caches: [String: AnswerCache<StoredAnswer>] = [:]
        for rule in plan?.plan.rules ?? [] {
            guard case .cache(let terms) = rule.action, terms.match != .semantic else { continue }
            let bounds = CacheBounds(
                entries: terms.entries, bytes: Int(clamping: terms.mostBytes), eviction: .leastRecentlyUsed)
            let known = present[rule.name].flatMap {
                $0.timeToLive == terms.timeToLive && $0.bounds == bounds ? $0 : nil
            }
            caches[rule.name] = known ?? AnswerCache(timeToLive: terms.timeToLive, bounds: bounds)
        }
        return caches
    }

    /// Takes a verdict on an answer of a lever.
    ///
    /// - Parameter plan: under which the lever gave the answer: one that means something else by now hears nothing of it.
    /// - Returns: the changes that it brought about.
    func take(_ verdict: Verdict, on rule: PlanRule, of plan: LivePlan, at moment: Timestamp) -> [GateChange] {
        state.withLock { state in
            guard state.means(rule, of: plan) else { return [] }
            let changes = state.gates.take(verdict, on: rule.name, at: moment)
            state.settle()
            return changes
        }
    }

    // MARK: Books

    /// Works with what is counted.
    func withBooks<Result>(_ body: (inout LeverBooks) -> Result) -> Result { state.withLock { body(&$0.books) } }

    /// Takes what somebody says of an answer: a verdict where nobody else judges, else a check of the judge.
    ///
    /// - Returns: the changes that it brought about; `nil` where no lever gave the answer, or too long ago.
    func take(_ posted: PostedVerdict, at moment: Timestamp) -> [GateChange]? {
        state.withLock { state in
            // One verdict an answer: who posts twice is not heard twice.
            guard let served = state.books.served(posted.requestID), served.personLoss == nil else { return nil }
            state.books.posted(posted.requestID, loss: posted.loss)
            guard state.means(served.rule, of: served.plan),
                case .feedback = served.rule.qualityInForce.judge
            else { return [] }
            let changes = state.gates.take(Verdict(loss: posted.loss), on: served.rule.name, at: moment)
            state.settle()
            return changes
        }
    }

    /// What is to be kept of every lever of the plan in force.
    var records: [String: LeverRecord] {
        let (rules, gates, books) = state.withLock { ($0.plan?.plan.rules ?? [], $0.gates.gates, $0.books) }
        var records: [String: LeverRecord] = [:]
        for rule in rules where gates[rule.name] != nil || !rule.needsGate {
            var record = gates[rule.name]?.record(of: rule) ?? LeverRecord()
            books.fill(&record, of: rule.name)
            records[rule.name] = record
        }
        return records
    }

    /// The gates as they are.
    var gates: [String: GateState] { state.withLock { $0.gates.gates } }

    // MARK: Answers

    /// Looks an answer up; where somebody calls for it already, `waiter` is told the answer. Without a waiter the request
    /// neither waits nor is waited for.
    func look(_ key: AnswerKey, of rule: String, at now: Timestamp, waiter: Waiter?) -> Finding {
        state.withLock { state in
            let found = state.caches[rule]?.find(key, at: now)
            if let answer = found?.answer { return .answer(answer) }
            guard let waiter else { return .call(found?.outcome ?? .miss) }
            let flight = Flight(rule: rule, key: key)
            guard state.flights[flight] == nil else {
                state.flights[flight]?.append(waiter)
                return .wait
            }
            state.flights[flight] = []
            return .call(found?.outcome ?? .miss)
        }
    }

    /// Ends a call.
    ///
    /// - Parameters:
    ///   - answer: what those who wait are told; absent where they have to call for themselves.
    ///   - keeps: whether it is kept for those who come later.
    func land(_ answer: StoredAnswer?, _ landing: LeverCourse.Landing, of rule: String, keeps: Bool) {
        let waiters = state.withLock { state in
            if var answer, keeps, let cache = state.caches[rule] {
                (answer.key, answer.rule) = (landing.key, rule)
                answer.timeToLive = min(answer.timeToLive, cache.timeToLive)
                // In the order of the lock, so that what is taken back stays so after a restart.
                if state.keep(answer, replacing: landing.replaces) { archive?.append(.answer(answer)) }
            }
            guard landing.isAwaited else { return [Waiter]() }
            return state.flights.removeValue(forKey: Flight(rule: rule, key: landing.key)) ?? []
        }
        for waiter in waiters { waiter(answer) }
    }

    /// Goes on with answers that were kept in an earlier run; those of rules that are gone are left.
    func restore(_ answers: [StoredAnswer]) {
        state.withLock { state in
            for answer in answers { _ = state.keep(answer, replacing: false) }
        }
    }

    /// Takes back every answer with a tag.
    ///
    /// - Returns: how many there were.
    @discardableResult
    func takeBack(tag: String) -> Int {
        let exact = state.withLock { state in
            archive?.append(.removedTag(tag, scope: nil))
            return state.caches.keys.reduce(0) { $0 + (state.caches[$1]?.removeAll(tagged: tag) ?? 0) }
        }
        let alike = shelves.withLock { Array($0.values) }.reduce(0) { $0 + $1.takeBack(tag: tag) }
        return exact + alike
    }

    /// What answers bear that a lever gave: callers' own tags have no such beginning.
    static func tag(of lever: String) -> String { "\u{1}lever:" + lever }

    /// How many requests wait for an answer that another calls for.
    var waiting: Int { state.withLock { $0.flights.values.reduce(0) { $0 + $1.count } } }

}

extension LeverDesk.State {
    /// Keeps an answer in its rule's cache; whether there is one, and room.
    fileprivate mutating func keep(_ answer: StoredAnswer, replacing: Bool) -> Bool {
        caches[answer.rule]?.store(
            answer, for: answer.key, at: answer.storedAt, timeToLive: answer.timeToLive, bytes: answer.bytes,
            tags: answer.tags, replacing: replacing) ?? false
    }

    /// Whether a rule of some plan is still what it was.
    fileprivate func means(_ rule: PlanRule, of plan: LivePlan) -> Bool {
        if self.plan === plan { return true }
        return self.plan?.plan.rules.first { $0.name == rule.name }?.subject == rule.subject
    }

    /// Takes up another plan: gates in force go on, others as they were kept.
    fileprivate mutating func turn(
        to plan: LivePlan?, _ rows: [String: LeverRow], _ wishes: [String: LeverRow.Wish], at moment: Timestamp
    ) -> [String: GateStateError] {
        let subjects = Dictionary(self.plan?.plan.rules.map { ($0.name, $0.subject) } ?? []) { first, _ in first }
        var problems: [String: GateStateError] = [:]
        var book = GateBook()
        for rule in plan?.plan.rules ?? [] where rule.needsGate {
            let present = subjects[rule.name] == rule.subject ? gates.gates[rule.name] : nil
            let wish = wishes[rule.name]
            do throws(GateStateError) {
                book.set(try rule.gate(now: present, from: rows[rule.name], wish: wish, at: moment), for: rule.name)
            } catch {
                problems[rule.name] = error
                var anew = GateState(terms: rule.qualityInForce.gate)
                if wish == .open { anew.open(at: moment) }
                book.set(anew, for: rule.name)
            }
        }
        (self.plan, gates) = (plan, book)
        paused = Set(rows.values.filter { $0.pause != nil }.map(\.rule))
        for row in rows.values { books.load(row) }
        return problems
    }

    /// Says anew what each rule may do.
    fileprivate mutating func settle() {
        let heldBack = plan.map { ErrorBudget.heldBack(by: $0.plan, gates: gates.gates) } ?? []
        standings = (plan?.plan.rules ?? []).map { rule in
            if rule.startingState == .off { return LeverStanding() }
            if let gate = gates.gates[rule.name] {
                return LeverStanding(gate, isHeldBack: heldBack.contains(rule.name))
            }
            return LeverStanding(ungated: rule.startingState == .on && !paused.contains(rule.name))
        }
    }
}

extension PlanRule {
    /// The rule's gate as it goes on.
    ///
    /// - Parameters:
    ///   - present: the gate in force, which knows more than what is kept.
    ///   - wish: what somebody wants of it.
    fileprivate func gate(
        now present: GateState?, from row: LeverRow?, wish: LeverRow.Wish?, at moment: Timestamp
    ) throws(GateStateError) -> GateState {
        var gate: GateState
        if let present, present.terms == qualityInForce.gate {
            gate = present
            if let pause = row?.pause { gate.pause(because: pause.reason) } else { gate.resume() }
        } else {
            gate = try self.gate(from: row, at: moment)
        }
        switch wish {
        case .open: gate.open(at: moment)
        case .close: gate.close(at: moment)
        case .withdraw: gate.withdraw(at: moment)
        case nil: break
        }
        return gate
    }
}
