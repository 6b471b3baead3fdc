package import Documents
package import Domain
internal import Policy

extension VirtualKey {
    /// Whether it is valid, in a word or two.
    package func state(at moment: Timestamp) -> String {
        if let revokedAt { return "revoked \(revokedAt.dateText)" }
        guard let expiresAt else { return "valid" }
        return (expiresAt <= moment ? "expired " : "valid until ") + expiresAt.dateText
    }

    /// For programs; without the secret, which nobody has.
    package var json: JSONOutput {
        [
            "id": .string(id), "name": .text(name), "hint": .text(hint), "customer": .text(customer),
            "feature": .text(feature), "team": .text(team), "models": .array(models.map { .string($0) }),
            "requests_per_minute": .count(limits.requestsPerMinute),
            "tokens_per_minute": .count(limits.tokensPerMinute),
            "concurrent_requests": .count(limits.concurrentRequests), "created_at": .string(createdAt.rfc3339),
            "expires_at": .text(expiresAt?.rfc3339), "revoked_at": .text(revokedAt?.rfc3339),
        ]
    }
}

extension Budget {
    /// For programs.
    package var json: JSONOutput {
        [
            "id": .string(id), "scope": .string(scope.text), "limit_usd": .money(limit), "per": .string(period.text),
            "time_zone": .string(timeZone), "enforcement": .string(enforcement.rawValue),
        ]
    }
}

extension BudgetState {
    var json: JSONOutput {
        budget.json.adding("customer", .text(customer)).adding("period_start", .string(period.start.rfc3339))
            .adding("period_end", .string(period.end.rfc3339)).adding("spent_usd", .money(spent))
            .adding("reserved_usd", .money(reserved))
    }
}
