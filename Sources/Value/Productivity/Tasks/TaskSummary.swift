package import Domain
package import Statistics

/// What tasks saved: the published framework's summary, and what finance asks of it.
package struct TaskSummary: Sendable {
    /// What time and people cost.
    package struct Rates: Sendable {
        /// A loaded hour, USD.
        package var hourly = 100.0
        /// Engineers who keep it running; 0 leaves the total cost at the API's.
        package var engineers = 0.0
        /// Hours that each spends on it a month.
        package var overheadHours = 2.0
        /// Months that the tasks cover.
        package var months = 1.0
        /// Infrastructure a month, USD.
        package var infrastructureMonthly = 0.0

        /// Creates rates.
        package init(hourly: Double = 100) { self.hourly = hourly }
    }

    /// The tasks that count, in the order of their time.
    package let tasks: [TaskMetric]
    /// Tasks of which nobody says what they would have taken without AI.
    package let withoutBaseline: Int
    /// What time and people cost.
    package let rates: Rates

    /// Sums up tasks.
    ///
    /// - Parameter baselines: minutes without AI of tasks that do not say: the last recorded before the task.
    package init(_ tasks: [TaskMetric], baselines: [TaskBaseline] = [], rates: Rates) {
        let minutes = baselines.filter { $0.metric == "minutes" && !$0.withAI }
        let filled = tasks.sorted { $0.timestamp < $1.timestamp }.map { task -> TaskMetric in
            guard task.withoutAIMinutes == nil else { return task }
            var task = task
            let known = minutes.filter { $0.taskType == task.taskType }.sorted {
                ($0.recordedAt, $0.version) < ($1.recordedAt, $1.version)
            }
            task.withoutAIMinutes = (known.last { $0.recordedAt <= task.timestamp } ?? known.first)?.mean
            return task
        }
        self.tasks = filled.filter { $0.withoutAIMinutes != nil }
        withoutBaseline = filled.count - self.tasks.count
        self.rates = rates
    }

    /// Minutes saved by all tasks.
    package var minutesSaved: Double { tasks.reduce(0) { $0 + ($1.timeSavedMinutes ?? 0) } }

    /// What the API charged for all tasks, USD.
    package var apiCost: Double { tasks.reduce(0) { $0 + ($1.apiCost ?? 0) } }

    /// Hours saved × the hourly rate, USD.
    package var value: Double { minutesSaved / 60 * rates.hourly }

    /// API, people and infrastructure, USD.
    package var totalCost: Double {
        apiCost + rates.months * (rates.engineers * rates.overheadHours * rates.hourly + rates.infrastructureMonthly)
    }

    /// (value − API cost) ÷ API cost, percent; `nil` without API cost.
    package var roiOnAPICost: Double? { apiCost > 0 ? (value - apiCost) / apiCost * 100 : nil }

    /// (value − total cost) ÷ total cost, percent; `nil` without cost.
    package var roiOnTotalCost: Double? { totalCost > 0 ? (value - totalCost) / totalCost * 100 : nil }

    /// The mean of the quality that was judged; `nil` where none was.
    package var quality: Double? {
        let scores = tasks.compactMap(\.qualityScore)
        return scores.isEmpty ? nil : scores.reduce(0, +) / Double(scores.count)
    }

    /// The tasks of each type, by name.
    package var byType: [(type: String, tasks: [TaskMetric])] {
        Dictionary(grouping: tasks, by: \.taskType).sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    /// The same sums of some of the tasks.
    package func part(_ tasks: [TaskMetric]) -> TaskSummary { TaskSummary(tasks, rates: rates) }

    /// The same sums by how minutes are known.
    package func part(evidence: TimeEvidence) -> TaskSummary { part(tasks.filter { $0.evidence == evidence }) }

    /// The mean of the percentages of time saved.
    package var meanPercentSaved: Double? { SampleMean(of: tasks.compactMap(\.timeSavedPercent))?.mean }
}

/// Where time saved is heading.
package struct TaskTrend: Sendable, Hashable {
    /// The published framework's words.
    package enum Direction: String, Sendable {
        case improving, declining, stable
        case insufficientData = "insufficient_data"
    }

    /// The word.
    package let direction: Direction
    /// The second half's mean percentage less the first's, with its interval; `nil` with too little data.
    package let change: IntervalEstimate?

    /// Compares halves: more than 10 % above the first half's mean is improving, more than 10 % below declining.
    ///
    /// The band is 10 % of the mean's size, so that a steady loss of time is stable and not "improving".
    package init(_ summary: TaskSummary) {
        let percents = summary.tasks.compactMap(\.timeSavedPercent)
        guard percents.count >= 10, let first = SampleMean(of: Array(percents[..<(percents.count / 2)])),
            let second = SampleMean(of: Array(percents[(percents.count / 2)...]))
        else {
            (direction, change) = (.insufficientData, nil)
            return
        }
        let band = abs(first.mean) * 0.1
        direction =
            second.mean > first.mean + band ? .improving : second.mean < first.mean - band ? .declining : .stable
        change = IntervalEstimate(difference: second, minus: first)
    }
}
