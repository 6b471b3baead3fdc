internal import Domain
internal import JSONScan

/// For whom a call was made, as the free metadata and tags of an export say it.
struct NamedDimensions {
    private var values: [String: String] = [:]
    private var tags: Set<String> = []

    /// Takes every text and number of an object.
    mutating func take(_ object: JSONValue?) {
        for member in object?.members ?? [] {
            guard let text = member.value.text else { continue }
            values[Self.folded(member.key)] = text
        }
    }

    /// Takes a list of tags, of which some may be of the form `feature:search` or `feature=search`.
    mutating func take(tags list: JSONValue?) {
        for tag in list?.elements ?? [] {
            guard let text = tag.text else { continue }
            take(tag: text)
        }
    }

    private mutating func take(tag: String) {
        // LiteLLM tags each call with the client's name and version: nobody groups by that.
        if tag.hasPrefix("User-Agent:") { return }
        guard let split = tag.firstIndex(where: { $0 == ":" || $0 == "=" }) else {
            tags.insert(tag)
            return
        }
        let value = tag[tag.index(after: split)...].drop { $0 == " " }
        if !value.isEmpty { values[Self.folded(String(tag[..<split]))] = String(value) }
        tags.insert("\(tag[..<split])=\(value)")
    }

    /// Fills what the record does not know yet.
    func fill(_ record: inout UsageRecord, _ builder: inout RecordBuilder) {
        if record.customer.isAbsent { record.customer = builder.term(first(Self.customerKeys)) }
        if record.feature.isAbsent { record.feature = builder.term(first(Self.featureKeys)) }
        if record.team.isAbsent { record.team = builder.term(first(["team", "team_id", "teamid", "team_name"])) }
        if record.environment.isAbsent {
            record.environment = builder.term(first(["environment", "_environment", "env", "stage", "deployment"]))
        }
        if record.session.isEmpty, let session = first(["session", "session_id", "sessionid", "conversation_id"]) {
            record.session = builder.batch.append(session)
        }
        if record.tags.isAbsent { record.tags = builder.term(tags.sorted().joined(separator: "\n")) }
    }

    private func first(_ keys: [String]) -> String? {
        for key in keys {
            if let value = values[key] { return value }
        }
        return nil
    }

    private static let customerKeys = [
        "customer", "customer_id", "customerid", "tenant", "tenant_id", "tenantid", "account", "account_id", "_user",
        "end_user", "end_user_id", "user_id", "userid", "user",
    ]

    private static let featureKeys = [
        "feature", "feature_name", "use_case", "usecase", "app", "application", "product", "workflow",
    ]

    private static func folded(_ key: String) -> String {
        var word = String(key.lowercased().map { $0 == "-" || $0 == " " ? "_" : $0 })
        for prefix in ["helicone_property_", "helicone_"] where word.hasPrefix(prefix) {
            word = String(word.dropFirst(prefix.count))
        }
        return word
    }
}
