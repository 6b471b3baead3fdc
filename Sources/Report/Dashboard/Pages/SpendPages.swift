internal import Documents
internal import Domain
internal import Ledger
internal import Reports

/// Where the money went: cut by anything, down to single requests.
enum SpendPages {
    static let routes: [Route] = [
        .get("/spend", .viewer) { .page(try page($0, $1)) },
        .get("/requests/:id", .viewer) { .page(try requestPage($0, $1)) },
    ]

    private static func page(_ request: WebRequest, _ site: Site) throws -> Page {
        let question = try SpendQuestion(request.query, period: site.period(of: request))
        let ledger = site.ledger(for: request)
        let slice = try SpendSlice.make(ledger, question.period, by: question.dimension, filter: question.filter)
        var page = Page(
            title: question.title, subtitle: "\(question.period.name), USD, UTC", section: .spend, hasMonths: true,
            isLive: question.day == nil)
        page.parts = [.links("Cut by", question.dimensionLinks)]
        if !question.filter.isEmpty { page.parts.append(.links("Only these; each leads to all", question.filterLinks)) }
        if let day = question.day {
            let found = try DearestRequests.find(in: ledger, day, filter: question.filter)
            page.parts.append(
                .blocks([
                    .heading(level: 1, text: "Requests of \(day.start.dateText)"),
                    .table(found.table { "/requests/" + $0.percentEncoded }),
                ]))
        }
        page.parts.append(.blocks(slice.blocks(linking: { question.link(to: $0) }, day: { question.link(toDay: $0) })))
        if slice.total.unpricedRequests > 0 {
            page.notes = [Note("Without calls that have no price; unpriced is never zero.", mark: "*")]
        }
        return page
    }

    private static func requestPage(_ request: WebRequest, _ site: Site) throws -> Page {
        let id = request.parameters["id"] ?? ""
        let batch = try site.ledger(for: request).request(id, in: .around(requestID: id))
        guard !batch.records.isEmpty else {
            throw Refusal.missing(
                "There is no request \(id) that you may see. A call shows up about a tenth of a second after its end.")
        }
        var page = Page(title: "Request \(id)", subtitle: "USD, UTC", section: .spend)
        for record in batch.records {
            let account = RequestAccount(record: record, of: batch)
            if batch.records.count > 1 {
                page.parts.append(.blocks([.heading(level: 1, text: "Call \(record.attempt), \(record.purpose.name)")]))
            }
            page.parts.append(.blocks(account.blocks))
        }
        return page
    }
}

/// What a spend page is asked: by what, of which records, of which month or day.
struct SpendQuestion {
    let period: ReportPeriod
    let dimension: LedgerDimension
    let filter: [LedgerDimension: String?]
    let day: Period?
    private let query: Fields

    /// Reads a query such as `by=model&is.customer=acme&day=2026-10-05`; an empty value stands for records without one.
    ///
    /// - Throws: ``Refusal`` where it cannot be understood.
    init(_ query: Fields, period: ReportPeriod) throws {
        (self.query, self.period) = (query, period)
        let name = query["by"] ?? "feature"
        guard let dimension = LedgerDimension(rawValue: name) else {
            throw Refusal.bad(
                "by=\(name) is no dimension; there are \(LedgerDimension.allCases.map(\.rawValue).joined(separator: ", "))."
            )
        }
        self.dimension = dimension
        var filter: [LedgerDimension: String?] = [:]
        for field in query.all where field.name.hasPrefix("is.") {
            guard let dimension = LedgerDimension(rawValue: String(field.name.dropFirst(3))) else {
                throw Refusal.bad("\(field.name) is no dimension.")
            }
            filter.updateValue(field.value.isEmpty ? nil : field.value, forKey: dimension)
        }
        self.filter = filter
        day = try query["day"].map { text in
            guard text.count == 10, let start = Timestamp.read(text) else {
                throw Refusal.bad("day=\(text) is no day; write day=2026-10-05.")
            }
            return Period(day: start.day)
        }
    }

    var title: String {
        if filter.isEmpty { return "Spend by \(dimension.label)" }
        let what = filter.sorted { $0.key.rawValue < $1.key.rawValue }.map {
            "\($0.key.label) \($0.value ?? "none named")"
        }
        return "Spend of \(what.joined(separator: ", ")) by \(dimension.label)"
    }

    /// The links to other cuts.
    var dimensionLinks: [Page.Link] {
        LedgerDimension.allCases.map {
            Page.Link(
                label: $0.label, target: "/spend" + query.setting("by", to: $0.rawValue).link,
                isCurrent: $0 == dimension)
        }
    }

    /// A link for each filter, that removes it.
    var filterLinks: [Page.Link] {
        filter.keys.sorted { $0.rawValue < $1.rawValue }.map { key in
            let value = filter[key].flatMap { $0 } ?? "none named"
            return Page.Link(
                label: "\(key.label) \(value) ×", target: "/spend" + query.setting("is." + key.rawValue, to: nil).link)
        }
    }

    /// Where a value leads: to its records, cut by what is not fixed yet.
    func link(to value: String?) -> String {
        let order: [LedgerDimension] = [.feature, .model, .customer, .team, .credential, .provider]
        let next = order.first { $0 != dimension && filter[$0] == nil } ?? dimension
        let fields = query.setting("is." + dimension.rawValue, to: value ?? "").setting("by", to: next.rawValue)
        return "/spend" + fields.link
    }

    /// Where a day leads: to its requests.
    func link(toDay day: Timestamp) -> String { "/spend" + query.setting("day", to: day.dateText).link }
}
