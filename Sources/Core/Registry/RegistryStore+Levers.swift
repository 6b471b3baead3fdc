package import Domain
internal import GRDB

/// Levers: what the gateway keeps of each rule, and what people want of it.
extension RegistryStore {
    /// All levers that something is known of, by the rule's name; also of rules that are in no plan any more.
    package func levers() throws(RegistryError) -> [LeverRow] {
        try read("reading levers") { database in
            try Row.fetchAll(database, sql: "SELECT * FROM lever ORDER BY rule").map(Self.lever)
        }
    }

    // MARK: By people

    /// Stops a rule for now; one that is paused gets the new reason.
    package func pauseLever(_ rule: String, reason: String, at moment: Timestamp) throws(RegistryError) {
        try change("pausing a lever", at: moment) { database, log in
            try database.execute(
                sql: """
                    INSERT INTO lever (rule, paused_reason, paused_at, updated_at) VALUES (?, ?, ?, ?)
                    ON CONFLICT (rule) DO UPDATE SET paused_reason = excluded.paused_reason,
                      paused_at = excluded.paused_at, updated_at = excluded.updated_at
                    """,
                arguments: [rule, reason, moment.microseconds, moment.microseconds])
            try log.note("lever paused", rule, reason)
        }
    }

    /// Lets a paused rule act again.
    ///
    /// - Throws: ``RegistryError`` where it is not paused.
    package func resumeLever(_ rule: String, at moment: Timestamp) throws(RegistryError) {
        try change("resuming a lever", at: moment) { database, log in
            try database.execute(
                sql: """
                    UPDATE lever SET paused_reason = NULL, paused_at = NULL, updated_at = ?
                    WHERE rule = ? AND paused_at IS NOT NULL
                    """,
                arguments: [moment.microseconds, rule])
            guard database.changesCount > 0 else {
                throw RegistryError(.notFound, "\(rule) is not paused; payback policy show says how each rule is.")
            }
            try log.note("lever resumed", rule)
        }
    }

    /// Says what the gateway shall do with a rule's gate, in the place of what was wanted before.
    package func wantLever(_ rule: String, _ wish: LeverRow.Wish, at moment: Timestamp) throws(RegistryError) {
        try change("changing a lever", at: moment) { database, log in
            try database.execute(
                sql: """
                    INSERT INTO lever (rule, wanted, updated_at) VALUES (?, ?, ?)
                    ON CONFLICT (rule) DO UPDATE SET wanted = excluded.wanted, updated_at = excluded.updated_at
                    """,
                arguments: [rule, wish.rawValue, moment.microseconds])
            try log.note("lever wanted", rule, wish.rawValue)
        }
    }

    // MARK: By the gateway

    /// Takes what people want of gates; each wish is given out once, also where several processes ask.
    package func takeWishes() throws(RegistryError) -> [String: LeverRow.Wish] {
        try write("taking what is wanted of levers") { database in
            let rows = try Row.fetchAll(database, sql: "SELECT rule, wanted FROM lever WHERE wanted IS NOT NULL")
            try database.execute(sql: "UPDATE lever SET wanted = NULL WHERE wanted IS NOT NULL")
            var wishes: [String: LeverRow.Wish] = [:]
            for row in rows { wishes[row["rule"]] = try Self.wish(row) }
            return wishes
        }
    }

    /// Keeps what the gateway knows of its levers. Pauses and wishes of people are left as they are, and it is no change that
    /// anybody has to look at.
    package func saveLevers(_ records: [String: LeverRecord], at moment: Timestamp) throws(RegistryError) {
        try write("keeping levers") { database in
            for (rule, record) in records {
                try database.execute(
                    sql: """
                        INSERT INTO lever (rule, subject, gate, agreement, counters, updated_at) VALUES (?, ?, ?, ?, ?, ?)
                        ON CONFLICT (rule) DO UPDATE SET subject = excluded.subject, gate = excluded.gate,
                          agreement = excluded.agreement, counters = excluded.counters, updated_at = excluded.updated_at
                        """,
                    arguments: [
                        rule, record.subject, record.gate, record.agreement, record.counters, moment.microseconds,
                    ])
            }
        }
    }

    // MARK: Rows

    private static func lever(_ row: Row) throws -> LeverRow {
        var lever = LeverRow(
            rule: row["rule"],
            kept: LeverRecord(
                subject: row["subject"], gate: row["gate"], agreement: row["agreement"], counters: row["counters"]),
            updatedAt: Timestamp(microseconds: row["updated_at"]))
        if let at: Int64 = row["paused_at"] {
            lever.pause = LeverRow.Pause(reason: row["paused_reason"] ?? "", at: Timestamp(microseconds: at))
        }
        lever.wish = try wish(row)
        return lever
    }

    private static func wish(_ row: Row) throws -> LeverRow.Wish? {
        guard let text: String = row["wanted"] else { return nil }
        guard let wish = LeverRow.Wish(rawValue: text) else {
            throw RegistryError(
                .incompatible, "A newer version of Payback may have written the registry: use that one to read it.")
        }
        return wish
    }
}
