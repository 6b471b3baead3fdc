package import Domain
internal import GRDB

/// Operational state: keys, budgets, and who changed what. Apart from the ledger: it is small, changes by hand, and is
/// asked for on every request.
package final class RegistryStore: Sendable {
    let queue: DatabaseQueue

    /// Who changes something, for the log of changes; absent for the command line.
    @TaskLocal package static var actor: String?

    /// Opens a registry, and creates it where there is none, readable by its owner alone.
    ///
    /// - Parameter mustExist: whether a missing file is an error.
    /// - Throws: ``RegistryError`` where it cannot be opened.
    package init(path: String, mustExist: Bool = false) throws(RegistryError) {
        let isThere = OwnerOnlyFile.exists(path)
        if mustExist, !isThere {
            throw RegistryError(.unavailable, "There is no registry at \(path). Make one with: payback keys create")
        }
        if !isThere { try OwnerOnlyFile.create(path) }
        queue = try RegistryError.translating("opening \(path)") {
            var configuration = Configuration()
            configuration.busyMode = .timeout(5)
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            try RegistrySchema.migrate(queue)
            return queue
        }
    }

    /// How many changes there have been: it grows with each, whoever made it.
    package func version() throws(RegistryError) -> Int64 {
        try read("asking for changes") { try Int64.fetchOne($0, sql: "SELECT max(number) FROM change") ?? 0 }
    }

    /// The last changes, the newest first.
    package func changes(limit: Int) throws(RegistryError) -> [RegistryChange] { try changes("", limit: limit) }

    /// The last changes that a condition of ours, never of a caller's, lets through.
    func changes(_ condition: String, limit: Int) throws(RegistryError) -> [RegistryChange] {
        try read("reading changes") { database in
            try Row.fetchAll(
                database,
                sql: "SELECT at, what, subject, detail, actor FROM change \(condition) ORDER BY number DESC LIMIT ?",
                arguments: [limit]
            ).map { row in
                RegistryChange(
                    at: Timestamp(microseconds: row["at"]), what: row["what"], subject: row["subject"],
                    detail: row["detail"], actor: row["actor"])
            }
        }
    }

    /// The key under which prompts are hashed; made once, 32 random bytes.
    package func promptKey(using random: inout some RandomNumberGenerator) throws(RegistryError) -> [UInt8] {
        let fresh = (0..<4).flatMap { _ in withUnsafeBytes(of: random.next()) { Array($0) } }
        return try RegistryError.translating("reading the prompt key") {
            try queue.write { database in
                try database.execute(
                    sql: "INSERT INTO setting (name, value) VALUES ('prompt_key', ?) ON CONFLICT DO NOTHING",
                    arguments: [fresh.asData])
                let kept = try Row.fetchOne(database, sql: "SELECT value FROM setting WHERE name = 'prompt_key'")
                return kept.map { $0.withBytes(at: 0) } ?? fresh
            }
        }
    }

    // MARK: Access

    func read<Result>(_ activity: String, _ body: (Database) throws -> Result) throws(RegistryError) -> Result {
        try RegistryError.translating(activity) { try queue.read(body) }
    }

    /// Writes without a note in the log of changes: the gateway need not look at its keys again.
    func write<Result>(
        _ activity: String, _ body: (Database) throws -> Result
    ) throws(RegistryError) -> Result {
        try RegistryError.translating(activity) { try queue.write(body) }
    }

    /// Changes something, and notes who knows what for later.
    func change<Result>(
        _ activity: String, at moment: Timestamp, _ body: (Database, ChangeLog) throws -> Result
    ) throws(RegistryError) -> Result {
        try RegistryError.translating(activity) {
            try queue.write { database in try body(database, ChangeLog(database: database, moment: moment)) }
        }
    }
}

/// Writes the log of changes in the transaction of the change itself.
struct ChangeLog {
    let database: Database
    let moment: Timestamp

    func note(_ what: String, _ subject: String, _ detail: String = "") throws {
        try database.execute(
            sql: "INSERT INTO change (at, what, subject, detail, actor) VALUES (?, ?, ?, ?, ?)",
            arguments: [moment.microseconds, what, subject, detail, RegistryStore.actor])
    }
}
