internal import Domain
internal import JSONScan

/// Translates LiteLLM's budgets and keys.
struct LiteLLMGovernance {
    private var budgets: [String] = []
    private var keys: [String] = []
    var notes: [String] = []

    /// The proxy's own budget.
    mutating func add(settings: JSONValue) {
        guard let limit = settings["max_budget"]?.text else { return }
        budget("total", limit, settings["budget_duration"]?.text)
    }

    /// What concerns the proxy itself.
    mutating func add(general: JSONValue) {
        for member in general.members {
            notes.append(
                member.key == "master_key"
                    ? "general_settings.master_key: operators use the command line or admin_token; callers get keys of their own"
                    : "general_settings.\(member.key): it has no counterpart")
        }
    }

    /// A row of the table of verification tokens.
    mutating func add(key row: JSONValue) {
        guard let hash = row["token"]?.text?.lowercased(), KeyHash(hexadecimal: hash) != nil else {
            notes.append("a key whose token is no SHA-256")
            return
        }
        let name = row["key_alias"]?.text ?? row["key_name"]?.text
        guard row["blocked"]?.isTrue != true else {
            notes.append("key \(name ?? String(hash.prefix(16))): it is blocked")
            return
        }
        var parts = ["sha256: \(hash)"]
        for (key, value) in [
            ("name", name), ("customer", row["user_id"]?.text), ("team", row["team_id"]?.text),
            ("feature", row["metadata"]?["feature"]?.text),
        ] { if let value { parts.append("\(key): \(YAMLText.quoted(value))") } }
        let models = (row["models"]?.elements ?? []).compactMap(\.text).filter { !$0.hasPrefix("all-") }
        if !models.isEmpty { parts.append("models: \(YAMLText.list(models))") }
        if let expires = row["expires"]?.text, let moment = Timestamp.read(expires) {
            parts.append("expires: \(moment.dateText)")
        }
        for (key, other) in [
            ("requests_per_minute", "rpm_limit"), ("tokens_per_minute", "tpm_limit"),
            ("concurrent_requests", "max_parallel_requests"),
        ] { if let value = row[other]?.integer { parts.append("\(key): \(value)") } }
        keys.append("  - {\(parts.joined(separator: ", "))}\n")
        if let limit = row["max_budget"]?.text {
            budget("key=key_file_\(hash.prefix(16))", limit, row["budget_duration"]?.text)
        }
    }

    private mutating func budget(_ scope: String, _ limit: String, _ duration: String?) {
        guard let period = Self.period(duration) else {
            notes.append("budget of \(scope): the duration \(duration ?? "") is not understood")
            return
        }
        if duration == nil { notes.append("budget of \(scope): it had no duration; it is taken for one of a month") }
        budgets.append("  - {scope: \(YAMLText.quoted(scope)), limit: \(limit), per: \(period), enforcement: hard}\n")
    }

    /// `24h`, `7d`, `30d` roll; `1mo` is a calendar month.
    private static func period(_ duration: String?) -> String? {
        guard let duration else { return "month" }
        if duration == "1mo" || duration == "monthly" { return "month" }
        guard let count = Int(duration.dropLast()), let unit = duration.last else { return nil }
        let text: String? =
            switch unit {
            case "d": "rolling:\(count)d"
            case "h": "rolling:\(count)h"
            case "m" where count % 60 == 0: "rolling:\(count / 60)h"
            case "s" where count % 3_600 == 0: "rolling:\(count / 3_600)h"
            default: nil
            }
        return text.flatMap { BudgetPeriod($0) == nil ? nil : $0 }
    }

    /// The sections `budgets` and `keys`.
    var text: String {
        (budgets.isEmpty ? "" : "budgets:\n" + budgets.joined()) + (keys.isEmpty ? "" : "keys:\n" + keys.joined())
    }
}
