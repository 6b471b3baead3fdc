package import Domain
package import Ledger
package import Logging
package import Policy
package import Pricing
package import ROI
package import Registry
package import Workbooks

/// What the control plane shows and changes: everything that it needs of the world, passed in.
package struct ControlRoom: Sendable {
    /// How the gateway is.
    package struct Health: Sendable, Hashable {
        /// Why it does not take requests; `nil` while it does.
        package var failure: String?
        /// Records that have reached the ledger since the start.
        package var records: Int64
        /// Free space where the journal is, bytes; `nil` where that cannot be told.
        package var freeBytes: Int64?
        /// Where callers reach it.
        package var callers: String
        /// The upstreams' names.
        package var upstreams: [String]
        /// Where the ledger is.
        package var ledger: String

        /// Creates a state.
        package init(
            failure: String?, records: Int64, freeBytes: Int64?, callers: String, upstreams: [String], ledger: String
        ) {
            (self.failure, self.records, self.freeBytes) = (failure, records, freeBytes)
            (self.callers, self.upstreams, self.ledger) = (callers, upstreams, ledger)
        }
    }

    /// What a program sends: spans, or task metrics.
    package struct Delivery: Sendable {
        /// The media type, lower case.
        package var contentType: String?
        /// The encoding.
        package var contentEncoding: String?
        /// The body.
        package var body: [UInt8]
    }

    /// What came of it: a status, a media type, a body.
    package struct Receipt: Sendable {
        /// The HTTP status.
        package var status: Int
        /// The media type.
        package var type: String
        /// The body.
        package var text: String

        /// Creates an answer.
        package init(status: Int = 200, type: String = "text/plain; charset=utf-8", _ text: String) {
            (self.status, self.type, self.text) = (status, type, text)
        }
    }

    /// The ledger, over a connection of its own.
    package var ledger: any UsageLedger
    /// Keys, budgets, accounts.
    package var registry: RegistryStore
    /// What models cost now.
    package var prices: @Sendable () -> PriceBook
    /// The budgets in force, with what is spent.
    package var budgets: @Sendable () -> [BudgetState]
    /// How the gateway is.
    package var health: @Sendable () -> Health
    /// The metrics, for Prometheus.
    package var metrics: @Sendable () async throws -> String
    /// Takes spans.
    package var takeTraces: @Sendable (Delivery) async -> Receipt
    /// Takes task metrics.
    package var takeTasks: @Sendable (Delivery) async -> Receipt
    /// Takes back the cached answers with a tag, and says how many there were.
    package var takeBackAnswers: @Sendable (String) -> Int = { _ in 0 }
    /// Where scenarios take prices and actuals from.
    package var scenarioSources: ScenarioSources
    /// Prints a page as a PDF.
    package var printPDF: @Sendable (String) async throws -> [UInt8]
    /// The bytes of a workbook's file.
    package var writeWorkbook: @Sendable (Workbook) throws -> [UInt8]
    /// The script that draws charts; `nil` where it is not installed.
    package var chartScript: [UInt8]?
    /// The token that the configuration names; `nil` for none.
    package var adminToken: String?
    /// Signing in elsewhere; `nil` for here alone.
    package var openID: OpenIDAccess?
    /// The present moment.
    package var now: @Sendable () -> Timestamp
    /// Where diagnostics go.
    package var log: Logger

    /// Creates a room.
    package init(
        ledger: any UsageLedger, registry: RegistryStore, prices: @escaping @Sendable () -> PriceBook,
        budgets: @escaping @Sendable () -> [BudgetState], health: @escaping @Sendable () -> Health,
        metrics: @escaping @Sendable () async throws -> String,
        takeTraces: @escaping @Sendable (Delivery) async -> Receipt,
        takeTasks: @escaping @Sendable (Delivery) async -> Receipt, scenarioSources: ScenarioSources,
        printPDF: @escaping @Sendable (String) async throws -> [UInt8],
        writeWorkbook: @escaping @Sendable (Workbook) throws -> [UInt8], chartScript: [UInt8]?,
        adminToken: String?, now: @escaping @Sendable () -> Timestamp, log: Logger
    ) {
        (self.ledger, self.registry, self.prices, self.budgets) = (ledger, registry, prices, budgets)
        (self.health, self.metrics, self.takeTraces, self.takeTasks) = (health, metrics, takeTraces, takeTasks)
        (self.scenarioSources, self.printPDF, self.writeWorkbook) = (scenarioSources, printPDF, writeWorkbook)
        (self.chartScript, self.adminToken, self.now, self.log) = (chartScript, adminToken, now, log)
    }
}
