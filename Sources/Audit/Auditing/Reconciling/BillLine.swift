internal import Domain
internal import Pricing

/// A line of a bill in one shape, in dollars.
struct BillLine {
    /// What it charges for.
    enum Charge: Hashable {
        /// Tokens of a class, and how many; no class where the line names none or several.
        case tokens(TokenClass, Int64)
        /// Usage whose tokens it does not tell.
        case usage
        /// Capacity by the hour: its own, or what a commitment pays of it.
        case capacity
        /// Anything else: `Credit`, `Tax`, `Purchase`, `Adjustment`.
        case other(String)
    }

    /// The day that it begins on, as the provider counts days.
    let day: Int64
    /// The day that it ends on.
    let lastDay: Int64
    /// The model as the price book names it.
    let model: String?
    /// The service tier as the price book names it.
    let tier: String
    /// What it charges for.
    let charge: Charge
    /// USD × 10⁻¹².
    let amount: Int128
    /// Whether the meter is that of long contexts.
    let isLongContext: Bool
    /// What it is to a commitment.
    let commitment: CommitmentPart?
    /// Spread over what used it, USD × 10⁻¹²; `nil` where the bill does not say.
    let effective: Int128?

    /// The most that a line may charge, 10¹⁵ of its currency: as much as bills are read with.
    private static let mostPicos = UInt128(1_000_000_000_000_000_000_000_000_000)

    /// Reads a total; `nil` where its currency has no rate.
    init?(_ total: ControlTotal, prices: PriceBook, rates: ExchangeRates) {
        day = total.period.start.day
        lastDay = max(day, Timestamp(microseconds: total.period.end.microseconds &- 1).day)
        guard let billed = total.billed, let usd = Self.dollars(billed, of: total, on: day, rates) else { return nil }
        amount = usd
        effective = total.effective.flatMap { Self.dollars($0, of: total, on: total.period.start.day, rates) }
        model = total.model.map { prices.find(provider: total.provider, model: $0)?.model ?? $0.lowercased() }
        tier = ServiceTier.canonical(total.dimensions["service_tier"])
        charge = Self.charge(of: total)
        isLongContext = total.dimensions["context"] == "long"
        commitment = total.commitmentPart
    }

    /// The amount in dollars, at a rate that is given, else at the bill's own: so much of its currency for one unit of the
    /// currency that it is priced in (FOCUS and the clouds state it so).
    private static func dollars(
        _ amount: BilledAmount, of total: ControlTotal, on day: Int64, _ rates: ExchangeRates
    ) -> Int128? {
        guard amount.picos.magnitude <= mostPicos else { return nil }
        if total.currency == "USD" { return amount.picos }
        if let rate = rates.rate(of: total.currency, on: day) { return rate.dollars(amount.picos) }
        guard total.dimensions["pricing_currency"].map({ $0 == "USD" }) ?? true,
            let rate = total.dimensions["exchange_rate"].flatMap({ ExactDecimal($0) }).flatMap({ ExchangeRate($0) })
        else { return nil }
        return rate.dollars(buying: amount.picos)
    }

    private static func charge(of total: ControlTotal) -> Charge {
        let category = total.dimensions["charge_category"] ?? "Usage"
        let part = total.commitmentPart
        if part == .purchase || part == .unused { return .other("Purchase") }
        guard category == "Usage" else { return .other(category) }
        let known = TokenClass.allCases.filter { total.usage[keyPath: $0.bucket].orZero > 0 }
        guard let only = known.first, known.count == 1 else {
            return part == .capacity || part == .used ? .capacity : .usage
        }
        return .tokens(only, total.usage[keyPath: only.bucket].orZero)
    }
}

extension BillLine {
    /// Tokens of the one class that it names; none where it names none.
    var tokens: Int64 {
        if case .tokens(_, let count) = charge { count } else { 0 }
    }

    /// Whether it tells how many tokens of which class.
    var tellsTokens: Bool {
        if case .tokens = charge { true } else { false }
    }

    func isAbout(_ kind: TokenClass) -> Bool {
        if case .tokens(kind, _) = charge { true } else { false }
    }
}
