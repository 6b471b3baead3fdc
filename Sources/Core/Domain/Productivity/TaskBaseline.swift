/// What a kind of task was like, recorded so that later work can be compared with it.
package struct TaskBaseline: Sendable, Hashable {
    /// What kind of work.
    package var taskType: String
    /// What was measured: `minutes`, `quality_score`, `bugs_found`, `resolution_rate`, `issues_found`.
    package var metric: String
    /// Whether it is of work with AI or without.
    package var withAI: Bool
    /// The mean.
    package var mean: Double
    /// The standard deviation; absent where it was not recorded, and then there is no interval.
    package var deviation: Double?
    /// How many tasks it is the mean of; absent where it was not recorded.
    package var count: Int?
    /// How it is known.
    package var evidence: TimeEvidence
    /// Where it is from.
    package var source: String?
    /// Since when it holds.
    package var recordedAt: Timestamp
    /// 1 for the first of its kind; a new one does not overwrite the old.
    package var version: Int

    /// Creates a baseline.
    package init(
        taskType: String, metric: String, withAI: Bool = false, mean: Double, deviation: Double? = nil,
        count: Int? = nil,
        evidence: TimeEvidence = .measured, source: String? = nil, recordedAt: Timestamp, version: Int = 1
    ) {
        (self.taskType, self.metric, self.withAI, self.mean) = (taskType, metric, withAI, mean)
        (self.deviation, self.count, self.evidence) = (deviation, count, evidence)
        (self.source, self.recordedAt, self.version) = (source, recordedAt, version)
    }
}

/// How much of something happened in a span of time, as a helpdesk, a seat report or a repository tells it.
package struct OutcomeCount: Sendable, Hashable {
    /// What: `resolved`, `reopened`, `active_seats`, `idle_seats`, `commits`, `pull_requests`.
    package var name: String
    /// How much.
    package var amount: Double
    /// When; the start of the span.
    package var timestamp: Timestamp
    /// Of which team or queue.
    package var team: String?
    /// A pseudonym of who.
    package var person: String?
    /// Where it is from: the file, or the report.
    package var source: String
    /// Tells rows of the same file apart, so that importing it twice changes nothing.
    package var key: String

    /// Creates a count.
    package init(
        name: String, amount: Double, timestamp: Timestamp, team: String? = nil, person: String? = nil, source: String,
        key: String
    ) {
        (self.name, self.amount, self.timestamp) = (name, amount, timestamp)
        (self.team, self.person, self.source, self.key) = (team, person, source, key)
    }
}
