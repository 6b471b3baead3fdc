import Domain
import Gateway
import Inputs
import Ledger
import Logging
import Policy
import Pricing
import Prompts
import Registry

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Everything that the gateway stands on, opened: the ledger, the registry, the journal, the prices.
final class GatewayWorld: Sendable {
    let ledger: any UsageLedger
    let registry: RegistryStore
    let levers: LeverKeeper
    /// Where cached answers outlive a restart; absent where they do not.
    let answers: AnswerArchive?
    let folder: JournalFolder
    let core: GatewayCore
    let log: Logger
    /// Verdicts that applications post, as they come.
    let feedback: AsyncStream<PostedVerdict>
    /// Budgets that reach a threshold, as they do.
    let alerts: AsyncStream<BudgetAlert>
    private let loadConfiguration: @Sendable () throws -> GatewayConfiguration

    /// Opens everything, and settles what an earlier run left open.
    ///
    /// - Parameter configuration: reads the configuration, now and for every reload.
    init(
        ledger: any UsageLedger, log: Logger, configuration: @escaping @Sendable () throws -> GatewayConfiguration
    ) throws {
        (self.ledger, self.log, loadConfiguration) = (ledger, log, configuration)
        let settings = try configuration()
        registry = try RegistryStore(path: settings.registry)
        let journal = try JournalDirectory(path: settings.journal.directory)
        folder = JournalFolder(directory: journal, ledger: ledger)
        try folder.recover()
        let settled = folder.progress.settledAtReservation
        if settled > 0 {
            log.warning(
                "Requests of an earlier run were settled at their reservation", metadata: ["requests": "\(settled)"])
        }
        var random = SystemRandomNumberGenerator()
        let (alerts, report) = AsyncStream.makeStream(of: BudgetAlert.self, bufferingPolicy: .bufferingNewest(1_000))
        self.alerts = alerts
        let (feedback, post) = AsyncStream.makeStream(of: PostedVerdict.self, bufferingPolicy: .bufferingNewest(10_000))
        self.feedback = feedback
        var parts = GatewayCore.Parts(
            snapshot: try Self.snapshot(settings, registry), journal: journal,
            promptKey: PromptKey(secret: try registry.promptKey(using: &random)), clock: { .now },
            seed: { UInt64.random(in: .min ... .max) }, log: log)
        parts.feedback = { post.yield($0) }
        let kept = KeptAnswers(settings, log: log)
        parts.archive = kept.archive
        answers = kept.archive
        core = GatewayCore(parts, alerts: { report.yield($0) })
        levers = LeverKeeper(registry: registry)
        core.replace(core.snapshot.with(registered: try registry.keys(), plan: try levers.apply(to: core, log: log)))
        core.restore(kept.answers)
        try loadBudgets(settings)
    }

    /// Reads configuration and registry anew.
    ///
    /// - Returns: the snapshot for requests that begin from now on.
    func reload() throws -> GatewaySnapshot {
        let settings = try loadConfiguration()
        let snapshot = try Self.snapshot(settings, registry).with(
            registered: try registry.keys(), plan: try levers.apply(to: core, log: log))
        try loadBudgets(settings)
        return snapshot
    }

    /// Takes up the registry's keys and budgets; what the configuration file says stays as it was read.
    ///
    /// - Returns: the snapshot for requests that begin from now on.
    func refreshRegistry() throws -> GatewaySnapshot {
        let snapshot = core.snapshot.with(registered: try registry.keys(), plan: try levers.apply(to: core, log: log))
        try loadBudgets(snapshot.configuration)
        return snapshot
    }

    private static func snapshot(
        _ settings: GatewayConfiguration, _ registry: RegistryStore
    ) throws -> GatewaySnapshot {
        GatewaySnapshot(
            configuration: settings, prices: try PriceBook.loading(overlay: settings.prices),
            keys: settings.keys + (try registry.keys()),
            tokenizers: TokenizerSet(try settings.tokenizers.map { ($0.model, try BytePairTokenizer($0)) }))
    }

    // MARK: Budgets

    /// Puts the budgets of file and registry in force; what the ledger says was spent in their period counts.
    private func loadBudgets(_ settings: GatewayConfiguration) throws {
        let new = core.replaceBudgets(with: settings.budgets + (try registry.budgets()))
        if new.isEmpty { return }
        try folder.fold()
        for budget in new { try loadSpend(of: budget) }
    }

    private func loadSpend(of budget: Budget) throws {
        let period = Period(start: BudgetCalendar.period(of: budget, at: .now).start, end: Period.always.end)
        var query = LedgerQuery(period: period, filter: budget.scope.filter)
        if try hasOtherSources { query.filter[.source] = ["payback"] }
        if budget.scope == .eachCustomer { query.dimensions = [.customer] }
        if case .rolling = budget.period { query.grain = .hour }
        for row in try ledger.rows(for: query) {
            let customer = budget.scope == .eachCustomer ? row.values.first ?? nil : nil
            if budget.scope == .eachCustomer, customer == nil { continue }
            core.load(
                row.measures.cost, budget: budget, customer: customer, startedAt: row.start ?? period.start)
        }
    }

    /// Whether the ledger holds records that did not come through the gateway: they do not count against its budgets.
    private var hasOtherSources: Bool {
        get throws {
            try ledger.rows(for: LedgerQuery(by: [.source])).contains { $0.values.first ?? nil != "payback" }
        }
    }

    // MARK: Age

    /// Removes single records from before a moment; sums of them stay.
    ///
    /// - Returns: how many there were.
    func removeRecords(before moment: Timestamp) throws -> Int {
        try folder.exclusively { try ledger.removeRecords(before: moment) }
    }
}

extension BudgetScope {
    /// The records that count against it.
    fileprivate var filter: [LedgerDimension: Set<String?>] {
        switch self {
        case .total, .eachCustomer: [:]
        case .key(let id): [.credential: [id]]
        case .customer(let name): [.customer: [name]]
        case .feature(let name): [.feature: [name]]
        case .team(let name): [.team: [name]]
        }
    }
}

extension Timestamp {
    /// The present moment, by the system's clock.
    static var now: Timestamp {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Timestamp(microseconds: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1_000)
    }
}
