import ArgumentParser
import Documents
import Domain
import Inputs
import Ledger
import Policy
import Pricing
import Reports
import Workbooks

/// How a report is written.
enum ReportFormat: String, ExpressibleByArgument, CaseIterable {
    case text, markdown, html, json, csv, pdf, xlsx
}

/// Of which time, from which ledger, in which format.
struct ReportOptions: ParsableArguments {
    @Option(help: "A month: 2026-10. The month of the ledger's last record where nothing is said.")
    var month: String?

    @OptionGroup var periodOptions: PeriodOptions
    @OptionGroup var ledgerOptions: LedgerOptions
    @OptionGroup var outputOptions: OutputOptions

    @Option(help: "text, markdown, html, json, csv, pdf (needs Chromium) or xlsx; the last two need --output.")
    var format: ReportFormat = .text

    @Option(help: "Your own prices and discounts, laid over the price book.")
    var prices: String?

    @Option(help: "A plan that payback model replay --write-plan has weighed: what is predicted, and what to do next.")
    var plan: String?

    mutating func validate() throws {
        if month != nil, periodOptions.since != nil || periodOptions.until != nil {
            throw ValidationError("Give --month, or --since and --until, not both.")
        }
        if format == .pdf || format == .xlsx, outputOptions.output == nil {
            throw ValidationError("It is written to a file: give --output report.\(format.rawValue).")
        }
    }

    /// The period that is reported.
    func period(of ledger: any UsageLedger) throws -> ReportPeriod {
        if let month {
            guard let period = ReportPeriod(monthText: month) else {
                throw ValidationError("--month \(month) is no month; write 2026-10.")
            }
            return period
        }
        guard let extent = try ledger.extent() else {
            throw StandardError.fail(
                .data, "The ledger is empty. Fill it: payback import usage.jsonl, or payback serve.")
        }
        if periodOptions.since == nil, periodOptions.until == nil {
            return ReportPeriod(month: Timestamp(microseconds: extent.end.microseconds - 1).month)
        }
        var period = try periodOptions.period()
        if periodOptions.since == nil { period.start = extent.start }
        if periodOptions.until == nil { period.end = extent.end }
        guard period.start < period.end else {
            throw StandardError.fail(
                .data,
                "The ledger has nothing of that time: it goes from \(extent.start.dateText) to \(extent.end.dateText).")
        }
        return ReportPeriod(period)
    }

    /// The user's plan.
    func weighedPlan() throws -> Plan? { try plan.map { try PlanReader.read(try YAMLDocument(path: $0)) } }

    /// The prices.
    func book() throws -> PriceBook { try PriceBook.loading(overlay: prices) }

    /// Writes a report.
    func write(_ document: Document, _ json: JSONOutput) throws {
        try outputOptions.write(document, json, as: format)
    }

    /// Refuses a report of nothing.
    func refuse(_ isEmpty: Bool, _ period: ReportPeriod) throws {
        if isEmpty {
            throw StandardError.fail(.data, "The ledger has nothing of \(period.name). Choose another period.")
        }
    }
}

extension OutputOptions {
    /// Writes a report in one of its formats.
    ///
    /// - Throws: ``PDFError`` where no browser prints a PDF; exit code 73 where the file cannot be written.
    func write(_ document: Document, _ json: JSONOutput, as format: ReportFormat) throws {
        switch format {
        case .json: try write(document, json, as: DocumentFormat.json)
        case .text: try write(document, json, as: DocumentFormat.text)
        case .markdown: try write(document, json, as: DocumentFormat.markdown)
        case .html: try write(document, json, as: DocumentFormat.html)
        case .csv: try write(CSVRenderer().render(json))
        case .pdf:
            let bytes = try PDFPrinter().bytes(html: HTMLRenderer().render(document))
            try OutputFile.write(to: output) { file in try bytes.withUnsafeBytes { try file.write($0) } }
        case .xlsx: try WorkbookWriter.write(DocumentWorkbook.make(document), to: output ?? "")
        }
    }
}
