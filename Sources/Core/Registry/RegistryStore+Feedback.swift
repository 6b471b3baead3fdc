package import Domain
internal import GRDB

/// Verdicts on answers, as applications and people post them.
extension RegistryStore {
    /// Keeps a verdict.
    ///
    /// - Returns: whether it is new; one of the same id stays as it is.
    @discardableResult
    package func addFeedback(_ verdict: PostedVerdict) throws(RegistryError) -> Bool {
        try write("keeping a verdict") { database in
            try database.execute(
                sql: """
                    INSERT INTO feedback (id, request_id, loss, comment, source, at) VALUES (?, ?, ?, ?, ?, ?)
                    ON CONFLICT (id) DO NOTHING
                    """,
                arguments: [
                    verdict.id, verdict.requestID, verdict.loss, verdict.comment, verdict.source,
                    verdict.at.microseconds,
                ])
            return database.changesCount > 0
        }
    }

    /// Verdicts from a moment on, itself included, in the order of their time.
    package func feedback(since moment: Timestamp) throws(RegistryError) -> [PostedVerdict] {
        try read("reading verdicts") { database in
            try Row.fetchAll(
                database, sql: "SELECT * FROM feedback WHERE at >= ? ORDER BY at, id", arguments: [moment.microseconds]
            ).map { row in
                PostedVerdict(
                    id: row["id"], requestID: row["request_id"], loss: row["loss"], comment: row["comment"],
                    source: row["source"], at: Timestamp(microseconds: row["at"]))
            }
        }
    }
}
