internal import Domain
internal import GRDB
internal import Ledger

/// The ledger's tables. Migrations are only ever added.
enum Schema {
    /// Marks the file as ours: "Payb".
    static let applicationID = 0x5061_7962

    static func migrate(_ queue: DatabaseQueue) throws {
        try queue.read { database in
            let id = try Int.fetchOne(database, sql: "PRAGMA application_id") ?? 0
            let isEmpty = try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_master") == 0
            guard id == applicationID || isEmpty else {
                throw LedgerError(.incompatible, "The file is a SQLite database, but not a ledger of Payback's.")
            }
        }
        // Readers do not wait for an import, and a crash leaves whole transactions.
        try queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = WAL") }
        try migrator.migrate(queue)
    }

    private static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1 records, roll-ups, control totals") { database in
            try database.execute(sql: "PRAGMA application_id = \(applicationID)")
            try database.execute(sql: names)
            try database.execute(sql: records)
            try database.execute(sql: rollups)
            try database.execute(sql: controlTotals)
        }
        migrator.registerMigration("2 accounts of calls") { try $0.execute(sql: traces) }
        // Until now nothing was optimised, so the baseline of what is there is what it cost.
        migrator.registerMigration("3 baselines") { database in
            try database.execute(
                sql: """
                    ALTER TABLE rollup ADD COLUMN baseline INTEGER NOT NULL DEFAULT 0;
                    UPDATE rollup SET baseline = billed + reported + priced;
                    """)
        }
        migrator.registerMigration("4 sums of everything") { database in
            try database.execute(sql: widerKeys)
            try RollupTable.fill(.everything, in: database)
        }
        migrator.registerMigration("5 statements of sources") { try $0.execute(sql: statements) }
        migrator.registerMigration("6 control totals in the order of their time") { database in
            try database.execute(sql: controlTotalsByTime)
            try database.execute(sql: statementsByTime)
            try database.execute(sql: "DROP TABLE total_by_identity")
        }
        return migrator
    }

    /// Keys with room for more names; those that are there keep their ids.
    private static var widerKeys: String {
        let names = (0..<RollupGrouping.mostNames).map { "n\($0)" }
        return """
            ALTER TABLE rollup_key RENAME TO narrow_key;
            CREATE TABLE rollup_key (id INTEGER PRIMARY KEY, grouping INTEGER NOT NULL,
              \(names.map { "\($0) INTEGER NOT NULL DEFAULT 0" }.joined(separator: ", ")),
              UNIQUE (grouping, \(names.joined(separator: ", "))));
            INSERT INTO rollup_key (id, grouping, n0, n1, n2, n3) SELECT id, grouping, a, b, c, d FROM narrow_key;
            DROP TABLE narrow_key;
            """
    }

    /// Every name once.
    private static let names = """
        CREATE TABLE name (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE);
        INSERT INTO name (id, text) VALUES (0, '');
        """

    /// Columns that are absent or have their usual value are NULL, which costs one byte.
    private static var records: String {
        let columns = RecordColumns.declarations.joined(separator: ", ")
        return """
            CREATE TABLE record (started_at INTEGER NOT NULL, identity INTEGER NOT NULL, \(columns),
              PRIMARY KEY (started_at, identity)) WITHOUT ROWID;
            """
    }

    /// The measures that the first ledgers had.
    private static let firstMeasures = [
        "requests", "calls", "failed", "refused", "retries", "uncached_input", "cache_read", "cache_write_5m",
        "cache_write_1h", "output", "reasoning", "billed", "reported", "priced", "failed_cost", "unpriced_requests",
        "unpriced_tokens",
    ]

    /// One row per grouping, level of time, span of time and combination of names.
    private static var rollups: String {
        let measures = firstMeasures.map { "\($0) INTEGER NOT NULL" }.joined(separator: ", ")
        return """
            CREATE TABLE rollup_key (id INTEGER PRIMARY KEY, grouping INTEGER NOT NULL, a INTEGER NOT NULL,
              b INTEGER NOT NULL, c INTEGER NOT NULL, d INTEGER NOT NULL, UNIQUE (grouping, a, b, c, d));
            CREATE TABLE rollup (grouping INTEGER NOT NULL, level INTEGER NOT NULL, start INTEGER NOT NULL,
              key INTEGER NOT NULL, \(measures), latency BLOB, PRIMARY KEY (grouping, level, start, key)) WITHOUT ROWID;
            """
    }

    /// What the gateway knows of a call beyond its record, by the record's key.
    private static let traces = """
        CREATE TABLE request_trace (started_at INTEGER NOT NULL, identity INTEGER NOT NULL, trace BLOB NOT NULL,
          PRIMARY KEY (started_at, identity)) WITHOUT ROWID;
        """

    /// Which control totals a source stated when it was asked last.
    private static let statements = """
        CREATE TABLE control_statement (scope TEXT NOT NULL, identity INTEGER NOT NULL, run INTEGER NOT NULL,
          PRIMARY KEY (scope, identity)) WITHOUT ROWID;
        CREATE INDEX control_statement_identity ON control_statement (identity);
        """

    private static let controlTotals = """
        CREATE TABLE control_total (identity INTEGER PRIMARY KEY, authority INTEGER NOT NULL, source TEXT NOT NULL,
          start INTEGER NOT NULL, end INTEGER NOT NULL, provider TEXT NOT NULL, service TEXT, model TEXT,
          dimensions TEXT NOT NULL, is_ai INTEGER NOT NULL, requests INTEGER, uncached_input INTEGER,
          cache_read INTEGER, cache_write_5m INTEGER, cache_write_1h INTEGER, output INTEGER, reasoning INTEGER,
          billed TEXT, effective TEXT, list TEXT, contracted TEXT, currency TEXT NOT NULL);
        """

    /// The columns of a control total, in the order in which they are written.
    static let controlTotalColumns = [
        "start", "identity", "authority", "source", "end", "provider", "service", "model", "dimensions", "is_ai",
        "requests", "uncached_input", "cache_read", "cache_write_5m", "cache_write_1h", "output", "reasoning", "billed",
        "effective", "list", "contracted", "currency",
    ]

    /// Identities are hashes. With the rows in their order, every line of a bill went to another page, and each commit
    /// wrote the whole table; now rows are appended, and the index is touched where the bill's time is.
    private static var controlTotalsByTime: String {
        let columns = controlTotalColumns.joined(separator: ", ")
        return """
            ALTER TABLE control_total RENAME TO total_by_identity;
            CREATE TABLE control_total (start INTEGER NOT NULL, identity INTEGER NOT NULL, authority INTEGER NOT NULL,
              source TEXT NOT NULL, end INTEGER NOT NULL, provider TEXT NOT NULL, service TEXT, model TEXT,
              dimensions TEXT NOT NULL, is_ai INTEGER NOT NULL, requests INTEGER, uncached_input INTEGER,
              cache_read INTEGER, cache_write_5m INTEGER, cache_write_1h INTEGER, output INTEGER, reasoning INTEGER,
              billed TEXT, effective TEXT, list TEXT, contracted TEXT, currency TEXT NOT NULL,
              UNIQUE (start, identity));
            INSERT INTO control_total (\(columns)) SELECT \(columns) FROM total_by_identity ORDER BY start, identity;
            """
    }

    /// Statements name a total as it is found now.
    private static let statementsByTime = """
        ALTER TABLE control_statement RENAME TO statement_by_identity;
        CREATE TABLE control_statement (scope TEXT NOT NULL, start INTEGER NOT NULL, identity INTEGER NOT NULL,
          run INTEGER NOT NULL, PRIMARY KEY (scope, start, identity)) WITHOUT ROWID;
        INSERT INTO control_statement (scope, start, identity, run)
          SELECT scope, start, identity, run FROM statement_by_identity JOIN total_by_identity USING (identity);
        DROP TABLE statement_by_identity;
        CREATE INDEX control_statement_total ON control_statement (start, identity);
        """
}
