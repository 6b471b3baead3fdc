package import Domain

/// The four task types of the published framework, by hand and with AI.
package enum ExampleBaselines {
    /// What they name as their source.
    package static let source = "published example"

    /// The baselines. They are somebody else's means without a spread: an example, to be replaced by your own.
    ///
    /// - Parameter moment: since when they hold.
    package static func all(recordedAt moment: Timestamp) -> [TaskBaseline] {
        let rows: [(type: String, metric: String, manual: Double, withAI: Double)] = [
            ("code_review", "minutes", 45, 15), ("code_review", "bugs_found", 3.2, 5.1),
            ("documentation", "minutes", 60, 20), ("documentation", "quality_score", 0.7, 0.85),
            ("bug_diagnosis", "minutes", 90, 30), ("bug_diagnosis", "resolution_rate", 0.75, 0.88),
            ("architecture_review", "minutes", 180, 60), ("architecture_review", "issues_found", 4.5, 7.2),
        ]
        return rows.flatMap { row in
            [(false, row.manual), (true, row.withAI)].map { withAI, mean in
                TaskBaseline(
                    taskType: row.type, metric: row.metric, withAI: withAI, mean: mean, evidence: .estimated,
                    source: source, recordedAt: moment)
            }
        }
    }
}
