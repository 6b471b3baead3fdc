internal import Auditing
internal import Documents
internal import Domain
internal import Ledger
internal import Policy
internal import Pricing
internal import Productivity
internal import ROI
internal import Registry
internal import Reports
internal import Workbooks

/// Reports to read and to take along, and the reconciliation.
enum ReportPages {
    static let routes: [Route] = [
        .get("/reports", .wholeView) { .page(try list($0, $1)) },
        .get("/reports/:name", .wholeView) { try await download($0, $1) },
        .get("/reconciliation", .wholeView) { .page(try reconciliation($0, $1)) },
    ]

    private static func list(_ request: WebRequest, _ site: Site) throws -> Page {
        let period = try site.period(of: request)
        let month = period.period.start.monthText
        var page = Page(
            title: "Reports of \(period.name)", subtitle: "USD, UTC", section: .reports, hasMonths: true)
        page.parts = ReportName.allCases.map { name in
            .links(
                name.label,
                DeliveryFormat.allCases.map { format in
                    var fields = Fields("").setting("format", to: format.rawValue)
                    if name != .businessCase { fields = fields.setting("month", to: month) }
                    return Page.Link(label: format.rawValue, target: "/reports/\(name.rawValue)" + fields.link)
                })
        }
        page.parts.append(
            .blocks([
                .hint(
                    Hint(
                        "Each can be had by schedule as well; the API is described at /api/v1/openapi.json.",
                        command: "payback report executive --month \(month) --format pdf --output executive.pdf"))
            ]))
        return page
    }

    /// A report, for people and for programs.
    @Sendable static func download(_ request: WebRequest, _ site: Site) async throws -> WebAnswer {
        let name = request.parameters["name"] ?? ""
        guard let report = ReportName(rawValue: name) else {
            throw Refusal.missing(
                "There are the reports \(ReportName.allCases.map(\.rawValue).joined(separator: ", ")).")
        }
        let text = request.query["format"] ?? (request.isProgram ? "json" : "html")
        guard let format = DeliveryFormat(rawValue: text) else {
            throw Refusal.bad("format takes \(DeliveryFormat.allCases.map(\.rawValue).joined(separator: ", ")).")
        }
        return .content(try await ReportMaker(site: site, request: request).make(report, as: format))
    }

    private static func reconciliation(_ request: WebRequest, _ site: Site) throws -> Page {
        let period = try site.period(of: request)
        let document = try Reconciliation(site.ledger(for: request), in: period.period, prices: site.room.prices())
            .document
        return Page(
            title: document.title, subtitle: "\(period.name). \(document.subtitle)", section: .reconciliation,
            parts: [.blocks(document.blocks)], notes: document.notes, hasMonths: true)
    }
}

/// The reports there are.
enum ReportName: String, CaseIterable {
    case executive, monthly, savings
    case businessCase = "business-case"

    /// For people.
    var label: String { rawValue.prefix(1).uppercased() + rawValue.dropFirst().replacing("-", with: " ") }
}

/// Makes one report.
struct ReportMaker {
    let site: Site
    let request: WebRequest

    func make(_ name: ReportName, as format: DeliveryFormat) async throws -> Content {
        let file = "\(name.rawValue)-\(try fileSuffix(name)).\(format.fileExtension)"
        // A case has live formulas, which need no draws; a report has its tables.
        if format == .xlsx, name == .businessCase { return try workbook(CaseWorkbook.make(try model()), file) }
        let (document, json) = try await answer(name)
        let type = format.mediaType
        switch format {
        case .json: return Content(type: type, text: json.text)
        case .csv: return Content(type: type, text: CSVRenderer().render(json), fileName: file)
        case .markdown: return Content(type: type, text: MarkdownRenderer().render(document), fileName: file)
        case .html: return Content(type: type, text: HTMLRenderer().render(document))
        case .pdf: return Content(type: type, body: try await pdf(document), fileName: file)
        case .xlsx: return try workbook(DocumentWorkbook.make(document), file)
        }
    }

    private func fileSuffix(_ name: ReportName) throws -> String {
        if name == .businessCase { return request.query["template"] ?? defaultTemplate.name }
        return try site.period(of: request).period.start.monthText
    }

    private func answer(_ name: ReportName) async throws -> (Document, JSONOutput) {
        let (room, ledger) = (site.room, site.ledger(for: request))
        switch name {
        case .executive: return try contents(.executive, ledger)
        case .savings: return try contents(.savings, ledger)
        case .monthly: return try contents(.monthly, ledger)
        case .businessCase:
            let tasks = try RecordedTasks(room.registry, ledger: ledger).summary(in: .always)
            let report = try await BusinessCase.make(try model(), tasks: tasks, draws: ScenarioRun.draws, seed: 1)
            return (report.document, report.json)
        }
    }

    private func contents(_ kind: ReportKind, _ ledger: any UsageLedger) throws -> (Document, JSONOutput) {
        let (room, period) = (site.room, try site.period(of: request))
        let made = try ReportContents.make(kind, ledger, period, prices: room.prices(), readingAtMost: 0) {
            try .recorded(
                room.registry, ledger, period, budgets: room.budgets().map(\.budget), clock: request.now)
        }
        return (made.document, made.json)
    }

    private var defaultTemplate: ScenarioTemplate { ScenarioTemplate.all[0] }

    private func model() throws -> ScenarioModel {
        let name = request.query["template"] ?? defaultTemplate.name
        guard let template = ScenarioTemplate.named(name) else {
            throw Refusal.missing("There is no scenario \(name).")
        }
        return try ScenarioRun.model(template, request.query, site)
    }

    /// Where no browser prints it, waiting does not help: what to do instead is in the error.
    private func pdf(_ document: Document) async throws -> [UInt8] {
        do { return try await site.room.printPDF(HTMLRenderer().render(document)) } catch {
            throw Refusal(status: 503, code: "no_pdf", message: "\(error)")
        }
    }

    private func workbook(_ book: Workbook, _ file: String) throws -> Content {
        Content(type: DeliveryFormat.xlsx.mediaType, body: try site.room.writeWorkbook(book), fileName: file)
    }
}
