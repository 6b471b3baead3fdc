internal import Statistics

/// The means of predictors over their stretches of time.
struct PredictorTable {
    /// What each row is.
    var names: [String] = []
    /// For each predictor the treated's mean, and each donor's.
    var rows: [[Double]] = []
    /// Donors that have every predictor, as places among the study's donors.
    var donors: [Int] = []
    /// Who was left out, and why.
    var warnings: [String] = []

    /// Takes the means; empty cells do not count.
    ///
    /// - Throws: ``StudyError`` where a time is unknown, or the treated lack a predictor.
    init(_ windows: [PredictorWindow], _ study: PanelStudy) throws(StudyError) {
        var lacking: [Int: String] = [:]
        for window in windows {
            let times = try Self.times(window, study)
            for column in window.columns {
                let name = Self.name(column, window)
                let values = study.panel.column(column)
                let treated = Vectors.mean(study.treated.map { Self.mean(values, times, $0) })
                guard treated.isFinite else {
                    throw StudyError(
                        .badInput, "\(study.treatedName) has no \(name). Choose times at which it is known.")
                }
                let others = study.donors.map { Self.mean(values, times, $0) }
                for (place, value) in others.enumerated() where !value.isFinite { lacking[place] = name }
                names.append(name)
                rows.append([treated] + others)
            }
        }
        donors = study.donors.indices.filter { lacking[$0] == nil }
        warnings = lacking.sorted { $0.key < $1.key }.map {
            "\(study.donorNames[$0.key]) has no \($0.value) and was left out."
        }
    }

    /// As a problem takes them, for the donors that have all.
    var matrix: Matrix {
        Matrix(rows: donors.count + 1, columns: rows.map { row in [row[0]] + donors.map { row[$0 + 1] } }).transposed
    }

    private static func name(_ column: String, _ window: PredictorWindow) -> String {
        guard let span = window.span else { return column }
        return span.first == span.last ? "\(column)@\(span.first)" : "\(column)@\(span.first)-\(span.last)"
    }

    private static func times(_ window: PredictorWindow, _ study: PanelStudy) throws(StudyError) -> [Int] {
        guard let span = window.span else { return Array(0..<study.preCount) }
        let first = try study.panel.point(span.first, option: "--predictors")
        let last = try study.panel.point(span.last, option: "--predictors")
        let places = study.panel.times.indices.filter { (first...last).contains(study.panel.times[$0]) }
        guard let latest = places.last else {
            throw StudyError(
                .badInput, "No time lies in \(span.first) to \(span.last); the data go \(study.panel.span).")
        }
        guard latest < study.preCount else {
            throw StudyError(
                .badInput,
                "Predictors over \(span.first) to \(span.last) reach past the start, \(study.start); "
                    + "the treatment may have changed them. End them before.")
        }
        return places
    }

    private static func mean(_ values: Matrix, _ times: [Int], _ unit: Int) -> Double {
        let known = times.map { values[$0, unit] }.filter(\.isFinite)
        return known.isEmpty ? .nan : Vectors.mean(known)
    }
}
