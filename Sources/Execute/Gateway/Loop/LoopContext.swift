internal import Domain
internal import Ledger
internal import Logging
internal import NIOCore
internal import NIOSSL
internal import Policy
internal import Pricing
internal import Prompts
internal import Providers
internal import Statistics

/// Everything that one event loop works with, touched by that loop alone: no locks, no waiting.
final class LoopContext {
    let eventLoop: any EventLoop
    let core: GatewayCore
    private(set) var snapshot: GatewaySnapshot
    let pool: UpstreamPool
    let requests = RequestScanner()
    var responses = ResponseScanner()
    let answers = AnswerIdentityReader()
    let outlines = PromptOutlineReader()
    /// What is known of the reuse of prefixes; begun by the first request that asks.
    lazy var reuse = PrefixReuse()
    let journal: JournalWriter
    /// Scratch for the one record that is being written; its vocabulary is begun anew when it has grown large.
    var batch = RecordBatch()
    var prices = PriceCache()
    var identities = PromptIdentities()
    var metrics = GatewayMetrics()
    var random: SeededRandom
    private var levers: LoopLevers?
    private let durable: DurableQueue
    private var routes: [String: RequestRoute] = [:]
    private var breakers: [String: CircuitBreaker] = [:]
    private var retryBudgets: [String: RetryBudget] = [:]
    private var nextCredential: [String: Int] = [:]
    private(set) var connections: [ObjectIdentifier: CallerConnection] = [:]
    /// Calls whose callers have left, and whose answers are waited for.
    private var orphans: [ObjectIdentifier: Exchange] = [:]
    private(set) var isDraining = false
    /// Calls of our own under way.
    var errands = 0

    init(eventLoop: any EventLoop, core: GatewayCore, tls: NIOSSLContext) {
        (self.eventLoop, self.core) = (eventLoop, core)
        snapshot = core.snapshot
        pool = UpstreamPool(eventLoop: eventLoop, tls: tls)
        let settings = snapshot.configuration.journal
        journal = JournalWriter(directory: core.journal, segmentBytes: settings.segmentBytes)
        random = SeededRandom(seed: core.seed())
        durable = DurableQueue(eventLoop: eventLoop, writer: journal, disk: core.disk)
    }

    /// Nanoseconds of a clock that only goes forward.
    var now: UInt64 { NIODeadline.now().uptimeNanoseconds }

    /// Uses a new snapshot for requests that begin from now on.
    func use(_ snapshot: GatewaySnapshot) {
        if snapshot.prices.version != self.snapshot.prices.version { prices.removeAll() }
        self.snapshot = snapshot
    }

    /// What a plan does with a request; `nil` where it is about to be replaced.
    func course(of request: LiveRequest, under plan: LivePlan, draw: UInt64) -> LeverCourse? {
        if !(levers?.fits(plan) ?? false) { levers = LoopLevers(plan) }
        return levers?.course(of: request, standings: core.levers.standings(of: plan), draw: draw)
    }

    /// Calls `body` once what was journalled so far is as safe as the operator wants it, or with why it is not.
    func whenDurable(_ body: @escaping (JournalError?) -> Void) {
        durable.after(snapshot.configuration.journal.durability) { [core] failure in
            if let failure { core.journalDidFail(failure) }
            body(failure)
        }
    }

    /// What a path says; most requests have one of a few.
    func route(_ uri: String, isAnthropic: Bool) -> RequestRoute {
        if isAnthropic { return RequestRoute(uri: uri, isAnthropic: true) }
        if let known = routes[uri] { return known }
        let route = RequestRoute(uri: uri, isAnthropic: false)
        if routes.count < 1_024, uri.utf8.count < 256 { routes[uri] = route }
        return route
    }

    // MARK: Upstreams

    /// Whether an upstream may be called now.
    func allows(_ upstream: Upstream) -> Bool {
        let settings = snapshot.configuration.circuitBreaker
        let closed = CircuitBreaker(failures: settings.failures, pause: UInt64(max(settings.pause, 0)) * 1_000_000)
        return breakers[upstream.name, default: closed].allows(at: now)
    }

    /// Notes how a call went; `nil` where its outcome says nothing of the upstream.
    func report(_ upstream: Upstream, success: Bool?) {
        if let success {
            breakers[upstream.name]?.report(success: success, at: now)
        } else {
            breakers[upstream.name]?.abandon()
        }
    }

    /// The state of each upstream's breaker: whether it is open.
    var openBreakers: [String: Bool] {
        breakers.mapValues { if case .closed = $0.state { false } else { true } }
    }

    /// Counts a request towards the retries that an upstream may cost.
    func payRetry(_ upstream: Upstream) {
        retryBudgets[upstream.name, default: RetryBudget(share: snapshot.configuration.retries.budgetShare)].pay()
    }

    /// Takes one retry, if one is left.
    func takeRetry(_ upstream: Upstream) -> Bool {
        retryBudgets[upstream.name, default: RetryBudget(share: snapshot.configuration.retries.budgetShare)].take()
    }

    /// The credential to use next, in turn.
    func credential(of upstream: Upstream) -> Secret? {
        guard !upstream.credentials.isEmpty else { return nil }
        let position = nextCredential[upstream.name, default: 0]
        nextCredential[upstream.name] = position &+ 1
        return upstream.credentials[position % upstream.credentials.count]
    }

    // MARK: Connections

    func add(_ connection: CallerConnection) { connections[ObjectIdentifier(connection)] = connection }

    func remove(_ connection: CallerConnection) { connections[ObjectIdentifier(connection)] = nil }

    /// Watches a call that has no caller any more.
    func watch(_ exchange: Exchange) { orphans[ObjectIdentifier(exchange)] = exchange }

    /// Calls whose callers have left, and whose answers are waited for.
    var callerlessCalls: Int { orphans.count }

    /// Ten times a second: time limits, idle connections, what waits to be written.
    func tick() {
        let now = self.now
        for connection in connections.values { connection.checkTime(at: now) }
        for (id, exchange) in orphans {
            if exchange.isOver { orphans[id] = nil } else { exchange.checkTime(at: now) }
        }
        pool.prune(at: now)
        flushJournal()
        if batch.vocabulary.count > 50_000 { batch = RecordBatch() }
    }

    /// Takes no new requests, and closes connections as they become idle.
    func drain() {
        isDraining = true
        for connection in connections.values { connection.closeWhenIdle() }
    }

    /// Ends what is still under way, and writes what waits.
    func shutDown() {
        for connection in connections.values { connection.abort() }
        for exchange in orphans.values where !exchange.isOver { exchange.endCall(.callerLeft) }
        pool.close()
        flushJournal()
    }

    /// Writes what waits in memory, and notes whether the journal can be written.
    func flushJournal() {
        do {
            try journal.flush()
            core.journalDidWork()
        } catch { core.journalDidFail(error) }
    }
}
