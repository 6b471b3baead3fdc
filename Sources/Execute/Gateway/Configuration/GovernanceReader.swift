internal import Domain
internal import Inputs
internal import Policy

/// Reads keys, budgets, limits and tokenizers.
enum GovernanceReader {
    static func limits(_ section: InputSection, over general: RequestLimits) -> RequestLimits {
        section.allow([
            "body_mib", "header_fields", "receive_seconds", "keep_alive_seconds", "connections",
            "output_tokens_under_budget", "per_key",
        ])
        var result = general
        result.bodyBytes = section.number("body_mib", 1...1_024).map { Int($0) << 20 } ?? result.bodyBytes
        result.headerFields = section.number("header_fields", 10...10_000).map { Int($0) } ?? result.headerFields
        result.receive = section.milliseconds("receive_seconds") ?? result.receive
        result.keepAlive = section.milliseconds("keep_alive_seconds") ?? result.keepAlive
        result.connections = section.number("connections", 1...10_000_000).map { Int($0) } ?? result.connections
        result.outputTokensUnderBudget =
            section.number("output_tokens_under_budget", 1...10_000_000) ?? result.outputTokensUnderBudget
        let perKey = section.section("per_key")
        perKey.allow(rateKeys)
        result.perKey = rates(perKey)
        return result
    }

    private static let rateKeys = ["requests_per_minute", "tokens_per_minute", "concurrent_requests"]

    private static func rates(_ section: InputSection) -> RateLimits {
        RateLimits(
            requestsPerMinute: section.number("requests_per_minute", 1...1_000_000_000),
            tokensPerMinute: section.number("tokens_per_minute", 1...1_000_000_000_000),
            concurrentRequests: section.number("concurrent_requests", 1...1_000_000))
    }

    static func budgets(_ root: InputSection) -> [Budget] {
        var seen: Set<String> = []
        return root.sections("budgets").compactMap { section in
            section.allow(["scope", "limit", "per", "time_zone", "enforcement", "webhook"])
            guard let scope = scope(section), let limit = amount(section), let period = period(section) else {
                return nil
            }
            let name = "\(scope.text)\n\(period.text)"
            if !seen.insert(name).inserted {
                section.complain("scope", "there are two budgets of this scope and period")
            }
            let zone = section.text("time_zone") ?? "UTC"
            if !BudgetCalendar.knows(timeZone: zone) {
                section.complain("time_zone", "\"\(zone)\" is not known; write for example Europe/Berlin")
            }
            return Budget(
                id: "bud_file_" + ByteHash.hash(name).hexadecimalText, scope: scope, limit: limit, period: period,
                timeZone: zone,
                enforcement: section.choice("enforcement", BudgetEnforcement.self) ?? .hard,
                webhook: section.text("webhook"))
        }
    }

    private static func scope(_ section: InputSection) -> BudgetScope? {
        guard let text = section.required("scope") else { return nil }
        if BudgetScope(text) == nil {
            section.complain(
                "scope",
                "\"\(text)\" is no scope; write total, key=ID, customer=NAME, customer=*, feature=NAME or team=NAME")
        }
        return BudgetScope(text)
    }

    private static func amount(_ section: InputSection) -> NanoUSD? {
        guard let text = section.required("limit") else { return nil }
        guard let amount = NanoUSD(dollars: text), amount >= .zero else {
            section.complain("limit", "\"\(text)\" is no amount in USD")
            return nil
        }
        return amount
    }

    private static func period(_ section: InputSection) -> BudgetPeriod? {
        guard let text = section.required("per") else { return nil }
        if BudgetPeriod(text) == nil {
            section.complain("per", "\"\(text)\" is no period; write day, week, month, rolling:24h or rolling:30d")
        }
        return BudgetPeriod(text)
    }

    static func keys(_ root: InputSection) -> [VirtualKey] {
        var hashes: Set<String> = []
        return root.sections("keys").compactMap { section in
            section.allow(
                [
                    "name", "sha256", "customer", "feature", "team", "models", "customers", "features", "expires",
                ] + rateKeys)
            guard let hash = section.required("sha256")?.lowercased() else { return nil }
            guard KeyHash(hexadecimal: hash) != nil else {
                section.complain(
                    "sha256", "64 hexadecimal digits were expected: the SHA-256 of the secret, not the secret")
                return nil
            }
            if !hashes.insert(hash).inserted { section.complain("sha256", "there are two keys of this secret") }
            var key = VirtualKey(id: "key_file_" + hash.prefix(16), secretHash: hash, createdAt: Timestamp(seconds: 0))
            key.name = section.text("name")
            key.customer = section.text("customer")
            key.feature = section.text("feature")
            key.team = section.text("team")
            key.models = section.texts("models")
            key.customers = section.texts("customers")
            key.features = section.texts("features")
            key.expiresAt = section.moment("expires")
            key.limits = rates(section)
            return key
        }
    }

    static func tokenizers(_ root: InputSection) -> [TokenizerFile] {
        root.sections("tokenizers").compactMap { section in
            section.allow(["model", "file", "encoding"])
            guard let model = section.required("model"), let file = section.required("file") else { return nil }
            return TokenizerFile(model: model, path: file, encoding: section.text("encoding"))
        }
    }
}
