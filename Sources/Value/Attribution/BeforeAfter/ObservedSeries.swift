internal import Statistics

/// One series with the place at which something changed.
struct ObservedSeries: Sendable {
    /// The outcome, by time.
    let values: [Double]
    /// Numbers that explain it: a row per time.
    let covariates: Matrix
    /// The covariates' names.
    let covariateNames: [String]
    /// The times as they are written.
    let labels: [String]
    /// How many of them lie before the change.
    let preCount: Int
    /// Where each time stands in the year or week, from 0; empty without a season.
    let phases: [Int]

    /// How many times lie after.
    var postCount: Int { values.count - preCount }

    /// The first `count` times, as if the change had come at `preCount`.
    func prefix(_ count: Int, preCount: Int) -> ObservedSeries {
        ObservedSeries(
            values: Array(values.prefix(count)), covariates: covariates.selecting(rows: Array(0..<count)),
            covariateNames: covariateNames, labels: Array(labels.prefix(count)), preCount: preCount,
            phases: Array(phases.prefix(count)))
    }
}

extension ObservedSeries {
    /// Takes a unit's series, or the mean of several units', out of a panel.
    ///
    /// - Throws: ``StudyError`` where a cell is empty, or too little lies before or after.
    static func of(
        _ panel: Panel, _ request: BeforeAfterStudy.Request
    ) throws(StudyError) -> (series: ObservedSeries, warnings: [String]) {
        let (start, count) = try periods(panel, request)
        let units = try places(panel, request.units)
        let values = try column(panel, panel.outcomeName, units, count)
        guard let first = values.first, !values.allSatisfy({ $0 == first }) else {
            throw StudyError(
                .notIdentified, "\(panel.outcomeName) is the same at every time; there is nothing to explain.")
        }
        var covariates: [[Double]] = []
        for name in request.covariates { covariates.append(try column(panel, name.lowercased(), units, count)) }
        let series = ObservedSeries(
            values: values, covariates: Matrix(rows: count, columns: covariates), covariateNames: request.covariates,
            labels: panel.times.prefix(count).map(\.text), preCount: start,
            phases: try phases(panel, count, request.season, start))
        return (series, panel.warnings + PanelStudy.spacing(panel, count))
    }

    private static func periods(
        _ panel: Panel, _ request: BeforeAfterStudy.Request
    ) throws(StudyError) -> (start: Int, count: Int) {
        let start = try panel.place(from: request.start, option: "--start")
        let count = try panel.count(until: request.end)
        guard start >= 3, count > start else {
            throw StudyError(
                .notIdentified,
                "A before-and-after comparison needs at least 3 times before the start and 1 after; there are \(start) "
                    + "and \(max(count - start, 0)). Move --start or --end.")
        }
        return (start, count)
    }

    private static func places(_ panel: Panel, _ units: [String]) throws(StudyError) -> [Int] {
        if units.isEmpty, panel.units.count == 1 { return [0] }
        guard !units.isEmpty else {
            throw StudyError(
                .badInput, "There are \(panel.units.count) units. Name those that changed with --treated.")
        }
        var places: [Int] = []
        for unit in units { places.append(try panel.place(of: unit)) }
        return places
    }

    private static func column(
        _ panel: Panel, _ name: String, _ units: [Int], _ count: Int
    ) throws(StudyError) -> [Double] {
        let cells = panel.column(name)
        var values: [Double] = []
        for time in 0..<count {
            let value = Vectors.mean(units.map { cells[time, $0] })
            guard value.isFinite else {
                throw StudyError(
                    .badInput, "\(name) is empty at \(panel.times[time].text). Fill the cell, or leave the column out.")
            }
            values.append(value)
        }
        return values
    }

    private static func phases(
        _ panel: Panel, _ count: Int, _ season: Int?, _ start: Int
    ) throws(StudyError) -> [Int] {
        guard let season else { return [] }
        guard season >= 2, start >= 2 * season else {
            throw StudyError(
                .notIdentified,
                "A season of \(season) needs two whole ones before the start, \(2 * season) times; "
                    + "there are \(start). Leave --season out.")
        }
        let positions = panel.times.prefix(count).map { Int($0.position.rounded(.down)) }
        // Where times stand one apart the calendar decides, so that a missing one shifts nothing.
        let isCalendar = zip(positions.dropFirst(), positions).contains { $0 - $1 == 1 }
        return positions.indices.map { place in
            let position = isCalendar ? positions[place] : place
            return ((position % season) + season) % season
        }
    }
}
