internal import Domain
internal import Policy

/// For whom a request is: what its key says, and within what the key allows, what its headers and body say.
struct Caller {
    var key: VirtualKey?
    var customer: String?
    var feature: String?
    var team: String?
    var session: String?
    var tags: [String] = []

    /// As budgets see it.
    var spender: Spender { Spender(key: key?.id, customer: customer, feature: feature, team: team) }

    /// The tags in the ledger's form: sorted, one per line.
    var canonicalTags: String { Set(tags).sorted().joined(separator: "\n") }
}
