package import Domain
internal import GRDB

extension RegistryStore {
    private static let separator = "\n"

    /// All keys, revoked ones too, the oldest first.
    package func keys() throws(RegistryError) -> [VirtualKey] {
        try read("reading keys") { database in
            try Row.fetchAll(database, sql: "SELECT * FROM virtual_key ORDER BY created_at, id").map(Self.key)
        }
    }

    /// The key of an id, or of a name that only one key has.
    ///
    /// - Throws: ``RegistryError`` where there is none, or more than one.
    package func key(named name: String) throws(RegistryError) -> VirtualKey {
        let all = try keys()
        if let exact = all.first(where: { $0.id == name }) { return exact }
        let named = all.filter { $0.name == name && $0.revokedAt == nil }
        guard let only = named.first, named.count == 1 else {
            throw RegistryError(
                .notFound,
                named.isEmpty
                    ? "There is no key \"\(name)\"; payback keys list shows them."
                    : "\(named.count) keys are named \"\(name)\"; say which by its id: \(named.map(\.id).joined(separator: ", "))."
            )
        }
        return only
    }

    /// Adds a key.
    package func add(_ key: VirtualKey, at moment: Timestamp) throws(RegistryError) {
        try change("adding a key", at: moment) { database, log in
            let columns = Self.columns(of: key)
            try database.execute(
                sql:
                    "INSERT INTO virtual_key (\(columns.map(\.0).joined(separator: ", "))) VALUES (\(columns.map { _ in "?" }.joined(separator: ", ")))",
                arguments: StatementArguments(columns.map(\.1)))
            try log.note("key created", key.id, key.name ?? "")
        }
    }

    /// Revokes a key: it stops within a second. One that was revoked before stays revoked since then.
    package func revoke(_ key: VirtualKey, at moment: Timestamp) throws(RegistryError) {
        try change("revoking a key", at: moment) { database, log in
            try database.execute(
                sql: "UPDATE virtual_key SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL",
                arguments: [moment.microseconds, key.id])
            if database.changesCount > 0 { try log.note("key revoked", key.id, key.name ?? "") }
        }
    }

    /// Gives a key a new secret; the old one stops within a second.
    package func rotate(_ key: VirtualKey, to secret: KeySecret, at moment: Timestamp) throws(RegistryError) {
        try change("rotating a key", at: moment) { database, log in
            try database.execute(
                sql: "UPDATE virtual_key SET secret_hash = ?, hint = ? WHERE id = ?",
                arguments: [secret.hash, secret.hint, key.id])
            try log.note("key rotated", key.id, key.name ?? "")
        }
    }

    private static func columns(of key: VirtualKey) -> [(String, (any DatabaseValueConvertible)?)] {
        [
            ("id", key.id), ("name", key.name), ("secret_hash", key.secretHash), ("hint", key.hint),
            ("customer", key.customer), ("feature", key.feature), ("team", key.team),
            ("models", key.models.joined(separator: separator)),
            ("customers", key.customers.joined(separator: separator)),
            ("features", key.features.joined(separator: separator)),
            ("requests_per_minute", key.limits.requestsPerMinute), ("tokens_per_minute", key.limits.tokensPerMinute),
            ("concurrent_requests", key.limits.concurrentRequests), ("created_at", key.createdAt.microseconds),
            ("expires_at", key.expiresAt?.microseconds), ("revoked_at", key.revokedAt?.microseconds),
        ]
    }

    private static func key(_ row: Row) -> VirtualKey {
        var key = VirtualKey(
            id: row["id"], secretHash: row["secret_hash"], createdAt: Timestamp(microseconds: row["created_at"]))
        key.name = row["name"]
        key.hint = row["hint"]
        key.customer = row["customer"]
        key.feature = row["feature"]
        key.team = row["team"]
        key.models = list(row["models"])
        key.customers = list(row["customers"])
        key.features = list(row["features"])
        key.limits = RateLimits(
            requestsPerMinute: row["requests_per_minute"], tokensPerMinute: row["tokens_per_minute"],
            concurrentRequests: row["concurrent_requests"])
        key.expiresAt = moment(row["expires_at"])
        key.revokedAt = moment(row["revoked_at"])
        return key
    }

    private static func list(_ text: String) -> [String] { text.split(separator: separator).map(String.init) }

    private static func moment(_ microseconds: Int64?) -> Timestamp? {
        microseconds.map { Timestamp(microseconds: $0) }
    }
}
