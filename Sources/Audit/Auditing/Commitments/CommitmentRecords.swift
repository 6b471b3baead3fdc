internal import Domain
internal import Ledger
internal import Pricing

/// A provider's records by day, model, tier and name, with the list prices of their tokens.
struct CommitmentRecords {
    /// The sums of one combination.
    struct Row {
        let day: Int64
        let model: String
        let tier: String
        let name: String?
        let measures: UsageMeasures
        private let rates: LineRates

        fileprivate init(_ row: LedgerRow, provider: String, prices: PriceBook) {
            let named = row.values[0] ?? ""
            model = prices.find(provider: provider, model: named)?.model ?? named.lowercased()
            tier = ServiceTier.canonical(row.values[1])
            (name, measures, day) = (row.values[2], row.measures, row.start?.day ?? 0)
            rates = LineRates(prices, provider: provider, model: model, day: row.start?.day ?? 0)
        }

        func tokens(_ kind: TokenClass) -> Int64 { measures[keyPath: kind.sum] }

        /// The list price, USD × 10⁻¹² a token; of a tier without one, the standard tier's.
        func rate(_ kind: TokenClass) -> Int128 { rates.list(kind, tier: tier) ?? 0 }

        func cell(_ kind: TokenClass) -> CommitmentSpread.Cell { .init(model: model, kind: kind) }
    }

    let rows: [Row]

    init(
        _ ledger: any UsageLedger, provider: String, in period: Period, by dimension: LedgerDimension, prices: PriceBook
    ) throws {
        let query = LedgerQuery(
            period: period, by: [.model, .serviceTier, dimension], grain: .day, filter: [.provider: [provider]])
        rows = try ledger.rows(for: query).map { Row($0, provider: provider, prices: prices) }
    }
}
