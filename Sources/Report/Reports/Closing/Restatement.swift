package import Domain
package import Ledger
package import Pricing

/// How a closed month's figures have changed since.
package struct Restatement: Sendable, Hashable {
    /// A provider, or all of them.
    package struct Row: Sendable, Hashable {
        /// The provider.
        package let name: String
        /// As closed; zeros where the provider was not there.
        package let closed: ClosedMonth.Provider
        /// As the ledger has it now; zeros where it is gone.
        package let now: ClosedMonth.Provider

        /// Now less then.
        package var difference: NanoUSD { now.realized - closed.realized }
        /// Calls that came in after the close; negative for those that went.
        package var callsAdded: Int64 { now.calls - closed.calls }
        var isChanged: Bool { now != closed }
    }

    /// The month as it was closed.
    package let closed: ClosedMonth
    /// The providers, by name.
    package let rows: [Row]
    /// The price book's version now.
    package let priceBook: String

    /// Compares.
    init(_ closed: ClosedMonth, now: [ClosedMonth.Provider], priceBook: String) {
        (self.closed, self.priceBook) = (closed, priceBook)
        let then = Dictionary(closed.providers.map { ($0.name, $0) }) { first, _ in first }
        let current = Dictionary(now.map { ($0.name, $0) }) { first, _ in first }
        rows = Set(then.keys).union(current.keys).sorted().map { name in
            Row(name: name, closed: then[name] ?? .none(name), now: current[name] ?? .none(name))
        }
    }

    /// All providers.
    package var total: Row {
        Row(name: "all", closed: .sum(rows.map(\.closed)), now: .sum(rows.map(\.now)))
    }

    /// Whether anything has changed.
    package var isChanged: Bool { rows.contains(where: \.isChanged) }

    /// Why a row has changed, as far as it is known; empty where it has not.
    func reasons(_ row: Row) -> [String] {
        guard row.isChanged else { return [] }
        var reasons: [String] = []
        if row.callsAdded > 0 { reasons.append("records added later: \(row.callsAdded)") }
        if row.callsAdded < 0 { reasons.append("records gone: \(-row.callsAdded)") }
        let priced = row.closed.unpriced - row.now.unpriced
        if priced > 0, row.callsAdded >= 0 { reasons.append("records that got a price: \(priced)") }
        if priceBook != closed.priceBook {
            reasons.append("price book \(priceBook), at the close \(closed.priceBook)")
        }
        return reasons.isEmpty ? ["records changed"] : reasons
    }
}

extension ClosedMonth {
    /// What a ledger has of a month now, to be closed.
    ///
    /// - Parameters:
    ///   - month: counted from January 1970.
    ///   - moment: when it is closed.
    ///   - name: who closes it.
    package static func make(
        _ ledger: any UsageLedger, month: Int64, prices: PriceBook, at moment: Timestamp, by name: String
    ) throws -> ClosedMonth {
        let rows = try SpendRows(ledger, ReportPeriod(month: month))
        return ClosedMonth(
            month: month, closedAt: moment, closedBy: name, priceBook: prices.version, providers: rows.providers)
    }
}

extension SpendRows {
    /// What each provider came to, by name.
    var providers: [ClosedMonth.Provider] {
        Dictionary(grouping: models, by: \.key.provider).map { name, models in
            let sum = models.reduce(into: UsageMeasures()) { $0 += $1.value }
            return ClosedMonth.Provider(
                name: name, baseline: NanoUSD(nanos: sum.baseline), realized: sum.cost, calls: sum.calls,
                unpriced: sum.unpricedRequests)
        }.sorted { $0.name < $1.name }
    }
}

extension ClosedMonth.Provider {
    fileprivate static func none(_ name: String) -> Self {
        Self(name: name, baseline: .zero, realized: .zero, calls: 0, unpriced: 0)
    }

    fileprivate static func sum(_ all: [Self]) -> Self {
        all.reduce(into: .none("all")) { sum, one in
            sum.baseline += one.baseline
            sum.realized += one.realized
            sum.calls += one.calls
            sum.unpriced += one.unpriced
        }
    }
}
