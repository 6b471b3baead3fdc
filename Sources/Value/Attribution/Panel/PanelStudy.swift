internal import Statistics

/// Who is treated from when on, and who they are compared with.
package struct PanelStudy: Sendable {
    /// What was asked for.
    package struct Request: Sendable, Hashable {
        /// The treated units.
        package var treated: [String]
        /// The first time with treatment.
        package var start: String
        /// The last time that counts; `nil` for all.
        package var end: String?
        /// The units that they are compared with; empty for all others.
        package var donors: [String] = []
        /// Units that are left out: treated otherwise, hit by spill-over, or sums of others.
        package var excluded: [String] = []

        /// Creates a request.
        package init(
            treated: [String], start: String, end: String? = nil, donors: [String] = [], excluded: [String] = []
        ) {
            (self.treated, self.start, self.end) = (treated, start, end)
            (self.donors, self.excluded) = (donors, excluded)
        }
    }

    /// The panel.
    let panel: Panel
    /// The treated units' places.
    let treated: [Int]
    /// The places of those they are compared with; each has the outcome at every time.
    let donors: [Int]
    /// How many points of time count.
    let timeCount: Int
    /// How many of them lie before the start.
    let preCount: Int
    /// What should be known of the choice.
    let warnings: [String]

    /// Chooses.
    ///
    /// - Throws: ``StudyError`` where a name is unknown, the treated have gaps, or too little is left.
    init(_ panel: Panel, _ request: Request, fewestBefore: Int) throws(StudyError) {
        self.panel = panel
        (preCount, timeCount) = try Self.periods(panel, request, fewestBefore)
        let (treated, others) = try Self.choice(panel, request)
        self.treated = treated
        try Self.checkTreated(panel, treated, timeCount)
        let (whole, gaps) = Self.complete(panel, others, timeCount)
        donors = whole
        warnings = panel.warnings + gaps + Self.spacing(panel, timeCount)
        guard !donors.isEmpty else {
            throw StudyError(
                .notIdentified, "No unit is left to compare with. A donor needs the outcome at every time.")
        }
    }

    /// The outcome of the treated, their mean where they are several.
    var treatedMean: [Double] {
        (0..<timeCount).map { time in Vectors.mean(treated.map { panel.outcome[time, $0] }) }
    }

    /// The outcome of the donors: a row per time, a column per donor.
    var donorOutcomes: Matrix {
        panel.outcome.selecting(rows: Array(0..<timeCount)).selecting(columns: donors)
    }

    /// The times that count, as they are written.
    var labels: [String] { panel.times.prefix(timeCount).map(\.text) }
    /// The first time with treatment.
    var start: String { panel.times[preCount].text }
    /// How many points lie after the start.
    var postCount: Int { timeCount - preCount }
    /// The names of the donors.
    var donorNames: [String] { donors.map { panel.units[$0] } }
    /// The names of the treated.
    var treatedName: String { treated.map { panel.units[$0] }.joined(separator: ", ") }
}

extension PanelStudy {
    private static func periods(_ panel: Panel, _ request: Request, _ fewest: Int) throws(StudyError) -> (Int, Int) {
        let start = try panel.place(from: request.start, option: "--start")
        let count = try panel.count(until: request.end)
        guard count > start else {
            throw StudyError(
                .badInput, "--end \(request.end ?? "") lies before --start \(request.start). Swap them.")
        }
        guard start >= fewest else {
            throw StudyError(
                .notIdentified,
                "Before \(request.start) there \(start == 1 ? "is 1 time" : "are \(start) times"); at least "
                    + "\(fewest) are needed to see how the units went without the treatment. Give earlier rows.")
        }
        return (start, count)
    }

    /// The treated, and those they may be compared with.
    private static func choice(
        _ panel: Panel, _ request: Request
    ) throws(StudyError) -> (treated: [Int], others: [Int]) {
        guard !request.treated.isEmpty else {
            throw StudyError(.badInput, "Nobody is treated. Name the treated units with --treated.")
        }
        let treated = try places(request.treated, panel)
        let excluded = try places(request.excluded, panel)
        let named = try places(request.donors, panel)
        if let both = treated.first(where: { named.contains($0) || excluded.contains($0) }) {
            throw StudyError(
                .badInput,
                "\(panel.units[both]) is treated, and named among the donors or the excluded as well. Name it once.")
        }
        let others = (named.isEmpty ? Array(panel.units.indices) : named.sorted()).filter {
            !treated.contains($0) && !excluded.contains($0)
        }
        return (treated, others)
    }

    private static func places(_ names: [String], _ panel: Panel) throws(StudyError) -> [Int] {
        var places: [Int] = []
        for name in names {
            let place = try panel.place(of: name)
            if !places.contains(place) { places.append(place) }
        }
        return places
    }

    private static func checkTreated(_ panel: Panel, _ treated: [Int], _ count: Int) throws(StudyError) {
        let outcome = panel.outcome
        for unit in treated {
            for time in 0..<count where outcome[time, unit].isNaN {
                throw StudyError(
                    .badInput,
                    "\(panel.units[unit]) is treated and has no \(panel.outcomeName) at \(panel.times[time].text). "
                        + "Fill the cell, or end before it with --end.")
            }
        }
    }

    /// The units without a gap, and what to say of the others.
    static func complete(_ panel: Panel, _ units: [Int], _ count: Int) -> ([Int], [String]) {
        let outcome = panel.outcome
        let gaps = units.compactMap { unit in
            (0..<count).first { outcome[$0, unit].isNaN }.map { (unit: unit, time: $0) }
        }
        let left = Set(gaps.map(\.unit))
        return (
            units.filter { !left.contains($0) },
            gaps.map { gap in
                "\(panel.units[gap.unit]) has no \(panel.outcomeName) at \(panel.times[gap.time].text) and was left out."
            }
        )
    }

    /// Points that are missing for everybody.
    static func spacing(_ panel: Panel, _ count: Int) -> [String] {
        let positions = panel.times.prefix(count).map(\.position)
        let steps = zip(positions.dropFirst(), positions).map { $0 - $1 }.sorted()
        guard let usual = steps.isEmpty ? nil : steps[steps.count / 2], let longest = steps.last, usual > 0,
            longest > 1.5 * usual,
            let place = zip(positions.dropFirst(), positions).enumerated().first(where: {
                $0.element.0 - $0.element.1 > 1.5 * usual
            })?.offset
        else { return [] }
        return [
            "Times are missing: after \(panel.times[place].text) comes \(panel.times[place + 1].text). The method "
                + "takes the points as equally far apart."
        ]
    }
}
