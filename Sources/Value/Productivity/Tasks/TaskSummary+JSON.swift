package import Documents
internal import Domain
internal import Statistics

extension TaskSummary {
    /// The summary for programs: the published framework's keys, rounded as it rounds them, and exact figures beside them.
    package var json: JSONOutput {
        if tasks.isEmpty {
            return [
                "error": .string("No data collected"), "total_tasks": .integer(0),
                "tasks_without_baseline": .integer(Int64(withoutBaseline)),
            ]
        }
        let trend = TaskTrend(self)
        return [
            "total_tasks": .integer(Int64(tasks.count)),
            "total_time_saved_hours": .number(Self.rounded(minutesSaved / 60, 1)),
            "total_api_cost": .number(Self.rounded(apiCost, 2)),
            "total_value_generated": .number(Self.rounded(value, 2)),
            "net_value": .number(Self.rounded(value - apiCost, 2)),
            "roi_pct": .number(roiOnAPICost.map { Self.rounded($0, 1) } ?? 0),
            "avg_quality_score": .fraction(quality.map { Self.rounded($0, 2) }),
            "by_task_type": .object(byType.map { JSONOutput.Member($0.type, part($0.tasks).typeJSON) }),
            "total_api_cost_usd": .number(apiCost),
            "roi_on_api_cost_percent": .fraction(roiOnAPICost),
            "total_cost_usd": .number(totalCost),
            "roi_on_total_cost_percent": .fraction(roiOnTotalCost),
            "by_evidence": .object(
                TimeEvidence.allCases.map { JSONOutput.Member($0.rawValue, part(evidence: $0).evidenceJSON) }),
            "tasks_without_baseline": .integer(Int64(withoutBaseline)),
            "trend": .string(trend.direction.rawValue), "trend_change": trend.change?.json ?? .null,
            "top_value_tasks": .array(topTasks.map(\.json)),
            "recommendations": .array(recommendations.map { .string($0) }),
        ]
    }

    private var typeJSON: JSONOutput {
        [
            "count": .integer(Int64(tasks.count)), "total_time_saved_min": .number(Self.rounded(minutesSaved, 1)),
            "avg_time_saved_pct": .fraction(meanPercentSaved.map { Self.rounded($0, 1) }),
            "total_api_cost": .number(Self.rounded(apiCost, 2)), "value_generated": .number(Self.rounded(value, 2)),
            "total_api_cost_usd": .number(apiCost),
        ]
    }

    private var evidenceJSON: JSONOutput {
        [
            "count": .integer(Int64(tasks.count)), "time_saved_hours": .number(minutesSaved / 60),
            "value_generated": .number(Self.rounded(value, 2)),
        ]
    }

    /// Task types by their return on API cost, the best first; those without cost by their value, before all others.
    package var topTasks: [TopTask] {
        byType.map { type, tasks in
            let part = part(tasks)
            return TopTask(taskType: type, value: part.value, cost: part.apiCost, roi: part.roiOnAPICost)
        }.sorted { a, b in
            (a.roi ?? .infinity, a.value, b.taskType) > (b.roi ?? .infinity, b.value, a.taskType)
        }
    }

    /// What to do, by the published framework's rules and by what the numbers leave open.
    package var recommendations: [String] {
        var result: [String] = []
        if let roi = roiOnAPICost {
            if roi > 200 { result.append("ROI is excellent — consider expanding to additional teams") }
            if roi < 50 { result.append("ROI is below target — review task routing and model selection") }
        }
        if let quality, quality < 0.7 {
            result.append("Quality scores are low — review prompts and increase thinking budget for complex tasks")
        }
        let losing = byType.filter { part($0.tasks).minutesSaved < 0 }.map(\.type)
        if !losing.isEmpty {
            result.append("These tasks take longer with AI: \(losing.joined(separator: ", ")) — stop, or find out why")
        }
        let estimated = part(evidence: .estimated).tasks.count
        if estimated > tasks.count / 2 {
            result.append(
                "\(estimated) of \(tasks.count) tasks have estimated minutes — measure a sample before the value is shown to finance"
            )
        }
        if rates.engineers == 0 {
            result.append("The ROI counts API cost alone — give --engineers to count the people who keep it running")
        }
        if withoutBaseline > 0 {
            result.append(
                "\(withoutBaseline) tasks are left out, since nobody says what they take without AI — record a baseline"
            )
        }
        return result
    }

    /// Rounded to so many decimals.
    static func rounded(_ value: Double, _ decimals: Int) -> Double {
        let factor = decimals == 2 ? 100.0 : 10
        return (value * factor).rounded(.toNearestOrEven) / factor
    }
}

/// What a type of task brings.
package struct TopTask: Sendable, Hashable {
    /// The type.
    package let taskType: String
    /// USD.
    package let value: Double
    /// What the API charged, USD.
    package let cost: Double
    /// Percent; `nil` without cost.
    package let roi: Double?

    var json: JSONOutput {
        [
            "task_type": .string(taskType), "value": .number(TaskSummary.rounded(value, 2)),
            "cost": .number(TaskSummary.rounded(cost, 2)), "roi": .number(roi.map { TaskSummary.rounded($0, 1) } ?? 0),
        ]
    }
}

extension IntervalEstimate {
    /// The estimate for programs.
    package var json: JSONOutput {
        [
            "estimate": .number(estimate), "standard_error": .number(standardError), "level": .number(level),
            "low": .number(low), "high": .number(high),
        ]
    }
}
