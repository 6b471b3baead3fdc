internal import Documents
internal import Domain
internal import Registry

/// Studies of what a change was due to, with their plots.
enum AttributionPages {
    static let routes: [Route] = [
        .get("/attribution", .wholeView) { _, site in .page(list(try site.room.registry.studies())) },
        .get("/attribution/:name", .wholeView) { request, site in .page(try study(request, site)) },
    ]

    private static func list(_ studies: [SavedStudy]) -> Page {
        var page = Page(
            title: studies.isEmpty ? "No study is kept" : "What changes were due to",
            subtitle: "Estimates with their intervals, each in its outcome's unit", section: .attribution)
        guard !studies.isEmpty else {
            page.parts = [
                .blocks([
                    .hint(
                        Hint(
                            "A study that is kept stands here, and a scenario may cite it.",
                            command:
                                "payback attribute ab tickets.csv --variant arm --control none --outcome minutes --save copilot-pilot"
                        ))
                ])
            ]
            return page
        }
        page.parts = [.blocks([.table(table(studies))])]
        return page
    }

    private static func table(_ studies: [SavedStudy]) -> Table {
        Table(
            "Studies, the newest first",
            columns: [
                Column("Name"), Column("Finding"), Column("Method", priority: 1), Column("Estimate", .decimal),
                Column("Interval", priority: 1), Column("Evidence"), Column("Kept on", priority: 2),
            ],
            rows: studies.map { study in
                Row([
                    Cell(study.name, link: "/attribution/" + study.name.percentEncoded), Cell(study.title),
                    Cell(study.method), Cell(study.estimate.map { NumberText.short($0) } ?? "not identified"),
                    Cell(study.intervalText), Cell(study.grade.label), Cell(study.savedAt.dateText),
                ])
            })
    }

    private static func study(_ request: WebRequest, _ site: Site) throws -> Page {
        let name = request.parameters["name"] ?? ""
        guard let study = try site.room.registry.study(named: name) else {
            throw Refusal.missing("There is no study \(name); payback attribute … --save NAME keeps one.")
        }
        return Page(
            title: study.title, subtitle: "\(study.subtitle) Evidence: \(study.grade.label).", section: .attribution,
            parts: [
                .rendered(study.page),
                .blocks([
                    .hint(
                        Hint(
                            "A scenario's driver cites it, with its interval and its grade:",
                            command: "drivers: {effect: {from_study: \(study.name)}}"))
                ]),
            ])
    }
}

extension SavedStudy {
    /// The interval in words.
    fileprivate var intervalText: String {
        guard let level else { return NumberText.none }
        let ends = [low, high].map { $0.map { NumberText.short($0) } ?? "not bounded" }
        return "\(ends[0]) to \(ends[1]) (\(NumberText.percent(level)))"
    }
}
