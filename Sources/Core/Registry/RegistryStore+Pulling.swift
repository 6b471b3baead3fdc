package import Domain
internal import GRDB

extension RegistryStore {
    private static let pullColumns = [
        "source", "endpoint", "account", "ledger", "owner", "reached", "since", "until", "bucket", "window_start",
        "window_end", "page", "form", "run", "at",
    ]

    /// How far something has been read; `nil` where it never was.
    package func pullCursor(_ key: PullCursor.Key) throws(RegistryError) -> PullCursor? {
        try read("reading how far a pull has come") { database in
            try Row.fetchOne(
                database,
                sql: "SELECT * FROM pull_cursor WHERE source = ? AND endpoint = ? AND account = ? AND ledger = ?",
                arguments: [key.source, key.endpoint, key.account, key.ledger]
            ).map { Self.cursor($0, key) }
        }
    }

    /// Keeps how far something has been read, in the place of what was known of it.
    package func save(_ cursor: PullCursor, at moment: Timestamp) throws(RegistryError) {
        let marks = Self.pullColumns.map { _ in "?" }.joined(separator: ", ")
        let columns = Self.pullColumns.joined(separator: ", ")
        try write("keeping how far a pull has come") { database in
            try database.execute(
                sql: "INSERT OR REPLACE INTO pull_cursor (\(columns)) VALUES (\(marks))",
                arguments: Self.arguments(cursor, moment))
        }
    }

    private static func arguments(_ cursor: PullCursor, _ moment: Timestamp) -> StatementArguments {
        let (key, open) = (cursor.key, cursor.open)
        return [
            key.source, key.endpoint, key.account, key.ledger, cursor.owner, cursor.reached?.microseconds,
            open?.span.start.microseconds, open?.span.end.microseconds, open?.bucket,
            open?.window.start.microseconds, open?.window.end.microseconds, open?.page, open?.form, open?.run,
            moment.microseconds,
        ]
    }

    private static func cursor(_ row: Row, _ key: PullCursor.Key) -> PullCursor {
        var cursor = PullCursor(key: key)
        cursor.owner = row["owner"]
        let reached: Int64? = row["reached"]
        cursor.reached = reached.map { Timestamp(microseconds: $0) }
        cursor.open = position(row)
        return cursor
    }

    private static func position(_ row: Row) -> PullPosition? {
        guard let span = period(row["since"], row["until"]),
            let window = period(row["window_start"], row["window_end"]),
            let bucket: String = row["bucket"], let run: Int64 = row["run"]
        else { return nil }
        var position = PullPosition(span: span, bucket: bucket, window: window, run: run)
        position.page = row["page"]
        position.form = row["form"] ?? 0
        return position
    }

    private static func period(_ start: Int64?, _ end: Int64?) -> Period? {
        guard let start, let end else { return nil }
        return Period(start: Timestamp(microseconds: start), end: Timestamp(microseconds: end))
    }
}
