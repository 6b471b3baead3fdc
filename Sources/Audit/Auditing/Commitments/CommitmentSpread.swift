internal import Domain
internal import Pricing

/// Which records used a commitment, and how much each bears of it.
struct CommitmentSpread {
    let lines: [BillLine]
    let records: CommitmentRecords

    /// Use by name.
    struct Use {
        let name: String?
        var tokens: Int64 = 0
        var list = NanoUSD.zero
    }

    /// The use that lines of a commitment tell of: as many of each model's tokens as they say, all where they say none.
    func uses(of lines: [BillLine], on days: ClosedRange<Int64>) -> [Use] {
        let models = Set(lines.compactMap(\.model))
        let stated = Self.tokens(lines)
        return uses(on: days) { cell, tokens in
            guard models.isEmpty || models.contains(cell.model) else { return 0 }
            return stated.isEmpty ? tokens : min(tokens, stated[cell] ?? 0)
        }
    }

    /// The use that capacity served: what records say to be of it, else what no line of the bill charges for.
    func unbilled(_ model: String?, on days: ClosedRange<Int64>) -> [Use] {
        let rows = records.rows.filter { days.contains($0.day) && ($0.model == model || model == nil) }
        if rows.contains(where: { ServiceTier.isCommitted($0.tier) }) {
            return uses(rows.filter { ServiceTier.isCommitted($0.tier) }) { _, tokens in tokens }
        }
        let charged = Self.tokens(lines.filter { days.contains($0.day) && $0.commitment == nil })
        return uses(rows) { cell, tokens in max(0, tokens - (charged[cell] ?? 0)) }
    }

    // MARK: Tokens

    /// A model's tokens of a class.
    struct Cell: Hashable {
        let model: String
        let kind: TokenClass
    }

    private static func tokens(_ lines: [BillLine]) -> [Cell: Int64] {
        lines.reduce(into: [:]) { sums, line in
            guard case .tokens(let kind, let count) = line.charge, let model = line.model else { return }
            sums[Cell(model: model, kind: kind), default: 0] += count
        }
    }

    private func uses(on days: ClosedRange<Int64>, _ covered: (Cell, Int64) -> Int64) -> [Use] {
        uses(records.rows.filter { days.contains($0.day) }, covered)
    }

    /// Sums rows by name; of a cell's tokens as many as are covered count, the same part of each row's.
    private func uses(_ rows: [CommitmentRecords.Row], _ covered: (Cell, Int64) -> Int64) -> [Use] {
        var totals: [Cell: Int64] = [:]
        for row in rows { for kind in TokenClass.allCases { totals[row.cell(kind), default: 0] += row.tokens(kind) } }
        let parts = totals.reduce(into: [Cell: Int64]()) { $0[$1.key] = covered($1.key, $1.value) }
        var uses: [String?: Use] = [:]
        for row in rows {
            for kind in TokenClass.allCases where row.tokens(kind) > 0 {
                let cell = row.cell(kind)
                guard let part = parts[cell], let total = totals[cell], part > 0 else { continue }
                let tokens = row.tokens(kind)
                var use = uses[row.name] ?? Use(name: row.name)
                use.tokens += Int64(clamping: Int128(tokens).part(part, of: total))
                let list = (Int128(tokens) * row.rate(kind)).part(part, of: total)
                use.list += NanoUSD(nanos: Int64(clamping: list.dividedRoundingHalfToEven(by: 1_000)))
                uses[row.name] = use
            }
        }
        return uses.values.sorted { ($0.name ?? "") < ($1.name ?? "") }
    }

    // MARK: Cost

    /// What has been spread so far.
    struct Parts {
        private(set) var cost = NanoUSD.zero
        private var sums: [String?: (tokens: Int64, list: NanoUSD, cost: NanoUSD)] = [:]

        /// Spreads a cost by list price; without any use it is nobody's.
        mutating func add(_ cost: NanoUSD, over uses: [Use]) {
            self.cost += cost
            guard let parts = cost.split(by: uses.map { Int128($0.list.nanos) }) else {
                if cost != .zero { take(Use(name: nil), cost) }
                return
            }
            for (use, part) in zip(uses, parts) { take(use, part) }
        }

        private mutating func take(_ use: Use, _ cost: NanoUSD) {
            let sum = sums[use.name] ?? (0, .zero, .zero)
            sums[use.name] = (sum.tokens + use.tokens, sum.list + use.list, sum.cost + cost)
        }

        /// By name, the dearest first.
        var shares: [CommitmentUse.Share] {
            sums.map { .init(name: $0.key, tokens: $0.value.tokens, list: $0.value.list, cost: $0.value.cost) }
                .sorted { $0.cost != $1.cost ? $0.cost > $1.cost : ($0.name ?? "") < ($1.name ?? "") }
        }
    }
}
