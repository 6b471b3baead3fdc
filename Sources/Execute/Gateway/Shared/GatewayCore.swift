internal import Dispatch
package import Domain
package import Ledger
package import Logging
package import Policy
package import Prompts
internal import Synchronization

/// What all event loops share: the present snapshot, the counters behind one lock, the journal, and the clocks.
package final class GatewayCore: Sendable {
    /// What the core is made of; everything that touches the world is passed in.
    package struct Parts: Sendable {
        /// The first snapshot.
        package var snapshot: GatewaySnapshot
        /// The journal's folder.
        package var journal: JournalDirectory
        /// The key under which prompts are hashed.
        package var promptKey: PromptKey
        /// The present moment.
        package var clock: @Sendable () -> Timestamp
        /// Random seeds, for ids and jitter.
        package var seed: @Sendable () -> UInt64
        /// Where words to operators go.
        package var log: Logger
        /// Where verdicts that applications post go; must not wait.
        package var feedback: @Sendable (PostedVerdict) -> Void = { _ in }
        /// Where answers are kept across restarts; absent for nowhere.
        package var archive: AnswerArchive?

        /// Creates the parts.
        package init(
            snapshot: GatewaySnapshot, journal: JournalDirectory, promptKey: PromptKey,
            clock: @escaping @Sendable () -> Timestamp, seed: @escaping @Sendable () -> UInt64, log: Logger
        ) {
            (self.snapshot, self.journal, self.promptKey) = (snapshot, journal, promptKey)
            (self.clock, self.seed, self.log) = (clock, seed, log)
        }
    }

    private struct State {
        var snapshot: GatewaySnapshot
        var journalFailure: String?
        var finishedSpans: [FinishedCall] = []
        var connections = 0
    }

    /// What levers remember.
    let levers: LeverDesk
    let journal: JournalDirectory
    let promptKey: PromptKey
    let clock: @Sendable () -> Timestamp
    let seed: @Sendable () -> UInt64
    let log: Logger
    let feedback: @Sendable (PostedVerdict) -> Void
    private let state: Mutex<State>
    /// Where waiting for the disk happens.
    let disk = DispatchQueue(label: "payback.journal.disk")
    private let admission = Mutex(Admission())
    private let alerts: @Sendable (BudgetAlert) -> Void

    /// Creates the core.
    ///
    /// - Parameter alerts: called when a budget reaches a threshold; must not wait.
    package init(_ parts: Parts, alerts: @escaping @Sendable (BudgetAlert) -> Void) {
        (journal, promptKey, clock) = (parts.journal, parts.promptKey, parts.clock)
        (seed, log, feedback, self.alerts) = (parts.seed, parts.log, parts.feedback, alerts)
        levers = LeverDesk(archive: parts.archive)
        state = Mutex(State(snapshot: parts.snapshot))
    }

    /// The present snapshot.
    package var snapshot: GatewaySnapshot { state.withLock { $0.snapshot } }

    /// What the operator decided, as it is in force now.
    package var configuration: GatewayConfiguration { snapshot.configuration }

    /// Free bytes on the journal's disk; `nil` where that cannot be told.
    package var freeBytes: Int64? { journal.freeBytes }

    /// Replaces the snapshot; event loops take it up with ``Gateway/update(_:)``.
    package func replace(_ snapshot: GatewaySnapshot) { state.withLock { $0.snapshot = snapshot } }

    // MARK: Admission

    /// Works with the counters.
    func withAdmission<Result>(_ body: (inout Admission) -> Result) -> Result {
        admission.withLock { body(&$0) }
    }

    /// Replaces the budgets in force.
    ///
    /// - Returns: those that are new, whose spend so far has to be loaded.
    package func replaceBudgets(with budgets: [Budget]) -> [Budget] {
        let now = clock()
        return admission.withLock { $0.budgets.replace(with: budgets, at: now) }
    }

    /// Counts what the ledger says was spent before.
    package func load(_ amount: NanoUSD, budget: Budget, customer: String?, startedAt: Timestamp) {
        admission.withLock { $0.budgets.load(amount, budget: budget, customer: customer, startedAt: startedAt) }
    }

    /// The state of every budget.
    package var budgetStates: [BudgetState] {
        let now = clock()
        return admission.withLock { $0.budgets.states(at: now) }
    }

    /// Ends what a request held, and reports budgets that reached a threshold by it.
    func settle(_ ticket: Admission.Ticket, spender: Spender, cost: NanoUSD, tokens: Int64) {
        let now = clock()
        let reached = admission.withLock {
            $0.settle(ticket, spender: spender, cost: cost, tokens: tokens, at: now)
        }
        for alert in reached { alerts(alert) }
    }

    // MARK: Levers

    /// Puts a plan in force, with what is remembered of its levers; the snapshot that carries it comes after.
    ///
    /// What was kept of a lever and cannot be read is said in the log: the lever is off until it is opened anew.
    package func apply(_ plan: LivePlan?, rows: [String: LeverRow], wishes: [String: LeverRow.Wish] = [:]) {
        for (lever, problem) in levers.apply(plan, rows: rows, wishes: wishes, at: clock()) {
            log.error("A lever is off", metadata: ["lever": "\(lever)", "reason": "\(problem.description)"])
        }
    }

    /// The gates as they are, by their levers' names.
    package var gates: [String: GateState] { levers.gates }

    /// How many requests wait for an answer that another calls for.
    package var waitingCallers: Int { levers.waiting }

    /// Takes a verdict on an answer of a lever; what it changes is said in the log.
    func take(_ verdict: Verdict, on rule: PlanRule, of plan: LivePlan) {
        tell(levers.take(verdict, on: rule, of: plan, at: clock()))
    }

    /// Takes what somebody says of an answer.
    ///
    /// - Returns: whether a lever gave the answer not long ago, so that the verdict counts.
    @discardableResult
    package func take(_ posted: PostedVerdict) -> Bool {
        guard let changes = levers.take(posted, at: clock()) else { return false }
        tell(changes)
        return true
    }

    /// What is to be kept of every lever of the plan in force.
    package var leverRecords: [String: LeverRecord] { levers.records }

    /// Goes on with answers that were kept in an earlier run.
    package func restore(_ answers: [StoredAnswer]) { levers.restore(answers) }

    /// Takes back every kept answer with a tag.
    ///
    /// - Returns: how many there were.
    package func takeBackAnswers(tag: String) -> Int { levers.takeBack(tag: tag) }

    private func tell(_ changes: [GateChange]) {
        for change in changes {
            // What a lever answered while it was trusted is not given again.
            if change.transition.to == .rolledBack { levers.takeBack(tag: LeverDesk.tag(of: change.lever)) }
            log.notice(
                "A lever's gate has changed",
                metadata: [
                    "lever": "\(change.lever)", "from": "\(change.transition.from.rawValue)",
                    "to": "\(change.transition.to.rawValue)", "reason": "\(change.transition.reason)",
                ])
        }
    }

    // MARK: The journal

    /// Why new requests are refused, where the journal cannot be written; absent while all is well.
    package var journalFailure: String? { state.withLock { $0.journalFailure } }

    func journalDidFail(_ error: JournalError) {
        let isNew = state.withLock { state in
            defer { state.journalFailure = error.message }
            return state.journalFailure == nil
        }
        if isNew { log.error("The journal cannot be written", metadata: ["reason": "\(error.message)"]) }
    }

    func journalDidWork() {
        let wasFailing = state.withLock { state in
            defer { state.journalFailure = nil }
            return state.journalFailure != nil
        }
        if wasFailing { log.notice("The journal can be written again") }
    }

    // MARK: Connections

    /// Counts a caller's connection, unless there are as many as there may be.
    func admitConnection() -> Bool {
        state.withLock { state in
            guard state.connections < state.snapshot.configuration.limits.connections else { return false }
            state.connections += 1
            return true
        }
    }

    /// Counts a connection out.
    func endConnection() { state.withLock { $0.connections -= 1 } }

    // MARK: Spans

    /// Keeps a finished call for the exporter; the oldest go where nobody takes them.
    func keep(_ call: FinishedCall) {
        state.withLock { state in
            if state.finishedSpans.count >= 10_000 { state.finishedSpans.removeFirst(1_000) }
            state.finishedSpans.append(call)
        }
    }

    /// Takes the finished calls.
    package func takeFinishedCalls() -> [FinishedCall] {
        state.withLock { state in
            defer { state.finishedSpans = [] }
            return state.finishedSpans
        }
    }
}

/// A call that has ended, as a span tells it.
package struct FinishedCall: Sendable {
    /// The caller's `traceparent`, where it sent one.
    package var traceParent: String?
    /// The request's id.
    package var requestID: String
    /// The API's operation: `chat`, `embeddings`.
    package var operation: String
    /// Who bills.
    package var provider: String
    /// The model that was asked for.
    package var requestedModel: String?
    /// The model that answered.
    package var model: String?
    /// The provider's id of the response.
    package var responseID: String?
    /// When it began.
    package var startedAt: Timestamp
    /// How long it took, in microseconds.
    package var latency: Int64
    /// Microseconds to the first byte, -1 where none came.
    package var timeToFirstToken: Int64
    /// Tokens.
    package var usage: TokenUsage
    /// Cost; absent where it is unpriced.
    package var cost: NanoUSD?
    /// HTTP status that the caller got.
    package var httpStatus: Int
    /// What went wrong, as a stable word.
    package var errorType: String?
    /// Customer.
    package var customer: String?
    /// Feature.
    package var feature: String?
    /// The upstream's host.
    package var serverAddress: String?
}
