internal import Domain
internal import JSONScan
internal import Policy

/// Translates LiteLLM's budgets and keys. What would let a caller do more than before is not guessed: such a key is
/// left out.
struct LiteLLMGovernance {
    private let groups: [String: [String]]
    private var timeZone: String?
    private var budgets: [String] = []
    private var keys: [String] = []
    private var hashes: Set<String> = []
    private var needsKeys = false
    private(set) var notes: [String] = []

    /// - Parameter groups: the models in each access group, which keys may name instead of models.
    init(groups: [String: [String]]) { self.groups = groups }

    /// The proxy's own budgets.
    mutating func add(settings: JSONValue) {
        if let zone = settings["timezone"]?.text {
            if BudgetCalendar.knows(timeZone: zone) {
                timeZone = zone
            } else {
                notes.append("timezone: \(zone) is not known")
            }
        }
        if let limit = settings["max_budget"]?.text {
            // To LiteLLM a proxy's budget of nothing is none.
            if NanoUSD(dollars: limit) == .zero {
                notes.append("max_budget: 0 limits nothing in LiteLLM")
            } else {
                addBudget("total", limit, settings["budget_duration"]?.text)
            }
        }
        if let limit = settings["max_end_user_budget"]?.text { addBudget("customer=*", limit, nil) }
    }

    /// What concerns the proxy itself.
    mutating func add(general: JSONValue) {
        for member in general.members {
            guard member.key == "master_key" else {
                notes.append("general_settings.\(member.key): it has no counterpart")
                continue
            }
            needsKeys = true
            notes.append(
                "general_settings.master_key: operators use the command line or admin_token; callers get keys of their own"
            )
        }
    }

    /// A row of the table of verification tokens.
    mutating func add(key row: JSONValue) {
        needsKeys = true
        guard let hash = row["token"]?.text?.lowercased(), KeyHash(hexadecimal: hash) != nil else {
            notes.append("a key whose token is no SHA-256")
            return
        }
        let name = row["key_alias"]?.text ?? String(hash.prefix(16))
        do throws(LiteLLMKey.Gap) {
            guard hashes.insert(hash).inserted else { throw LiteLLMKey.Gap(reason: "it stands there twice") }
            let key = try LiteLLMKey(row, hash: hash, groups: groups)
            keys.append("  - {\(key.parts.joined(separator: ", "))}\n")
            for note in key.notes { notes.append("key \(name): \(note)") }
            let limit = row["max_budget"]?.text ?? row["litellm_budget_table"]?["max_budget"]?.text
            let duration = row["budget_duration"]?.text ?? row["litellm_budget_table"]?["budget_duration"]?.text
            if let limit { addBudget("key=key_file_\(hash.prefix(16))", limit, duration) }
        } catch { notes.append("key \(name): \(error.reason); the key was left out") }
    }

    private mutating func addBudget(_ scope: String, _ limit: String, _ duration: String?) {
        guard let amount = NanoUSD(dollars: limit), amount >= .zero else {
            notes.append("budget of \(scope): its limit is no amount in USD")
            return
        }
        let period = LiteLLMPeriod(duration)
        if let remark = period.remark { notes.append("budget of \(scope): \(remark)") }
        let zone = timeZone.map { ", time_zone: \(YAMLText.quoted($0))" } ?? ""
        budgets.append(
            "  - {scope: \(YAMLText.quoted(scope)), limit: \(amount.decimalText), per: \(period.text)\(zone), enforcement: hard}\n"
        )
    }

    /// Where LiteLLM asked for keys, callers still need one, even if none was taken over.
    var authentication: String { needsKeys ? "authentication: required\n" : "" }

    /// The sections `budgets` and `keys`.
    var text: String {
        (budgets.isEmpty ? "" : "budgets:\n" + budgets.joined()) + (keys.isEmpty ? "" : "keys:\n" + keys.joined())
    }
}
