package import Domain

/// A budget as somebody asks for it, in the texts of a command, a form or the API; what is absent is as usual.
package struct BudgetDraft: Sendable {
    /// `total`, `key=ID`, `customer=NAME`, `customer=*`, `feature=NAME` or `team=NAME`.
    package var scope: String?
    /// The most that may be spent in a period, USD.
    package var limit: String?
    /// `day`, `week`, `month` or a rolling span.
    package var per: String?
    /// The IANA time zone; UTC where absent.
    package var timeZone: String?
    /// `hard` or `soft`; hard where absent.
    package var enforcement: String?
    /// Where warnings are posted. Absent, the budget that this one replaces keeps its own; empty, none is posted.
    package var webhook: String?

    /// Creates a draft that says nothing.
    package init() {}

    /// The budget as it is written.
    ///
    /// - Parameters:
    ///   - id: what it is called where it replaces none.
    ///   - isTimeZone: whether the system knows a time zone.
    /// - Throws: ``DraftError`` naming the field.
    package func budget(id: String, isTimeZone: (String) -> Bool) throws(DraftError) -> Budget {
        guard let scope = BudgetScope(self.scope ?? "") else {
            throw Self.error(
                "scope", self.scope, "no scope", "total, key=ID, customer=NAME, feature=NAME or team=NAME")
        }
        guard let amount = NanoUSD(dollars: limit ?? ""), amount >= .zero else {
            throw Self.error("limit", limit, "no amount in USD", "250 or 0.5")
        }
        guard let period = BudgetPeriod(per ?? "") else {
            throw Self.error("per", per, "no period", "day, week, month, rolling:24h or rolling:30d")
        }
        let zone = timeZone ?? "UTC"
        guard isTimeZone(zone) else { throw Self.error("time_zone", zone, "not known", "for example Europe/Berlin") }
        guard let enforcement = BudgetEnforcement(rawValue: enforcement ?? "hard") else {
            throw Self.error("enforcement", enforcement, "neither", "hard or soft")
        }
        return Budget(
            id: id, scope: scope, limit: amount, period: period, timeZone: zone, enforcement: enforcement,
            webhook: webhook.flatMap { $0.isEmpty ? nil : $0 })
    }

    /// A budget with what a registry knows: the id of the key that it names, and where no webhook is given, that of the
    /// budget that it replaces.
    ///
    /// - Throws: ``RegistryError`` where there is no such key: a hard budget of a key that is not there would limit nobody.
    package func completed(_ budget: Budget, in store: RegistryStore) throws(RegistryError) -> Budget {
        var budget = budget
        // Keys that the configuration file holds are not in the registry.
        if case .key(let name) = budget.scope, !name.hasPrefix("key_file_") {
            budget.scope = .key(try store.key(named: name).id)
        }
        guard webhook == nil else { return budget }
        let known = try store.budgets().first { $0.scope == budget.scope && $0.period == budget.period }
        budget.webhook = known?.webhook
        return budget
    }

    private static func error(_ field: String, _ text: String?, _ what: String, _ instead: String) -> DraftError {
        guard let text, !text.isEmpty else { return DraftError(field, "is missing; write \(instead).") }
        return DraftError(field, "\(text) is \(what); write \(instead).")
    }
}
