import Documents
import Domain
import Gateway
import Ledger
import NIOPosix
import Policy
import Pricing
import Registry
import Reports
import Workbooks

/// What delivered reports are made from.
struct DeliverySource: Sendable {
    /// A connection of its own.
    let ledger: any UsageLedger
    let registry: RegistryStore
    /// What models cost now.
    let prices: @Sendable () -> PriceBook
    /// The budgets in force.
    let budgets: @Sendable () throws -> [Budget]

    /// Makes a scheduled report of a period, beside the event loops: a PDF takes seconds.
    func make(_ report: ScheduledReport, _ period: ReportPeriod, now: Timestamp) async throws -> FinishedReport {
        try await NIOThreadPool.singleton.runIfActive {
            let contents = try contents(report.report, period, now: now)
            return FinishedReport(
                report: report, period: period, contents: contents,
                bytes: try FinishedReport.bytes(contents, as: report.format))
        }
    }

    private func contents(_ kind: ReportKind, _ period: ReportPeriod, now: Timestamp) throws -> ReportContents {
        try ReportContents.make(kind, ledger, period, prices: prices()) {
            try .recorded(registry, ledger, period, budgets: try budgets(), clock: now)
        }
    }
}

extension DeliverySource {
    /// The source of a gateway that runs.
    init(_ world: GatewayWorld, ledger: any UsageLedger) {
        self.init(
            ledger: ledger, registry: world.registry, prices: { world.core.snapshot.prices },
            budgets: { world.core.budgetStates.map(\.budget) })
    }
}

/// A report that can be sent.
struct FinishedReport: Sendable {
    let report: ScheduledReport
    let period: ReportPeriod
    let contents: ReportContents
    let bytes: [UInt8]

    /// `executive-month-2026-10.pdf`; a week goes by its Monday.
    var fileName: String {
        let start = period.period.start.dateText
        let isMonth = period.period == ReportPeriod(month: period.period.start.month).period
        return "\(report.name)-\(isMonth ? String(start.prefix(7)) : start).\(report.format.fileExtension)"
    }

    static func bytes(_ contents: ReportContents, as format: DeliveryFormat) throws -> [UInt8] {
        switch format {
        case .json: return Array(contents.json.text.utf8)
        case .csv: return Array(CSVRenderer().render(contents.json).utf8)
        case .markdown: return Array(MarkdownRenderer().render(contents.document).utf8)
        case .html: return Array(HTMLRenderer().render(contents.document).utf8)
        case .pdf: return try PDFPrinter().bytes(html: HTMLRenderer().render(contents.document))
        case .xlsx:
            let book = DocumentWorkbook.make(contents.document)
            return try ScratchFile.bytes("report.xlsx") { try WorkbookWriter.write(book, to: $0) }
        }
    }
}
