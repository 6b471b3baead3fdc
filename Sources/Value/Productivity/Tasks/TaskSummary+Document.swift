package import Documents
internal import Domain
internal import Statistics

extension TaskSummary {
    /// The summary for people.
    package var document: Document {
        guard !tasks.isEmpty else {
            return Document(
                title: "Productivity",
                blocks: [
                    .hint(
                        Hint(
                            "No task has been recorded yet. Import a file, or record one:",
                            command: "payback track import tasks.csv"))
                ])
        }
        let hours = NumberText.fixed(minutesSaved / 60, decimals: 1)
        return Document(
            title: "Productivity",
            subtitle: "\(tasks.count) tasks; an hour is $\(NumberText.fixed(rates.hourly, decimals: 2)).",
            blocks: [
                .figures([
                    Figure("Hours saved", hours, note: interval),
                    Figure("Value", "$" + NumberText.fixed(value, decimals: 2)),
                    Figure(
                        "ROI on API cost", NumberText.percent(roiOnAPICost.map { $0 / 100 }),
                        note: "API: $\(NumberText.fixed(apiCost, decimals: 2))"),
                    Figure(
                        "ROI on total cost", NumberText.percent(roiOnTotalCost.map { $0 / 100 }),
                        note: "API, people, infrastructure: $\(NumberText.fixed(totalCost, decimals: 2))"),
                    Figure("Quality", quality.map { NumberText.fixed($0, decimals: 2) } ?? NumberText.none),
                    Figure(
                        "Trend", TaskTrend(self).direction.rawValue.split(separator: "_").joined(separator: " "),
                        note: trendNote),
                ]),
                .table(typeTable), .table(evidenceTable), .heading(level: 1, text: "What to do"),
                .list(recommendations),
            ],
            notes: [
                Note(
                    "Time saved is not money: it becomes money only as far as somebody uses it. ROI models take a realisation share."
                )
            ])
    }

    private var interval: String? {
        guard let mean = SampleMean(of: tasks.compactMap(\.timeSavedMinutes)), let estimate = IntervalEstimate(mean)
        else { return nil }
        let (low, high) = (estimate.low * Double(tasks.count) / 60, estimate.high * Double(tasks.count) / 60)
        return "95 % interval \(NumberText.fixed(low, decimals: 1)) to \(NumberText.fixed(high, decimals: 1))"
    }

    private var trendNote: String? {
        TaskTrend(self).change.map {
            "second half minus first: \(NumberText.fixed($0.estimate, decimals: 1)) points "
                + "(\(NumberText.fixed($0.low, decimals: 1)) to \(NumberText.fixed($0.high, decimals: 1)))"
        }
    }

    private var typeTable: Table {
        let columns =
            [Column("Task type")]
            + ["Tasks", "Hours saved", "Saved, %", "API, USD", "Value, USD", "ROI on API, %"].map {
                Column($0, .decimal)
            }
        let rows = byType.map { type, tasks -> Row in
            let part = part(tasks)
            return Row([
                Cell(type), Cell(NumberText.count(Int64(tasks.count))),
                Cell(NumberText.fixed(part.minutesSaved / 60, decimals: 1)),
                Cell(NumberText.percentage(part.meanPercentSaved.map { $0 / 100 })),
                Cell(NumberText.fixed(part.apiCost, decimals: 2)), Cell(NumberText.fixed(part.value, decimals: 2)),
                Cell(NumberText.percentage(part.roiOnAPICost.map { $0 / 100 })),
            ])
        }
        return Table("By task type", columns: columns, rows: rows)
    }

    private var evidenceTable: Table {
        let columns = [Column("Minutes are")] + ["Tasks", "Hours saved", "Value, USD"].map { Column($0, .decimal) }
        let rows = TimeEvidence.allCases.map { evidence -> Row in
            let part = part(evidence: evidence)
            return Row([
                Cell(evidence.rawValue), Cell(NumberText.count(Int64(part.tasks.count))),
                Cell(NumberText.fixed(part.minutesSaved / 60, decimals: 1)),
                Cell(NumberText.fixed(part.value, decimals: 2)),
            ])
        }
        return Table("By how the minutes are known", columns: columns, rows: rows)
    }
}
