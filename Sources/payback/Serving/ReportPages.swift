import Documents
import Domain
import Foundation
import Gateway
import Ledger
import Policy
import Productivity
import Registry
import Reports

/// The reports, for browsers and for programs: `GET /`, `/reports/monthly`, `/api/v1/reports/monthly?month=2026-10`.
struct ReportPages: Sendable {
    let ledger: any UsageLedger
    let world: GatewayWorld

    private enum Name: String, CaseIterable {
        case executive, monthly, savings
    }

    private enum Format: String {
        case html, json, csv, markdown
    }

    /// A page or a report; `nil` where the path is neither.
    func answer(_ request: AdminRequest) -> AdminResponse? {
        guard request.method == "GET" else { return nil }
        let parts = request.path.split(separator: "/").map(String.init)
        let found: (name: Name?, isProgram: Bool)
        switch parts {
        case []: found = (.executive, false)
        case ["reports", parts.last]: found = (parts.last.flatMap { Name(rawValue: $0) }, false)
        case ["api", "v1", "reports", parts.last]: found = (parts.last.flatMap { Name(rawValue: $0) }, true)
        default: return nil
        }
        guard let name = found.name else {
            return AdminResponse(
                status: 404, "There are the reports \(Name.allCases.map(\.rawValue).joined(separator: ", ")).\n")
        }
        return report(name, Query(request.query), isProgram: found.isProgram)
    }

    private func report(_ name: Name, _ query: Query, isProgram: Bool) -> AdminResponse {
        guard let format = Format(rawValue: query["format"] ?? (isProgram ? "json" : "html")) else {
            return AdminResponse(status: 400, "format is html, json, csv or markdown.\n")
        }
        do {
            let month = query["month"]
            guard let period = try period(month) else {
                return AdminResponse(status: 400, "month \(month ?? "") is no month; write month=2026-10.\n")
            }
            let (document, json) = try make(name, period)
            return write(document, json, format, period: period)
        } catch { return AdminResponse(status: 503, "The report cannot be made now: \(error)\n") }
    }

    /// The month asked for, else that of the last record, else this one; `nil` where it is none.
    private func period(_ month: String?) throws -> ReportPeriod? {
        if let month { return ReportPeriod(monthText: month) }
        let last = try ledger.extent().map { Timestamp(microseconds: $0.end.microseconds - 1) } ?? .now
        return ReportPeriod(month: last.month)
    }

    private func make(_ name: Name, _ period: ReportPeriod) throws -> (Document, JSONOutput) {
        let prices = world.core.snapshot.prices
        switch name {
        case .executive:
            // From sums alone: a page does not wait for every record.
            let report = try ExecutiveReport.make(ledger, period, prices: prices, readingAtMost: 0)
            return (report.document, report.json)
        case .savings:
            let report = try SavingsReport.make(ledger, period)
            return (report.document, report.json)
        case .monthly:
            let tasks = TaskSummary(
                try world.registry.tasks(in: period.period), baselines: try world.registry.baselines(),
                rates: TaskSummary.Rates())
            var inputs = MonthlyReport.Inputs(tasks: tasks, now: min(.now, period.period.end))
            inputs.budgets = world.core.budgetStates.map(\.budget)
            let report = try MonthlyReport.make(ledger, period, prices: prices, inputs: inputs)
            return (report.document, report.json)
        }
    }

    private func write(
        _ document: Document, _ json: JSONOutput, _ format: Format, period: ReportPeriod
    ) -> AdminResponse {
        switch format {
        case .json: return AdminResponse(contentType: "application/json", json.text)
        case .csv: return AdminResponse(contentType: "text/csv; charset=utf-8", CSVRenderer().render(json))
        case .markdown:
            return AdminResponse(contentType: "text/markdown; charset=utf-8", MarkdownRenderer().render(document))
        case .html:
            let month = String(period.period.start.dateText.prefix(7))
            var links = Name.allCases.map {
                HTMLRenderer.Link($0.rawValue.capitalized, "/reports/\($0.rawValue)?month=\(month)")
            }
            let before = String(period.previous.start.dateText.prefix(7))
            links.append(HTMLRenderer.Link("The month before", "?month=\(before)"))
            links += [("JSON", "json"), ("CSV", "csv")].map { HTMLRenderer.Link($0, "?month=\(month)&format=\($1)") }
            var answer = AdminResponse(
                contentType: "text/html; charset=utf-8", HTMLRenderer(navigation: links).render(document))
            answer.headers = Self.pageHeaders
            return answer
        }
    }

    /// Pages run no script and load nothing: whatever a name that came with traffic contains, it stays a name.
    private static let pageHeaders = [
        (
            "content-security-policy",
            "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
        ),
        ("x-content-type-options", "nosniff"), ("referrer-policy", "no-referrer"), ("cache-control", "no-store"),
    ]
}

/// The parts of a query, percent-decoded.
private struct Query {
    private let values: [String: String]

    init(_ text: String) {
        values = Dictionary(
            text.split(separator: "&").compactMap { part -> (String, String)? in
                let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                guard pair.count == 2, let value = String(pair[1]).removingPercentEncoding else { return nil }
                return (String(pair[0]), value)
            }
        ) { first, _ in first }
    }

    subscript(_ name: String) -> String? { values[name] }
}
