package import Documents
package import Domain
internal import Statistics

extension TaskBaseline {
    /// For programs.
    package var json: JSONOutput {
        [
            "task_type": .string(taskType), "metric": .string(metric), "with_ai": .bool(withAI), "mean": .number(mean),
            "deviation": .fraction(deviation), "count": .count(count.map { Int64($0) }),
            "evidence": .string(evidence.rawValue),
            "source": .text(source), "recorded_at": .string(recordedAt.rfc3339), "version": .integer(Int64(version)),
        ]
    }
}

/// All baselines, for people.
package enum BaselineList {
    /// The list.
    package static func document(_ baselines: [TaskBaseline]) -> Document {
        guard !baselines.isEmpty else {
            return Document(
                title: "Baselines",
                blocks: [
                    .hint(
                        Hint(
                            "None has been recorded. Record what work is like before AI comes:",
                            command:
                                "payback track baseline set --task-type code_review --metric minutes --mean 45 --count 30 --deviation 12"
                        ))
                ])
        }
        let columns =
            [Column("Task type"), Column("Metric"), Column("With AI")]
            + ["Version", "Mean", "Deviation", "Count"].map { Column($0, .decimal) }
            + [Column("Evidence"), Column("Since", priority: 1)]
        let rows = baselines.map { baseline in
            Row(
                [
                    Cell(baseline.taskType), Cell(baseline.metric), Cell(baseline.withAI ? "yes" : "no"),
                    Cell("\(baseline.version)"), Cell(NumberText.fixed(baseline.mean, decimals: 2)),
                    Cell(baseline.deviation.map { NumberText.fixed($0, decimals: 2) } ?? NumberText.none),
                    Cell(baseline.count.map { "\($0)" } ?? NumberText.none), Cell(baseline.evidence.rawValue),
                    Cell(baseline.recordedAt.dateText),
                ], detail: baseline.source)
        }
        return Document(title: "Baselines", blocks: [.table(Table("", columns: columns, rows: rows))])
    }
}

extension BaselineComparison {
    /// The comparison for people.
    package static func document(_ rows: [BaselineComparison]) -> Document {
        guard !rows.isEmpty else {
            return Document(
                title: "Against the baseline",
                blocks: [
                    .hint(
                        Hint(
                            "There is nothing to compare: no task type has both a baseline and tasks.",
                            command: "payback track baseline list"))
                ])
        }
        let columns =
            [Column("Task type"), Column("Metric")]
            + ["Baseline", "Now", "Change", "95 % interval"].map { Column($0, .decimal) } + [Column("Evidence")]
        let table = rows.map { row in
            Row([
                Cell(row.taskType), Cell(row.metric), Cell(NumberText.fixed(row.before, decimals: 2)),
                Cell(NumberText.fixed(row.now, decimals: 2)), Cell(NumberText.fixed(row.now - row.before, decimals: 2)),
                Cell(
                    row.change.map {
                        "\(NumberText.fixed($0.low, decimals: 2)) to \(NumberText.fixed($0.high, decimals: 2))"
                    } ?? NumberText.none),
                Cell(row.evidence?.rawValue ?? "mixed"),
            ])
        }
        return Document(
            title: "Against the baseline", blocks: [.table(Table("", columns: columns, rows: table))],
            notes: [
                Note(
                    "Other things change as well as the AI: this is before and after, not an effect. — means that a spread was not recorded."
                ),
                Note("Mixed evidence compares measured minutes with estimated ones."),
            ])
    }
}
