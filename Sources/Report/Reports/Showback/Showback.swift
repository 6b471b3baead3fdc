package import Domain
package import Ledger

/// What each team's or customer's use cost, its share of what belongs to nobody included.
package struct Showback: Sendable {
    /// A team or a customer.
    package struct Row: Sendable, Hashable {
        /// Its name; `nil` for what belongs to nobody.
        package let team: String?
        /// Its cost centre, where a rule names one.
        package let costCenter: String?
        /// Requests of its own.
        package let requests: Int64
        /// Cost of its own.
        package let direct: NanoUSD
        /// Its part of the shared cost.
        package let shared: NanoUSD

        /// What it is charged.
        package var total: NanoUSD { direct + shared }
    }

    /// The teams or customers, the dearest first; nobody last.
    package let rows: [Row]
    /// Who is charged.
    package let payers: ShowbackRules.Payers
    /// How shared cost was shared: the rules' names in the order of the file; `none` where there is none.
    package let rule: String

    private static let dimensions: [LedgerDimension] = [.team, .feature, .customer, .model, .provider, .credential]

    /// Charges a period.
    package init(_ ledger: any UsageLedger, in period: Period, rules: ShowbackRules) throws {
        let spans = try Self.sums(ledger, in: period, rules)
        var own: [ShowbackOwner: UsageMeasures] = [:]
        var (parts, left) = ([ShowbackOwner: NanoUSD](), NanoUSD.zero)
        for (number, sums) in spans.sorted(by: { $0.key < $1.key }) {
            let shared = sums.shared(by: rules.shared.indices.contains(number) ? rules.shared[number] : nil)
            own.merge(sums.own) { sum, more in
                var sum = sum
                sum += more
                return sum
            }
            parts.merge(shared.parts, uniquingKeysWith: +)
            left += shared.left
        }
        let owners = Set(own.keys).union(parts.keys).filter { $0.name != nil }
        let charged = owners.map { Self.row($0, own[$0] ?? UsageMeasures(), shared: parts[$0] ?? .zero) }
        let requests = own.filter { $0.key.name == nil }.values.reduce(0) { $0 + $1.requests }
        let isKept = rules.shared.allSatisfy { $0.method == .none } || charged.isEmpty
        let nobody = left != .zero || requests > 0 && isKept
        rows =
            charged.sorted(by: Self.comesBefore)
            + (nobody ? [Row(team: nil, costCenter: nil, requests: requests, direct: left, shared: .zero)] : [])
        payers = rules.payers
        let names = rules.shared.map(\.method.rawValue)
        rule = names.isEmpty ? SharedCostRule.Method.none.rawValue : names.joined(separator: ", ")
    }

    /// The sums while each rule for shared cost holds, by its number; -1 for the days of none.
    private static func sums(
        _ ledger: any UsageLedger, in period: Period, _ rules: ShowbackRules
    ) throws -> [Int: ShowbackSums] {
        var spans: [Int: ShowbackSums] = [:]
        // Without rules the names that records have are enough, and roll-ups know those.
        let names = rules.rules.isEmpty ? [rules.payers == .teams ? .team : LedgerDimension.customer] : dimensions
        for row in try ledger.rows(for: LedgerQuery(period: period, by: names, grain: .day)) {
            let value = { (name: LedgerDimension) in names.firstIndex(of: name).flatMap { row.values[$0] } }
            let day = row.start ?? period.start
            let owner = rules.owner(
                ShowbackRow(
                    day: day, team: value(.team), feature: value(.feature), customer: value(.customer),
                    model: value(.model), provider: value(.provider), credential: value(.credential)))
            spans[rules.sharing(on: day) ?? -1, default: ShowbackSums()].add(
                row.measures, of: ShowbackOwner(name: owner.team, costCenter: owner.costCenter))
        }
        for (day, amount) in rules.costs.flatMap({ $0.days(in: period) }) {
            spans[rules.sharing(on: day) ?? -1, default: ShowbackSums()].add(amount)
        }
        return spans
    }

    private static func row(_ owner: ShowbackOwner, _ own: UsageMeasures, shared: NanoUSD) -> Row {
        Row(
            team: owner.name, costCenter: owner.costCenter, requests: own.requests, direct: own.cost, shared: shared)
    }

    private static func comesBefore(_ a: Row, _ b: Row) -> Bool {
        if a.direct != b.direct { return a.direct > b.direct }
        return (a.team ?? "", a.costCenter ?? "") < (b.team ?? "", b.costCenter ?? "")
    }
}
