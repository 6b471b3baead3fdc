package import Domain
internal import GRDB

/// Who may use the control plane: accounts, sessions of browsers, tokens of programs.
extension RegistryStore {
    // MARK: Accounts

    /// All accounts, by name.
    package func accounts() throws(RegistryError) -> [Account] {
        try read("reading accounts") {
            try Row.fetchAll($0, sql: "SELECT * FROM account ORDER BY name").map(Self.account)
        }
    }

    /// The account of an id; `nil` where there is none.
    package func account(id: String) throws(RegistryError) -> Account? {
        try read("reading an account") {
            try Row.fetchOne($0, sql: "SELECT * FROM account WHERE id = ?", arguments: [id]).map(Self.account)
        }
    }

    /// Adds an account, or changes the one of the same id.
    package func set(_ account: Account, at moment: Timestamp) throws(RegistryError) {
        try change("setting an account", at: moment) { database, log in
            try database.execute(
                sql: """
                    INSERT INTO account (id, name, role, teams, password_hash, subject) VALUES (?, ?, ?, ?, ?, ?)
                    ON CONFLICT (id) DO UPDATE SET name = excluded.name, role = excluded.role, teams = excluded.teams,
                      password_hash = excluded.password_hash, subject = excluded.subject
                    """,
                arguments: [
                    account.id, account.name, account.role.rawValue, Self.text(account.teams), account.passwordHash,
                    account.subject,
                ])
            try log.note("account set", account.id, "\(account.name), \(account.role.rawValue)")
        }
    }

    // MARK: Sessions

    /// The session whose secret has a hash; `nil` where there is none. Whether it is still good is for the caller to ask.
    package func session(secretHash: String) throws(RegistryError) -> Session? {
        try read("reading a session") { database in
            try Row.fetchOne(
                database, sql: "SELECT * FROM session WHERE secret_hash = ?", arguments: [secretHash]
            ).map { row in
                Session(
                    secretHash: row["secret_hash"], account: row["account"], formToken: row["form_token"],
                    createdAt: Timestamp(microseconds: row["created_at"]),
                    seenAt: Timestamp(microseconds: row["seen_at"]))
            }
        }
    }

    /// Keeps a session, new or used again, and forgets those that have ended. No change of the registry: keys and budgets
    /// stay as they are.
    package func keep(_ session: Session, at moment: Timestamp) throws(RegistryError) {
        try write("keeping a session") { database in
            let week = 7 * Timestamp.microsecondsPerDay
            try database.execute(
                sql: "DELETE FROM session WHERE created_at < ?", arguments: [moment.microseconds - week])
            try database.execute(
                sql: """
                    INSERT OR REPLACE INTO session (secret_hash, account, form_token, created_at, seen_at)
                    VALUES (?, ?, ?, ?, ?)
                    """,
                arguments: [
                    session.secretHash, session.account, session.formToken, session.createdAt.microseconds,
                    session.seenAt.microseconds,
                ])
        }
    }

    /// Ends a session.
    package func end(_ session: Session) throws(RegistryError) {
        try write("ending a session") {
            try $0.execute(sql: "DELETE FROM session WHERE secret_hash = ?", arguments: [session.secretHash])
        }
    }

    /// Ends all sessions of an account.
    package func endSessions(ofAccount id: String) throws(RegistryError) {
        try RegistryError.translating("ending sessions") {
            try queue.write { try $0.execute(sql: "DELETE FROM session WHERE account = ?", arguments: [id]) }
        }
    }

    // MARK: Tokens

    /// All tokens, revoked ones too, the oldest first.
    package func apiTokens() throws(RegistryError) -> [APIToken] {
        try read("reading tokens") { database in
            try Row.fetchAll(database, sql: "SELECT * FROM api_token ORDER BY created_at, id").map(Self.token)
        }
    }

    /// Adds a token.
    package func add(_ token: APIToken, at moment: Timestamp) throws(RegistryError) {
        try change("adding a token", at: moment) { database, log in
            try database.execute(
                sql: """
                    INSERT INTO api_token (id, name, secret_hash, hint, role, teams, created_at, expires_at)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    token.id, token.name, token.secretHash, token.hint, token.role.rawValue, Self.text(token.teams),
                    token.createdAt.microseconds, token.expiresAt?.microseconds,
                ])
            try log.note("token created", token.id, "\(token.name), \(token.role.rawValue)")
        }
    }

    /// Ends a token at once.
    ///
    /// - Throws: ``RegistryError`` where there is none of that id.
    package func revokeToken(id: String, at moment: Timestamp) throws(RegistryError) {
        try change("revoking a token", at: moment) { database, log in
            try database.execute(
                sql: "UPDATE api_token SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL",
                arguments: [moment.microseconds, id])
            guard database.changesCount > 0 else {
                throw RegistryError(.notFound, "There is no token \(id) that could be revoked.")
            }
            try log.note("token revoked", id)
        }
    }

    // MARK: Rows

    private static func text(_ teams: Set<String>) -> String { teams.sorted().joined(separator: "\n") }

    private static func teams(_ row: Row) -> Set<String> {
        let text: String = row["teams"]
        return Set(text.split(separator: "\n").map(String.init))
    }

    private static func role(_ row: Row) throws -> AccessRole {
        guard let role = AccessRole(rawValue: row["role"]) else {
            throw RegistryError(
                .incompatible, "A newer version of Payback may have written the registry: use that one to read it.")
        }
        return role
    }

    private static func account(_ row: Row) throws -> Account {
        Account(
            id: row["id"], name: row["name"], role: try role(row), teams: teams(row),
            passwordHash: row["password_hash"],
            subject: row["subject"])
    }

    private static func token(_ row: Row) throws -> APIToken {
        let (expires, revoked): (Int64?, Int64?) = (row["expires_at"], row["revoked_at"])
        return APIToken(
            id: row["id"], name: row["name"], secretHash: row["secret_hash"], hint: row["hint"], role: try role(row),
            teams: teams(row), createdAt: Timestamp(microseconds: row["created_at"]),
            expiresAt: expires.map { Timestamp(microseconds: $0) },
            revokedAt: revoked.map { Timestamp(microseconds: $0) })
    }
}
