internal import Domain
package import Inputs
internal import JSONScan

/// Who pays for what: rules from keys, features and customers to teams, each with its dates. They apply to the past as
/// well: a rule that is written today decides last month too, where its dates say so.
package struct ShowbackRules: Sendable {
    /// How cost that belongs to nobody is shared.
    package enum Shared: String, Sendable, CaseIterable {
        /// In proportion to what each team is charged otherwise.
        case proportional
        /// Evenly.
        case even
        /// Not at all: it stays by itself.
        case none
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
    let shared: Shared

    /// No rules: the team that records name, else nobody.
    package static let none = ShowbackRules(rules: [], shared: .none)

    private init(rules: [Rule], shared: Shared) { (self.rules, self.shared) = (rules, shared) }

    /// Reads rules.
    ///
    /// - Throws: everything that is wrong, with file, line and key.
    package init(_ document: YAMLDocument) throws(RefusedInput) {
        let root = InputSection(context: InputSection.Context(document: document))
        root.allow(["rules", "shared"])
        shared = root.choice("shared", Shared.self) ?? .none
        rules = root.sections("rules").map { section in
            section.allow([
                "team", "cost_center", "from", "until", "features", "customers", "keys", "models", "providers",
            ])
            var selector = RequestSelector()
            selector.features = Set(section.texts("features"))
            selector.customers = Set(section.texts("customers"))
            selector.models = Set(section.texts("models"))
            selector.providers = Set(section.texts("providers"))
            let period = Period(
                start: section.moment("from") ?? Period.always.start, end: section.moment("until") ?? Period.always.end)
            if period.start >= period.end { section.complain("until", "a day after from was expected") }
            return Rule(
                team: section.required("team") ?? "", costCenter: section.text("cost_center"), period: period,
                selector: selector, credentials: Set(section.texts("keys")))
        }
        if rules.isEmpty { root.complain("rules", "at least one rule was expected") }
        try root.context.check()
    }

    /// The team of a day's sum; the first rule that means it, else the team that the records name.
    func owner(_ row: ShowbackRow) -> (team: String?, costCenter: String?) {
        let rule = rules.first { rule in
            rule.period.contains(row.day) && Self.means(rule.selector.features, row.feature)
                && Self.means(rule.selector.customers, row.customer) && Self.means(rule.selector.models, row.model)
                && Self.means(rule.selector.providers, row.provider) && Self.means(rule.credentials, row.credential)
        }
        return rule.map { ($0.team, $0.costCenter) } ?? (row.team, nil)
    }

    private static func means(_ names: Set<String>, _ name: String?) -> Bool {
        names.isEmpty || (name.map { names.contains($0) } ?? false)
    }
}

/// A day's records of one combination of names.
struct ShowbackRow {
    let day: Timestamp
    let team, feature, customer, model, provider, credential: String?
}
