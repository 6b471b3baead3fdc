internal import Statistics

/// Units with the time at which each one's treatment begins.
struct CohortPanel: Sendable {
    /// The outcome: a row per time, a column per unit, without gaps.
    let outcome: Matrix
    /// The place of each unit's first treated time; `nil` for never within these times.
    let starts: [Int?]
    /// The times as they are written.
    let labels: [String]
    /// The units' names.
    let names: [String]

    /// Everybody starts together or never.
    init(_ study: PanelStudy) {
        let places = study.treated + study.donors
        outcome = study.panel.outcome.selecting(rows: Array(0..<study.timeCount)).selecting(columns: places)
        starts = study.treated.map { _ in study.preCount } + study.donors.map { _ in nil }
        (labels, names) = (study.labels, places.map { study.panel.units[$0] })
    }

    /// A panel that is known whole.
    init(outcome: Matrix, starts: [Int?], labels: [String], names: [String]) {
        (self.outcome, self.starts, self.labels, self.names) = (outcome, starts, labels, names)
    }

    /// The starts that occur, earliest first.
    var cohorts: [Int] { Set(starts.compactMap { $0 }).sorted() }
    /// The places of the units of a cohort; of those never treated for `nil`.
    func units(of start: Int?) -> [Int] { starts.indices.filter { starts[$0] == start } }
    /// How many times there are.
    var timeCount: Int { outcome.rows }
}

extension CohortPanel {
    /// What is read from the column that says when treatment begins.
    ///
    /// - Returns: the panel, and what should be known of units that were left out.
    /// - Throws: ``StudyError`` where nobody, or everybody from the beginning, is treated.
    static func staggered(
        _ panel: Panel, end: String?, excluded: [String]
    ) throws(StudyError) -> (panel: CohortPanel, warnings: [String]) {
        let count = try panel.count(until: end)
        var left: Set<Int> = []
        for name in excluded { left.insert(try panel.place(of: name)) }
        let (whole, gaps) = PanelStudy.complete(panel, panel.units.indices.filter { !left.contains($0) }, count)
        let starts = panel.cohorts.map { cohort in
            cohort.flatMap { cohort in panel.times.prefix(count).firstIndex { $0 >= cohort } }
        }
        let always = whole.filter { starts[$0] == 0 }
        let kept = whole.filter { starts[$0] != 0 }
        guard kept.contains(where: { starts[$0] != nil }) else {
            throw StudyError(
                .notIdentified,
                "Nobody's treatment begins after the first time, so there is no before. The data go "
                    + "\(panel.span).")
        }
        let warnings = always.map { "\(panel.units[$0]) is treated from the first time on and was left out." }
        return (
            CohortPanel(panel, kept, starts, count),
            panel.warnings + gaps + warnings + PanelStudy.spacing(panel, count)
        )
    }

    /// Some units of a panel, over its first times.
    private init(_ panel: Panel, _ units: [Int], _ starts: [Int?], _ count: Int) {
        self.init(
            outcome: panel.outcome.selecting(rows: Array(0..<count)).selecting(columns: units),
            starts: units.map { starts[$0] }, labels: panel.times.prefix(count).map(\.text),
            names: units.map { panel.units[$0] })
    }
}
