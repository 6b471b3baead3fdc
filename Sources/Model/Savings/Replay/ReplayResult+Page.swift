package import Documents
internal import Domain
internal import Policy

extension ReplayResult {
    /// For people.
    package var document: Document {
        var blocks: [Block] = [.figures(figures)]
        if days.count > 1 { blocks.append(.lines(course)) }
        blocks += [.table(levers)]
        if !exposure.isEmpty {
            blocks += [.heading(level: 1, text: "Answers that may be worse"), .list(exposure)]
        }
        blocks += [.heading(level: 1, text: "If things change"), .table(scenarios)]
        blocks += notes.map { .hint(Hint($0)) }
        return Document(title: title, subtitle: subtitle, blocks: blocks)
    }

    private var title: String {
        guard let share = savingShare, sums.saving != .zero else { return "The plan would have saved nothing" }
        return share > 0
            ? "The plan would have saved \(NumberText.percent(share))"
            : "The plan would have cost \(NumberText.percent(-share)) more"
    }

    private var subtitle: String {
        let name = plan.name.isEmpty ? "" : "\(plan.name). "
        let span = sums.first.flatMap { first in sums.last.map { "\(first.dateText) to \($0.dateText)" } } ?? "undated"
        return "\(name)\(NumberText.count(sums.requests)) requests, \(span), through the policy that the gateway runs."
    }

    private var figures: [Figure] {
        let range = interval.map {
            "95 % from \(NumberText.percent($0.lowerBound)) to \(NumberText.percent($0.upperBound)), from day to day"
        }
        var figures = [
            Figure(
                "Baseline", NumberText.headline(sums.asked), note: "as asked: no cache, the models that callers named"),
            Figure("Realised", NumberText.headline(sums.planned), note: "under the plan"),
            Figure("Saving", NumberText.headline(sums.saving), note: range ?? "no interval: fewer than eight days"),
            Figure("Recorded", NumberText.headline(sums.recorded), note: "what was really paid"),
        ]
        if let reference {
            let share = (reference.cost - sums.planned).share(of: reference.cost)
            figures.append(
                Figure(
                    "Reference plan", NumberText.headline(reference.cost),
                    note: "\(NumberText.percent(share)) saved against it"))
        }
        if sums.freedCommitment != .zero {
            figures.append(
                Figure(
                    "In cash", NumberText.headline(sums.cashSaving),
                    note: "\(NumberText.headline(sums.freedCommitment)) only frees what is paid for anyway"))
        }
        if heldOut.requests > 0 {
            figures.append(
                Figure(
                    "Held out", NumberText.count(heldOut.requests) + " requests",
                    note: "\(NumberText.headline(heldOut.cost)) left untouched to measure against"))
        }
        return figures
    }

    private var course: LineChart {
        LineChart(
            "Baseline and realised, day by day", subtitle: "USD a day", axis: "Day",
            points: days.map {
                String(Timestamp(microseconds: $0.day * Timestamp.microsecondsPerDay).dateText.dropFirst(5))
            },
            series: [
                LineSeries("Baseline", values: days.map(\.asked.dollars), role: .other),
                LineSeries("Realised", values: days.map(\.planned.dollars), role: .accent),
            ])
    }

    private var levers: Table {
        let rows = self.rows.map { row in
            Documents.Row(
                [
                    Cell(row.rule.name),
                    Cell(row.rule.action.lever.rawValue.split(separator: "_").joined(separator: " ")),
                    Cell(NumberText.count(row.tally.touched)), Cell(rate(row)),
                    Cell(ProjectionText.column(row.alone.dollars)),
                    Cell(ProjectionText.column(row.tally.saving.dollars)),
                    Cell(NumberText.percentage(row.tally.saving.share(of: sums.asked))),
                ])
        }
        let total = Documents.Row([
            Cell("All"), Cell(""), Cell(NumberText.count(touched)), Cell(""), Cell(""),
            Cell(ProjectionText.column(sums.saving.dollars)), Cell(NumberText.percentage(savingShare)),
        ])
        return Table(
            "Each rule on what those before it leave",
            columns: [
                Column("Rule"), Column("Lever", priority: 2), Column("Requests", .decimal),
                Column("Rate, %", .decimal, priority: 1),
                Column("Alone, USD", .decimal, priority: 1), Column("In the plan, USD", .decimal),
                Column("Share, %", .decimal),
            ], rows: rows, total: total)
    }

    /// Hits of look-ups, or tokens read of prompt tokens.
    private func rate(_ row: LeverRow) -> String {
        (row.hitRate ?? row.readRate).map { NumberText.percentage($0) } ?? ""
    }

    private var exposure: [String] {
        rows.compactMap { row in
            row.expectedWorse.map { worse in
                "\(row.rule.name): about \(NumberText.count(Int64(worse.expected.rounded()))) of \(NumberText.count(row.tally.touched)) answers, at most \(NumberText.count(Int64(worse.most.rounded(.up)))) with 95 % confidence."
            }
        }
    }

    private var scenarios: Table {
        Table(
            "",
            columns: [Column("Scenario"), Column("Saving, USD", .decimal), Column("Of the baseline, %", .decimal)],
            rows: Self.usualScenarios.map { scenario in
                let (saving, asked) = saving(in: scenario)
                return Documents.Row([
                    Cell(scenario.name), Cell(ProjectionText.column(saving)),
                    Cell(NumberText.percentage(asked > 0 ? saving / asked : nil)),
                ])
            })
    }
}
