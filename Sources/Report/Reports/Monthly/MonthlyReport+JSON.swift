package import Documents
internal import Domain
internal import Ledger
internal import Productivity
internal import Statistics

extension MonthlyReport {
    /// For programs: the published framework's keys, then the evidence.
    package var json: JSONOutput {
        .object([
            .init("report", .string("monthly")), .init("period", rows.period.json),
            .init(
                "headline_metrics",
                .object([
                    .init("roi_percentage", .fraction(tasks.roiOnAPICost)),
                    .init("roi_on_total_cost_percent", .fraction(tasks.roiOnTotalCost)),
                    .init("net_value", .number(tasks.value - tasks.apiCost)),
                    .init("hours_saved", .number(tasks.minutesSaved / 60)), .init("cost", .number(tasks.apiCost)),
                ])),
            .init("trend", .string(TaskTrend(tasks).direction.rawValue)),
            .init(
                "top_value_tasks",
                .array(
                    tasks.topTasks.map { task in
                        .object([
                            .init("task_type", .string(task.taskType)), .init("value", .number(task.value)),
                            .init("cost", .number(task.cost)), .init("roi", .fraction(task.roi)),
                        ])
                    })),
            .init("recommendations", .array(recommendations.map { .string($0) })),
            .init("spend_usd", .money(rows.realized)), .init("baseline_usd", .money(rows.baseline)),
            .init("previous_spend_usd", .money(rows.previous.cost)), .init("change", bridge.json),
            .init("budgets", .array(budgets.map(\.json))), .init("movements", .array(movements.map(\.json))),
            .init("showback", .array(showback.rows.map(\.json))),
            .init("shared_cost_rule", .string(showback.rule)),
            .init("weekly", .array(rows.weeks.map(\.json))),
            .init("restatement", restatement?.json ?? .null),
        ])
    }

    /// What to do: the tasks' own, and what the spend gives reason to.
    var recommendations: [String] {
        var list = tasks.tasks.isEmpty ? [] : tasks.recommendations
        for budget in budgets {
            guard let use = budget.use, use > 1 else { continue }
            list.append(
                "\(budget.scope): at this pace the month ends at \(NumberText.percent(use)) of its budget — raise it, or ask who spends"
            )
        }
        if let first = movements.first {
            list.append(
                "\(first.label) spent \(NumberText.headline(first.now)) last week, usually \(NumberText.headline(first.usual)) — find out why"
            )
        }
        return list
    }
}

extension Movement {
    /// `feature search`.
    var label: String { "\(dimension.rawValue) \(name ?? "without a name")" }

    var json: JSONOutput {
        .object([
            .init("dimension", .string(dimension.rawValue)), .init("name", .text(name)), .init("week_usd", .money(now)),
            .init("usual_usd", .money(usual)), .init("change_usd", .money(change)),
            .init("requests", .integer(requests)),
            .init("usual_requests", .integer(usualRequests)), .init("robust_deviations", .fraction(score)),
        ])
    }
}

extension BudgetForecast {
    var json: JSONOutput {
        .object([
            .init("scope", .string(scope)), .init("limit_usd", .money(limit)), .init("spent_usd", .money(spent)),
            .init("expected_usd", .fraction(expected?.estimate)), .init("low_usd", .fraction(low)),
            .init("high_usd", .fraction(expected?.high)), .init("expected_use_share", .fraction(use)),
        ])
    }
}

extension Showback.Row {
    var json: JSONOutput {
        .object([
            .init("team", .text(team)), .init("cost_center", .text(costCenter)), .init("requests", .integer(requests)),
            .init("direct_usd", .money(direct)), .init("shared_usd", .money(shared)), .init("total_usd", .money(total)),
        ])
    }
}
