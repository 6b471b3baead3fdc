import Dashboard
import Domain
import Foundation
import Gateway
import Ledger
import Logging
import NIOPosix
import ROI
import Workbooks

extension ControlRoom {
    /// The control plane of a gateway that runs.
    ///
    /// - Parameters:
    ///   - ledger: a connection of its own, so that pages do not wait for the journal's folding.
    ///   - intake: takes spans.
    init(
        _ world: GatewayWorld, gateway: Gateway, ledger: any UsageLedger, intake: TraceIntake,
        sources: ScenarioSources, loaded: GatewayConfiguration
    ) {
        let tasks = TaskIntake(registry: world.registry)
        self.init(
            ledger: ledger, registry: world.registry, prices: { world.core.snapshot.prices },
            budgets: { world.core.budgetStates },
            health: { Self.health(world, callers: "http://\(loaded.listen.host):\(gateway.port)") },
            metrics: {
                let progress = world.folder.progress
                return try await gateway.prometheus(
                    records: (progress.added, progress.repeated, progress.damagedBytes))
            },
            takeTraces: { await intake.take($0) }, takeTasks: { tasks.take($0) }, scenarioSources: sources,
            // Beside the event loops: a PDF takes seconds.
            printPDF: { html in
                try await NIOThreadPool.singleton.runIfActive { try PDFPrinter().bytes(html: html) }
            },
            writeWorkbook: { workbook in
                try ScratchFile.bytes("book.xlsx") { try WorkbookWriter.write(workbook, to: $0) }
            },
            chartScript: ChartScript.find(), adminToken: loaded.adminToken?.value, now: { .now },
            // What goes wrong is told to whom it happens to; a line for each request is the proxy's to keep.
            log: Logger(label: "dashboard") { _ in SwiftLogNoOpLogHandler() })
        takeBackAnswers = { world.core.takeBackAnswers(tag: $0) }
        openID = loaded.openID.map {
            OpenIDAccess(
                settings: $0.settings, clientSecret: $0.clientSecret?.value, transport: HTTPOpenIDTransport())
        }
    }

    private static func health(_ world: GatewayWorld, callers: String) -> Health {
        let settings = world.core.configuration
        return Health(
            failure: world.core.journalFailure, records: Int64(world.folder.progress.added),
            freeBytes: world.core.freeBytes, callers: callers, upstreams: settings.upstreams.map(\.name),
            ledger: settings.ledger ?? "as the command line or PAYBACK_LEDGER names it")
    }
}

/// Chart.js, where the system has it.
enum ChartScript {
    private static let places = [
        "/usr/share/javascript/chart.js/chart.min.js", "/usr/share/javascript/chart.js/Chart.min.js",
        "/usr/share/javascript/chart.js/chart.umd.js",
    ]

    /// Its bytes; `nil` where it is not installed, and charts stay as the server draws them.
    static func find() -> [UInt8]? {
        for place in places {
            if let data = FileManager.default.contents(atPath: place) { return Array(data) }
        }
        return nil
    }
}
