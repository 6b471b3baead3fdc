internal import Domain
internal import Inputs
internal import JSONScan

/// How cost that belongs to nobody is shared while the rule's dates hold.
struct SharedCostRule: Sendable {
    /// By what.
    enum Method: String, Sendable, CaseIterable {
        /// In proportion to what each is charged otherwise.
        case proportional
        /// Evenly among those that are charged something.
        case even
        /// By shares in the file, whether they have use or not.
        case fixed
        /// Not at all: it stays by itself.
        case none
    }

    let method: Method
    let period: Period
    /// Of ``Method/fixed``: names and weights, × 10⁻⁹.
    let shares: [(name: String, weight: Int128)]

    /// Reads `shared`: a method's name, or a list of methods with dates.
    static func read(_ root: InputSection) -> [SharedCostRule] {
        guard case .array? = root.value["shared"] else {
            let method = root.choice("shared", Method.self)
            if method == .fixed {
                root.complain("shared", "write a list: [{rule: fixed, shares: {search: 60, sales: 40}}]")
            }
            return method.map { [SharedCostRule(method: $0, period: .always, shares: [])] } ?? []
        }
        return root.sections("shared").map { section in
            section.allow(["rule", "from", "until", "shares"])
            if section.value["rule"] == nil { section.complain("rule", "it is missing") }
            let method = section.choice("rule", Method.self) ?? .none
            let shares = readShares(section.section("shares"))
            if method == .fixed, shares.isEmpty { section.complain("shares", "names with their shares were expected") }
            if method != .fixed, !shares.isEmpty { section.complain("shares", "only the rule fixed has shares") }
            return SharedCostRule(method: method, period: section.dates ?? .always, shares: shares)
        }
    }

    private static func readShares(_ section: InputSection) -> [(name: String, weight: Int128)] {
        guard case .object(let members) = section.value else {
            if section.value != .null { section.complain(nil, "names with their shares were expected") }
            return []
        }
        return members.compactMap { member in
            guard let units = member.value.text.flatMap({ ExactDecimal($0) })?.units(scale: 9)?.units, units > 0,
                units <= 1_000_000_000_000_000_000
            else {
                section.complain(member.key, "a share above 0 was expected")
                return nil
            }
            return (member.key, units)
        }
    }

    /// The part of each row, in their order.
    ///
    /// - Parameter costs: each row's own cost while the rule holds.
    /// - Returns: parts that sum to the amount; `nil` where it cannot be shared.
    func parts(of amount: NanoUSD, among costs: [NanoUSD]) -> [NanoUSD]? {
        switch method {
        case .proportional: amount.split(by: costs.map { Int128($0.nanos) })
        case .even: amount.split(by: costs.map { _ in 1 })
        case .fixed, .none: nil
        }
    }
}

/// A cost that no record has, to be shared like cost of nobody: a platform's fee, an unused commitment.
struct SharedCost: Sendable {
    let amount: NanoUSD
    /// The days that it is for; it is spread evenly over them.
    let period: Period

    /// Reads a cost; `nil` after a complaint.
    init?(_ section: InputSection) {
        section.allow(["name", "usd", "from", "until"])
        _ = section.required("name")
        for key in ["usd", "from", "until"] where section.value[key] == nil { section.complain(key, "it is missing") }
        guard let text = section.text("usd"), section.value["from"] != nil, section.value["until"] != nil,
            let period = section.dates
        else { return nil }
        guard let amount = NanoUSD(dollars: text) else {
            section.complain("usd", "an amount of dollars was expected")
            return nil
        }
        guard (1...3_660).contains(period.end.day - period.start.day) else {
            section.complain("until", "a day after from, and within ten years, was expected")
            return nil
        }
        (self.amount, self.period) = (amount, period)
    }

    /// What it comes to on each day of a period; all its days sum to it.
    func days(in wanted: Period) -> [(day: Timestamp, amount: NanoUSD)] {
        let days = period.start.day..<period.end.day
        let parts = amount.split(by: days.map { _ in 1 }) ?? []
        return zip(days, parts).map { (Timestamp.startOfDay($0), $1) }.filter { wanted.contains($0.0) }
    }
}

extension InputSection {
    /// The section's dates, open where one is absent; `nil` after a complaint.
    var dates: Period? {
        let period = Period(
            start: moment("from") ?? Period.always.start, end: moment("until") ?? Period.always.end)
        if period.start < period.end { return period }
        complain("until", "a day after from was expected")
        return nil
    }
}
