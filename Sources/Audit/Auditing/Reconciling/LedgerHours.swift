internal import Domain
internal import Ledger
internal import Pricing

/// What a ledger has of one provider, by hour, model and tier: so that its days can begin when the provider's do.
struct LedgerHours {
    /// A model's tier on a day of the provider's.
    struct Key: Hashable {
        let day: Int64
        let model: String
        let tier: String
    }

    private typealias Hour = (hour: Int64, model: String, tier: String, measures: UsageMeasures)

    private let rows: [Hour]

    init(_ ledger: any UsageLedger, provider: String, in period: Period, prices: PriceBook) throws {
        let query = LedgerQuery(
            period: period, by: [.model, .serviceTier], grain: .hour, filter: [.provider: [provider]])
        rows = try ledger.rows(for: query).compactMap { row in
            guard let start = row.start else { return nil }
            let name = row.values[0] ?? ""
            let model = prices.find(provider: provider, model: name)?.model ?? name.lowercased()
            return (start.hour, model, ServiceTier.canonical(row.values[1]), row.measures)
        }
    }

    /// The sums by day, where days begin so many hours after midnight UTC.
    func days(beginningAt offset: Int64) -> [Key: UsageMeasures] { Self.days(rows, beginningAt: offset) }

    private static func days(_ rows: [Hour], beginningAt offset: Int64) -> [Key: UsageMeasures] {
        rows.reduce(into: [:]) { days, row in
            let key = Key(day: (row.hour - offset).floorDivided(by: 24), model: row.model, tier: row.tier)
            days[key, default: UsageMeasures()] += row.measures
        }
    }

    /// The sums of hours that lie on some days in UTC, and not on them where days begin so many hours later.
    func shifted(outOf days: ClosedRange<Int64>, by offset: Int64) -> [Key: UsageMeasures] {
        let outside = rows.filter { row in
            days.contains(row.hour.floorDivided(by: 24)) && !days.contains((row.hour - offset).floorDivided(by: 24))
        }
        return Self.days(outside, beginningAt: offset)
    }

    /// All tokens; `nil` where they cannot be, because a sum beyond 64 bits has wrapped.
    var tokens: Int128? {
        var tokens: Int128 = 0
        for row in rows {
            for kind in TokenClass.allCases {
                let count = row.measures[keyPath: kind.sum]
                if count < 0 { return nil }
                tokens += Int128(count)
            }
        }
        return tokens
    }

    /// All cost, USD × 10⁻¹².
    var cost: Int128 { rows.reduce(0) { $0 + Int128($1.measures.cost.nanos) * 1_000 } }

    /// The hours after midnight UTC at which days begin in the time zones where providers bill.
    static let offsets: [Int64] = [0, 5, 6, 7, 8, -1, -2, -8, -9]
}
