package import Documents
package import Domain
package import Ledger
package import Pricing

/// A finished report, for every format.
package struct ReportContents: Sendable {
    /// For people.
    package let document: Document
    /// For programs.
    package let json: JSONOutput
    /// Whether the ledger has nothing of the period.
    package let isEmpty: Bool

    /// Makes a report of a period.
    ///
    /// - Parameters:
    ///   - most: how many records may be read one by one; see ``ExecutiveReport``.
    ///   - inputs: what the monthly report needs beside the ledger; not asked for by the others.
    package static func make(
        _ kind: ReportKind, _ ledger: any UsageLedger, _ period: ReportPeriod, prices: PriceBook,
        readingAtMost most: Int64 = ExecutiveReport.mostRecordsRead, inputs: () throws -> MonthlyReport.Inputs
    ) throws -> ReportContents {
        switch kind {
        case .executive:
            let report = try ExecutiveReport.make(ledger, period, prices: prices, readingAtMost: most)
            return ReportContents(document: report.document, json: report.json, isEmpty: report.isEmpty)
        case .savings:
            let report = try SavingsReport.make(ledger, period)
            return ReportContents(document: report.document, json: report.json, isEmpty: report.isEmpty)
        case .monthly:
            let report = try MonthlyReport.make(ledger, period, prices: prices, inputs: try inputs())
            return ReportContents(document: report.document, json: report.json, isEmpty: report.isEmpty)
        }
    }
}
