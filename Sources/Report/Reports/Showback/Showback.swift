package import Domain
package import Ledger

/// What each team's use cost, its share of what belongs to nobody included.
package struct Showback: Sendable {
    /// A team.
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

    /// The teams, the dearest first.
    package let rows: [Row]
    /// How shared cost was shared.
    package let rule: ShowbackRules.Shared

    private static let dimensions: [LedgerDimension] = [.team, .feature, .customer, .model, .provider, .credential]

    /// Charges a period.
    package init(_ ledger: any UsageLedger, in period: Period, rules: ShowbackRules) throws {
        struct Key: Hashable {
            let team: String?
            let costCenter: String?
        }
        var sums: [Key: UsageMeasures] = [:]
        // Without rules the teams that records name are enough, and roll-ups know those.
        let names = rules.rules.isEmpty ? [LedgerDimension.team] : Self.dimensions
        for row in try ledger.rows(for: LedgerQuery(period: period, by: names, grain: .day)) {
            let values = row.values + Array(repeating: nil, count: Self.dimensions.count - row.values.count)
            let owner = rules.owner(
                ShowbackRow(
                    day: row.start ?? period.start, team: values[0], feature: values[1], customer: values[2],
                    model: values[3], provider: values[4], credential: values[5]))
            sums[Key(team: owner.team, costCenter: owner.costCenter), default: UsageMeasures()] += row.measures
        }
        rule = rules.shared
        let nobody = sums.filter { $0.key.team == nil }.values.reduce(NanoUSD.zero) { $0 + $1.cost }
        let teams = sums.filter { $0.key.team != nil }.sorted { a, b in
            a.value.cost != b.value.cost ? a.value.cost > b.value.cost : (a.key.team ?? "") < (b.key.team ?? "")
        }
        let parts = Self.parts(of: nobody, among: teams.map(\.value.cost), by: rules.shared)
        var rows = zip(teams, parts).map { team, part in
            Row(
                team: team.key.team, costCenter: team.key.costCenter, requests: team.value.requests,
                direct: team.value.cost, shared: part)
        }
        let left = nobody - parts.reduce(NanoUSD.zero, +)
        let own = sums.filter { $0.key.team == nil }.values.reduce(0) { $0 + $1.requests }
        if left != .zero || (own > 0 && parts.isEmpty) || (own > 0 && rules.shared == .none) {
            rows.append(Row(team: nil, costCenter: nil, requests: own, direct: left, shared: .zero))
        }
        self.rows = rows
    }

    /// Parts of an amount that sum to it to the nano-dollar: the last takes what rounding leaves.
    private static func parts(of amount: NanoUSD, among costs: [NanoUSD], by rule: ShowbackRules.Shared) -> [NanoUSD] {
        let sum = costs.reduce(NanoUSD.zero, +)
        guard rule != .none, !costs.isEmpty, rule == .even || sum > .zero else { return costs.map { _ in .zero } }
        var parts = costs.map { cost in
            let share = rule == .even ? 1 / Double(costs.count) : cost.dollars / sum.dollars
            return NanoUSD(nanos: Int64((Double(amount.nanos) * share).rounded()))
        }
        parts[parts.count - 1] = parts.dropLast().reduce(amount) { $0 - $1 }
        return parts
    }
}
