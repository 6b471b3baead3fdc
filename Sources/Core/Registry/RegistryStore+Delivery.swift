package import Domain
internal import GRDB

extension RegistryStore {
    /// What became of the newest delivery; `nil` where the schedule has not been seen yet.
    package func lastDelivery(_ key: DeliveryState.Key) throws(RegistryError) -> DeliveryState? {
        try read("reading deliveries") { database in
            try Row.fetchOne(
                database, sql: "SELECT * FROM delivery WHERE name = ? AND target = ? ORDER BY due DESC LIMIT 1",
                arguments: [key.name, key.target]
            ).map(Self.delivery)
        }
    }

    /// The newest report that has arrived; `nil` where none has.
    package func lastArrival(_ key: DeliveryState.Key) throws(RegistryError) -> DeliveryState? {
        try read("reading deliveries") { database in
            try Row.fetchOne(
                database,
                sql:
                    "SELECT * FROM delivery WHERE name = ? AND target = ? AND outcome = 'delivered' ORDER BY due DESC LIMIT 1",
                arguments: [key.name, key.target]
            ).map(Self.delivery)
        }
    }

    /// Notes that a schedule begins now: what was due before is not sent.
    package func beginDeliveries(_ key: DeliveryState.Key, at moment: Timestamp) throws(RegistryError) {
        try write("beginning deliveries") { database in
            try database.execute(
                sql:
                    "INSERT INTO delivery (name, target, due, outcome, attempts, at) VALUES (?, ?, ?, 'begun', 0, ?) ON CONFLICT DO NOTHING",
                arguments: [key.name, key.target, moment.microseconds, moment.microseconds])
        }
    }

    /// Takes a delivery in hand, before it is sent: of two processes that see it due, one.
    ///
    /// - Parameter attempt: 1 for the first time, else one more than ``DeliveryState/attempts``.
    /// - Returns: `false` where another has taken it.
    package func takeDelivery(
        _ key: DeliveryState.Key, due: Timestamp, attempt: Int64, at moment: Timestamp
    ) throws(RegistryError) -> Bool {
        try write("taking a delivery") { database in
            try database.execute(
                sql: """
                    INSERT INTO delivery (name, target, due, outcome, attempts, at) VALUES (?, ?, ?, 'tried', ?, ?)
                    ON CONFLICT DO UPDATE SET outcome = 'tried', attempts = excluded.attempts, at = excluded.at
                    WHERE delivery.outcome = 'tried' AND delivery.attempts = excluded.attempts - 1
                    """,
                arguments: [key.name, key.target, due.microseconds, attempt, moment.microseconds])
            return database.changesCount > 0
        }
    }

    /// Notes what became of a delivery that was taken.
    ///
    /// - Parameter failure: why it failed, without secrets.
    package func settleDelivery(
        _ key: DeliveryState.Key, due: Timestamp, _ outcome: DeliveryState.Outcome, failure: String? = nil,
        at moment: Timestamp
    ) throws(RegistryError) {
        try write("noting a delivery") { database in
            try database.execute(
                sql:
                    "UPDATE delivery SET outcome = ?, failure = ?, at = ? WHERE name = ? AND target = ? AND due = ?",
                arguments: [
                    outcome.rawValue, failure, moment.microseconds, key.name, key.target, due.microseconds,
                ])
        }
    }

    private static func delivery(_ row: Row) -> DeliveryState {
        DeliveryState(
            due: Timestamp(microseconds: row["due"]),
            // What a newer version wrote is left alone, as what has arrived.
            outcome: DeliveryState.Outcome(rawValue: row["outcome"]) ?? .delivered, attempts: row["attempts"],
            at: Timestamp(microseconds: row["at"]), failure: row["failure"])
    }
}
