internal import Domain
package import Inputs
internal import JSONScan

/// Who pays for what: rules from keys, features and customers to teams, each with its dates. They apply to the past as
/// well: a rule that is written today decides last month too, where its dates say so.
package struct ShowbackRules: Sendable {
    /// Who is charged.
    package enum Payers: String, Sendable, CaseIterable {
        case teams, customers
    }

    /// A rule.
    struct Rule: Sendable {
        let team: String
        let costCenter: String?
        let period: Period
        let selector: RequestSelector
        let credentials: Set<String>
    }

    let rules: [Rule]
    /// How cost of nobody is shared: the first that holds on a day.
    let shared: [SharedCostRule]
    /// What is shared and no record has.
    let costs: [SharedCost]
    let payers: Payers

    /// No rules: the team that records name, else nobody.
    package static let none = ShowbackRules(rules: [], shared: [], costs: [], payers: .teams)

    private init(rules: [Rule], shared: [SharedCostRule], costs: [SharedCost], payers: Payers) {
        (self.rules, self.shared, self.costs, self.payers) = (rules, shared, costs, payers)
    }

    /// Reads rules.
    ///
    /// - Throws: everything that is wrong, with file, line and key.
    package init(_ document: YAMLDocument) throws(RefusedInput) {
        let root = InputSection(context: InputSection.Context(document: document))
        root.allow(["rules", "shared", "costs", "charge"])
        payers = root.choice("charge", Payers.self) ?? .teams
        shared = SharedCostRule.read(root)
        costs = root.sections("costs").compactMap(SharedCost.init)
        rules = root.sections("rules").map(Rule.init)
        if rules.isEmpty, costs.isEmpty, root.value["charge"] == nil {
            root.complain("rules", "at least one rule was expected")
        }
        try root.context.check()
    }

    /// How cost of nobody is shared on a day; `nil` where no rule holds.
    func sharing(on day: Timestamp) -> Int? { shared.firstIndex { $0.period.contains(day) } }

    /// The team of a day's sum; the first rule that means it, else the team or customer that the records name.
    func owner(_ row: ShowbackRow) -> (team: String?, costCenter: String?) {
        let rule = rules.first { rule in
            rule.period.contains(row.day) && Self.means(rule.selector.features, row.feature)
                && Self.means(rule.selector.customers, row.customer) && Self.means(rule.selector.models, row.model)
                && Self.means(rule.selector.providers, row.provider) && Self.means(rule.credentials, row.credential)
        }
        return rule.map { ($0.team, $0.costCenter) } ?? (payers == .teams ? row.team : row.customer, nil)
    }

    private static func means(_ names: Set<String>, _ name: String?) -> Bool {
        names.isEmpty || (name.map { names.contains($0) } ?? false)
    }
}

extension ShowbackRules.Rule {
    fileprivate init(_ section: InputSection) {
        section.allow([
            "team", "cost_center", "from", "until", "features", "customers", "keys", "models", "providers",
        ])
        var selector = RequestSelector()
        selector.features = Set(section.texts("features"))
        selector.customers = Set(section.texts("customers"))
        selector.models = Set(section.texts("models"))
        selector.providers = Set(section.texts("providers"))
        self.init(
            team: section.required("team") ?? "", costCenter: section.text("cost_center"),
            period: section.dates ?? .always, selector: selector, credentials: Set(section.texts("keys")))
    }
}

/// A day's records of one combination of names.
struct ShowbackRow {
    let day: Timestamp
    let team, feature, customer, model, provider, credential: String?
}
