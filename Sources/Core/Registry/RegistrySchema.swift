internal import GRDB

/// The registry's tables. Migrations are only ever added.
enum RegistrySchema {
    /// Marks the file as ours: "PayR".
    static let applicationID = 0x5061_7952

    static func migrate(_ queue: DatabaseQueue) throws {
        try queue.read { database in
            let id = try Int.fetchOne(database, sql: "PRAGMA application_id") ?? 0
            let isEmpty = try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_master") == 0
            guard id == applicationID || isEmpty else {
                throw RegistryError(.incompatible, "The file is a SQLite database, but not a registry of Payback's.")
            }
        }
        try queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = WAL") }
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1 keys, budgets, changes") { database in
            try database.execute(sql: "PRAGMA application_id = \(applicationID)")
            try database.execute(sql: tables)
        }
        migrator.registerMigration("2 tasks, baselines, outcomes") { try $0.execute(sql: productivity) }
        migrator.registerMigration("3 accounts, sessions, tokens") { try $0.execute(sql: access) }
        migrator.registerMigration("4 pull cursors") { try $0.execute(sql: pulling) }
        migrator.registerMigration("5 deliveries") { try $0.execute(sql: delivery) }
        migrator.registerMigration("6 month close") { try $0.execute(sql: closing) }
        migrator.registerMigration("7 studies") { database in
            try database.execute(
                sql: """
                    CREATE TABLE study (name TEXT PRIMARY KEY, method TEXT NOT NULL, title TEXT NOT NULL,
                      subtitle TEXT NOT NULL, estimate REAL, standard_error REAL, level REAL, low REAL, high REAL,
                      grade TEXT NOT NULL, json TEXT NOT NULL, page TEXT NOT NULL, saved_at INTEGER NOT NULL);
                    """)
        }
        migrator.registerMigration("8 plans, levers, feedback") { try $0.execute(sql: policy) }
        try migrator.migrate(queue)
    }

    /// Of a lever the gateway writes the first columns and people the others, so that neither loses what the other did.
    private static let policy = """
        CREATE TABLE plan (number INTEGER PRIMARY KEY, name TEXT NOT NULL, body TEXT NOT NULL,
          applied_at INTEGER NOT NULL, note TEXT);
        CREATE TABLE lever (rule TEXT PRIMARY KEY, subject TEXT, gate TEXT, agreement TEXT, counters TEXT,
          paused_reason TEXT, paused_at INTEGER, wanted TEXT, updated_at INTEGER NOT NULL);
        CREATE TABLE feedback (id TEXT PRIMARY KEY, request_id TEXT NOT NULL, loss REAL NOT NULL, comment TEXT,
          source TEXT NOT NULL, at INTEGER NOT NULL);
        CREATE INDEX feedback_at ON feedback (at);
        """

    private static let productivity = """
        CREATE TABLE task_metric (id TEXT NOT NULL UNIQUE, task_type TEXT NOT NULL, with_ai_minutes REAL NOT NULL,
          without_ai_minutes REAL, quality_score REAL, api_cost REAL, at INTEGER NOT NULL, person TEXT, team TEXT,
          evidence TEXT NOT NULL, request_id TEXT, session_id TEXT);
        CREATE INDEX task_metric_at ON task_metric (at);
        CREATE TABLE task_baseline (task_type TEXT NOT NULL, metric TEXT NOT NULL, with_ai INTEGER NOT NULL,
          version INTEGER NOT NULL, mean REAL NOT NULL, deviation REAL, count INTEGER, evidence TEXT NOT NULL, source TEXT,
          at INTEGER NOT NULL, PRIMARY KEY (task_type, metric, with_ai, version));
        CREATE TABLE outcome (key TEXT PRIMARY KEY, name TEXT NOT NULL, amount REAL NOT NULL, at INTEGER NOT NULL,
          team TEXT, person TEXT, source TEXT NOT NULL);
        """

    private static let access = """
        ALTER TABLE change ADD COLUMN actor TEXT;
        CREATE TABLE account (id TEXT PRIMARY KEY, name TEXT NOT NULL UNIQUE, role TEXT NOT NULL, teams TEXT NOT NULL,
          password_hash TEXT, subject TEXT UNIQUE);
        CREATE TABLE session (secret_hash TEXT PRIMARY KEY, account TEXT NOT NULL, form_token TEXT NOT NULL,
          created_at INTEGER NOT NULL, seen_at INTEGER NOT NULL);
        CREATE TABLE api_token (id TEXT PRIMARY KEY, name TEXT NOT NULL, secret_hash TEXT NOT NULL UNIQUE,
          hint TEXT NOT NULL, role TEXT NOT NULL, teams TEXT NOT NULL, created_at INTEGER NOT NULL, expires_at INTEGER,
          revoked_at INTEGER);
        """

    /// A pull that is under way has everything from `since` on; one that has ended has only what it reached.
    private static let pulling = """
        CREATE TABLE pull_cursor (source TEXT NOT NULL, endpoint TEXT NOT NULL, account TEXT NOT NULL,
          ledger TEXT NOT NULL, owner TEXT, reached INTEGER, since INTEGER, until INTEGER, bucket TEXT,
          window_start INTEGER, window_end INTEGER, page TEXT, form INTEGER, run INTEGER, at INTEGER NOT NULL,
          PRIMARY KEY (source, endpoint, account, ledger));
        """

    /// Of webhooks the target holds the host and a hash: the path is as good as a password.
    private static let delivery = """
        CREATE TABLE delivery (name TEXT NOT NULL, target TEXT NOT NULL, due INTEGER NOT NULL, outcome TEXT NOT NULL,
          attempts INTEGER NOT NULL, at INTEGER NOT NULL, failure TEXT, PRIMARY KEY (name, target, due));
        """

    private static let closing = """
        CREATE TABLE month_close (month INTEGER PRIMARY KEY, closed_at INTEGER NOT NULL, closed_by TEXT NOT NULL,
          price_book TEXT NOT NULL);
        CREATE TABLE month_close_provider (month INTEGER NOT NULL, provider TEXT NOT NULL,
          baseline_nanos INTEGER NOT NULL, realized_nanos INTEGER NOT NULL, calls INTEGER NOT NULL,
          unpriced INTEGER NOT NULL, PRIMARY KEY (month, provider));
        """

    private static let tables = """
        CREATE TABLE virtual_key (id TEXT PRIMARY KEY, name TEXT, secret_hash TEXT NOT NULL UNIQUE, hint TEXT,
          customer TEXT, feature TEXT, team TEXT, models TEXT NOT NULL, customers TEXT NOT NULL, features TEXT NOT NULL,
          requests_per_minute INTEGER, tokens_per_minute INTEGER, concurrent_requests INTEGER,
          created_at INTEGER NOT NULL, expires_at INTEGER, revoked_at INTEGER);
        CREATE TABLE budget (id TEXT PRIMARY KEY, scope TEXT NOT NULL, limit_nanos INTEGER NOT NULL,
          period TEXT NOT NULL, time_zone TEXT NOT NULL, enforcement TEXT NOT NULL, webhook TEXT,
          UNIQUE (scope, period));
        CREATE TABLE change (number INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, what TEXT NOT NULL,
          subject TEXT NOT NULL, detail TEXT NOT NULL);
        CREATE TABLE setting (name TEXT PRIMARY KEY, value BLOB NOT NULL);
        """
}
