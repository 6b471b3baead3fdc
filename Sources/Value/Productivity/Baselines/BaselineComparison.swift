package import Documents
package import Domain
package import Statistics

/// Tasks of today beside the baseline of their kind.
package struct BaselineComparison: Sendable, Hashable {
    /// What kind of work.
    package let taskType: String
    /// What is compared.
    package let metric: String
    /// The mean before.
    package let before: Double
    /// The mean now.
    package let now: Double
    /// Now minus before, with its interval; `nil` where a spread is not known.
    package let change: IntervalEstimate?
    /// How both are known; `nil` where they are known in different ways.
    package let evidence: TimeEvidence?
    /// The baseline's version.
    package let version: Int

    /// Compares minutes and quality of tasks with the last baseline of their kind.
    ///
    /// Where the baseline itself holds a mean with AI (as an example may), that is compared when there are no tasks.
    package static func all(_ tasks: [TaskMetric], _ baselines: [TaskBaseline]) -> [BaselineComparison] {
        let last = Dictionary(grouping: baselines.filter { !$0.withAI }) { [$0.taskType, $0.metric] }.compactMap {
            $1.last
        }
        return last.sorted { ($0.taskType, $0.metric) < ($1.taskType, $1.metric) }.compactMap { baseline in
            compare(baseline, tasks.filter { $0.taskType == baseline.taskType })
                ?? baselines.last {
                    $0.withAI && $0.taskType == baseline.taskType && $0.metric == baseline.metric
                }.map { compare(baseline, with: $0) }
        }
    }

    private static func compare(_ baseline: TaskBaseline, _ tasks: [TaskMetric]) -> BaselineComparison? {
        let values: [Double] =
            switch baseline.metric {
            case "minutes": tasks.map(\.withAIMinutes)
            case "quality_score": tasks.compactMap(\.qualityScore)
            default: []
            }
        guard let now = SampleMean(of: values) else { return nil }
        let kinds = Set(tasks.map(\.evidence) + [baseline.evidence])
        return make(baseline, now, kinds.count == 1 ? kinds.first : nil)
    }

    private static func compare(_ baseline: TaskBaseline, with other: TaskBaseline) -> BaselineComparison {
        make(baseline, other.sample, baseline.evidence == other.evidence ? baseline.evidence : nil)
    }

    private static func make(_ baseline: TaskBaseline, _ now: SampleMean, _ evidence: TimeEvidence?)
        -> BaselineComparison
    {
        BaselineComparison(
            taskType: baseline.taskType, metric: baseline.metric, before: baseline.mean, now: now.mean,
            change: IntervalEstimate(difference: now, minus: baseline.sample), evidence: evidence,
            version: baseline.version)
    }

    /// For programs.
    package var json: JSONOutput {
        [
            "task_type": .string(taskType), "metric": .string(metric), "baseline": .number(before), "now": .number(now),
            "change": .number(now - before),
            "change_percent": .fraction(before == 0 ? nil : (now - before) / before * 100),
            "interval": change?.json ?? .null, "evidence": .string(evidence?.rawValue ?? "mixed"),
            "baseline_version": .integer(Int64(version)),
        ]
    }
}

extension TaskBaseline {
    /// The baseline as a sample; without a spread where none was recorded.
    fileprivate var sample: SampleMean {
        SampleMean(count: max(count ?? 1, 1), mean: mean, variance: (count ?? 0) > 1 ? deviation.map { $0 * $0 } : nil)
    }
}
