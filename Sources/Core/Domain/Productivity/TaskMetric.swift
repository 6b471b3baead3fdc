/// A piece of work that was done with AI, and how long it would have taken without.
package struct TaskMetric: Sendable, Hashable {
    /// Its own id.
    package var id: String
    /// What kind of work: `code_review`.
    package var taskType: String
    /// Minutes that it took with AI.
    package var withAIMinutes: Double
    /// Minutes that it would have taken without; absent where the baseline of its kind says.
    package var withoutAIMinutes: Double?
    /// How good the result is, 0 to 1; absent where nobody judged it.
    package var qualityScore: Double?
    /// What the API charged, USD; absent where the ledger knows, or nobody does.
    package var apiCost: Double?
    /// When it was done.
    package var timestamp: Timestamp
    /// A pseudonym of who did it.
    package var person: String?
    /// Their team.
    package var team: String?
    /// How the minutes are known.
    package var evidence: TimeEvidence
    /// The gateway's request that it used.
    package var requestID: String?
    /// The session that it used.
    package var sessionID: String?

    /// Creates a metric.
    package init(
        id: String, taskType: String, withAIMinutes: Double, withoutAIMinutes: Double? = nil,
        qualityScore: Double? = nil,
        apiCost: Double? = nil, timestamp: Timestamp, person: String? = nil, team: String? = nil,
        evidence: TimeEvidence = .estimated, requestID: String? = nil, sessionID: String? = nil
    ) {
        (self.id, self.taskType, self.timestamp) = (id, taskType, timestamp)
        (self.withAIMinutes, self.withoutAIMinutes) = (withAIMinutes, withoutAIMinutes)
        (self.qualityScore, self.apiCost, self.evidence) = (qualityScore, apiCost, evidence)
        (self.person, self.team, self.requestID, self.sessionID) = (person, team, requestID, sessionID)
    }

    /// Minutes saved; `nil` while nobody says what it would have taken.
    package var timeSavedMinutes: Double? { withoutAIMinutes.map { $0 - withAIMinutes } }

    /// Minutes saved as a percentage of the minutes without AI; 0 where those are 0.
    package var timeSavedPercent: Double? {
        guard let withoutAIMinutes, let timeSavedMinutes else { return nil }
        return withoutAIMinutes == 0 ? 0 : timeSavedMinutes / withoutAIMinutes * 100
    }
}

/// How minutes are known. The two are never added up without saying so.
package enum TimeEvidence: String, Sendable, Hashable, CaseIterable {
    /// By a clock, or a system that logs work.
    case measured
    /// By somebody's memory or guess.
    case estimated
}
