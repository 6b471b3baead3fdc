package import Documents
package import Inputs
internal import JSONScan
internal import Policy
internal import Statistics

/// What a calibrated router comes to on labelled requests, proven on labels that it has not seen.
package struct RoutingReport: Sendable {
    /// Which columns are what, and what is asked of the router.
    package struct Options: Sendable {
        /// The column of the task or template.
        package var group = "domain"
        /// The column of the prompt's length.
        package var length = "chars"
        /// The column that says whether the strong model was right.
        package var strong = "strong"
        /// The column that says whether the weak model was right.
        package var weak = "weak"
        /// The share of the strong model's accuracy to keep, a fraction.
        package var target = 0.95
        /// One-sided, a fraction.
        package var confidence = 0.975
        /// For the halves and folds.
        package var seed: UInt64 = 1

        /// Creates the usual options.
        package init() {}
    }

    let calibration: RouterCalibration
    /// What the router comes to on the half that it was not calibrated with.
    let held: RoutingOutcome
    private let options: Options

    /// Calibrates on one half of the labels and looks at the other.
    package init(_ labels: [RoutingLabel], _ options: Options) {
        var random = SeededRandom(seed: options.seed)
        let shuffled = labels.shuffled(using: &random)
        let half = shuffled.count / 2
        calibration = RouterCalibration(
            Array(shuffled[..<half]), target: options.target, confidence: options.confidence, seed: options.seed)
        held = calibration.router.outcome(
            on: Array(shuffled[half...]), target: options.target, confidence: options.confidence)
        self.options = options
    }

    /// Reads labels from a table.
    ///
    /// - Throws: ``RefusedInput`` with every row that is wrong, up to twenty.
    package static func labels(_ table: TableFile, file: String, _ options: Options) throws(RefusedInput)
        -> [RoutingLabel]
    {
        var problems: [InputProblem] = []
        var labels: [RoutingLabel] = []
        for row in table.rows where problems.count < 20 {
            func number(_ column: String, _ range: ClosedRange<Double>) -> Double? {
                if let text = row[column], let value = Double(text), range.contains(value) { return value }
                problems.append(
                    InputProblem(
                        file: file, line: row.line, path: column,
                        message:
                            "a number from \(range.lowerBound) to \(range.upperBound) was expected, not \"\(row[column] ?? "")\""
                    ))
                return nil
            }
            let (length, strong, weak) = (
                number(options.length, 0...1e12), number(options.strong, 0...1), number(options.weak, 0...1)
            )
            guard let length, let strong, let weak else { continue }
            labels.append(
                RoutingLabel(group: row[options.group] ?? "", length: length, strong: strong, weak: weak))
        }
        if problems.isEmpty, !table.rows.isEmpty, !table.rows.contains(where: { $0[options.group] != nil }) {
            problems.append(
                InputProblem(
                    file: file, line: nil, path: options.group, message: "there is no such column; name it with --group"
                ))
        }
        if problems.isEmpty, labels.count < 100 {
            problems.append(
                InputProblem(
                    file: file, line: nil, path: "",
                    message: "at least 100 labelled requests were expected, not \(labels.count)"))
        }
        if !problems.isEmpty { throw RefusedInput(problems: problems) }
        return labels
    }

    // MARK: For programs

    /// For programs.
    package var json: JSONOutput {
        .object([
            .init("labels", .integer(Int64(calibration.outcome.count + held.count))),
            .init("target_share", .number(options.target)), .init("confidence", .number(options.confidence)),
            .init("proven", .bool(!calibration.isUnproven)), .init("calibration", json(calibration.outcome)),
            .init("held_out", json(held)),
            .init(
                "router",
                .object([
                    .init("threshold", .fraction(finite(calibration.router.threshold))),
                    .init("usual_gain", .number(calibration.router.usualGain)),
                    .init("length_slope", .number(calibration.router.lengthSlope)),
                    .init("length_centre", .number(calibration.router.lengthCentre)),
                    .init(
                        "gains",
                        .object(
                            calibration.router.gains.sorted { $0.key < $1.key }.map { .init($0, .number($1)) })),
                ])),
        ])
    }

    private func finite(_ value: Double) -> Double? { value.isFinite ? value : nil }

    private func json(_ outcome: RoutingOutcome) -> JSONOutput {
        .object([
            .init("requests", .integer(Int64(outcome.count))), .init("strong_call_share", .number(outcome.strongShare)),
            .init("accuracy", .number(outcome.accuracy)), .init("strong_accuracy", .number(outcome.strongAccuracy)),
            .init("weak_accuracy", .number(outcome.weakAccuracy)),
            .init("kept_share_of_strong", .fraction(outcome.keptShare)),
            .init("gap_recovered_share", .fraction(outcome.gapRecovered)),
            .init("gap_recovered_low", .fraction(outcome.gapRecoveredLow)),
        ])
    }

    // MARK: For people

    /// For people.
    package var document: Document {
        let verdict =
            calibration.isUnproven
            ? "No threshold is proven: everything goes to the strong model. More labels, or a cheaper model that is closer, would be needed."
            : "With \(NumberText.percent(options.confidence)) confidence the routed answers keep \(NumberText.percent(options.target)) of the strong model's accuracy."
        let groups = calibration.router.gains.sorted { ($0.value, $0.key) < ($1.value, $1.key) }
        return Document(
            title: "Which requests need the strong model",
            subtitle: "\(calibration.outcome.count) labels to calibrate with, \(held.count) others to look at.",
            blocks: [
                .paragraph(verdict),
                .figures([
                    Figure(
                        "Strong calls", NumberText.percent(held.strongShare), note: "on labels that it has not seen"),
                    Figure(
                        "Quality gap recovered", NumberText.percent(held.gapRecovered),
                        note:
                            "at least \(NumberText.percent(held.gapRecoveredLow)) with \(NumberText.percent(options.confidence)) confidence"
                    ),
                    Figure(
                        "Accuracy", NumberText.percent(held.accuracy),
                        note:
                            "strong \(NumberText.percent(held.strongAccuracy)), weak \(NumberText.percent(held.weakAccuracy))"
                    ),
                ]),
                .table(
                    Table(
                        "What the strong model gains, least first",
                        columns: [Column("Group"), Column("Gain, points", .decimal)],
                        rows: groups.map { Row([Cell($0), Cell(NumberText.fixed($1 * 100, decimals: 1))]) })),
            ])
    }
}
