internal import Domain
internal import JSONScan

/// A row of LiteLLM's table of keys, as our own files write it.
struct LiteLLMKey {
    /// `sha256: …`, `name: …` and so on.
    private(set) var parts: [String]
    /// What the key had beside.
    private(set) var notes: [String] = []

    /// Why a key cannot be taken over.
    struct Gap: Error { let reason: String }

    /// Columns that limit or describe a key in ways that there are none of here.
    private static let lost = [
        "user_id", "budget_id", "model_max_budget", "budget_limits", "permissions", "allowed_routes", "aliases",
        "config",
        "router_settings", "tpd_limit", "object_permission_id", "organization_id", "project_id", "budget_fallbacks",
        "policies", "access_group_ids",
    ]

    /// Reads a row.
    ///
    /// - Throws: ``Gap`` where the key must not be used, or what limits it is not understood.
    init(_ row: JSONValue, hash: String, groups: [String: [String]]) throws(Gap) {
        guard row["blocked"]?.isTrue != true else { throw Gap(reason: "it is blocked") }
        parts = ["sha256: \(YAMLText.quoted(hash))"]
        let metadata = Self.object(row["metadata"])
        // A user of LiteLLM's owns keys; it is not whom single requests are for.
        for (key, value) in [
            ("name", row["key_alias"]?.text), ("customer", metadata["customer"]?.text), ("team", row["team_id"]?.text),
            ("feature", metadata["feature"]?.text),
        ] { if let value { parts.append("\(key): \(YAMLText.quoted(value))") } }
        try addModels(row, groups)
        if let expires = row["expires"], expires != .null {
            guard let moment = expires.text.flatMap({ Timestamp.read($0) }) else {
                throw Gap(reason: "when it expires cannot be read")
            }
            parts.append("expires: \(YAMLText.quoted(moment.rfc3339))")
        }
        try addLimits(row)
        let lost = Self.lost.filter { !Self.isEmpty(row[$0]) && !($0 == "budget_id" && row["max_budget"]?.text != nil) }
        if !lost.isEmpty { notes.append("\(lost.joined(separator: ", ")): there is no counterpart") }
        if let spend = row["spend"]?.text.flatMap({ NanoUSD(dollars: $0) }), spend > .zero,
            row["max_budget"]?.text != nil
        {
            notes.append("what it has spent, \(spend.decimalText) USD: its budget begins anew")
        }
    }

    private mutating func addModels(_ row: JSONValue, _ groups: [String: [String]]) throws(Gap) {
        let named = (row["models"]?.elements ?? []).compactMap(\.text)
        if named.contains("no-default-models") {
            throw Gap(reason: "it may call no model but those of its user or team")
        }
        let isOfTeam = row["team_id"]?.text != nil && (named.isEmpty || named.contains("all-team-models"))
        if isOfTeam || named.contains("all-team-models") {
            notes.append("its team's models: it may call all; list them under models")
        }
        if named.contains("all-proxy-models") || named.contains("all-team-models") { return }
        let models = named.flatMap { groups[$0] ?? [$0] }
        if !models.isEmpty { parts.append("models: \(YAMLText.list(models))") }
    }

    private mutating func addLimits(_ row: JSONValue) throws(Gap) {
        for (key, other) in [
            ("requests_per_minute", "rpm_limit"), ("tokens_per_minute", "tpm_limit"),
            ("concurrent_requests", "max_parallel_requests"),
        ] {
            guard let value = row[other] ?? row["litellm_budget_table"]?[other], value != .null else { continue }
            guard let number = value.integer, number > 0 else { throw Gap(reason: "its \(other) allows nothing") }
            parts.append("\(key): \(number)")
        }
    }

    /// An object, also one that a dump has as a text.
    private static func object(_ value: JSONValue?) -> JSONValue {
        guard case .string(let text)? = value else { return value ?? .null }
        return (try? JSONValue.parse(text)) ?? .null
    }

    private static func isEmpty(_ value: JSONValue?) -> Bool {
        guard let value, value != .null else { return true }
        let found = object(value) == .null ? value : object(value)
        return found.text == nil && found.members.isEmpty && found.elements.isEmpty && !found.isTrue
    }
}
