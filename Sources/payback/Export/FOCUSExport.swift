import Documents
import Domain
import JSONScan
import Ledger
import Pricing

/// A ledger as a FOCUS 1.2 bill: a row for each day, model, tier and class of tokens, with the AI details that the newer
/// drafts put into `SkuPriceDetails`.
struct FOCUSExport {
    static let columns = [
        "BilledCost", "BillingAccountId", "BillingAccountName", "BillingCurrency", "BillingPeriodEnd",
        "BillingPeriodStart", "ChargeCategory", "ChargeClass", "ChargeDescription", "ChargeFrequency",
        "ChargePeriodEnd",
        "ChargePeriodStart", "ConsumedQuantity", "ConsumedUnit", "ContractedCost", "ContractedUnitPrice",
        "EffectiveCost",
        "InvoiceIssuerName", "ListCost", "ListUnitPrice", "PricingCategory", "PricingCurrency", "PricingQuantity",
        "PricingUnit", "ProviderName", "PublisherName", "RegionId", "ServiceCategory", "ServiceName",
        "ServiceSubcategory",
        "SkuId", "SkuMeter", "SkuPriceDetails", "SkuPriceId", "Tags",
    ]

    let account: String
    let book: PriceBook

    /// A class of tokens: its meter, direction and cache action as the drafts name them.
    private struct TokenClass {
        let meter: String
        let direction: String
        let cacheAction: String?
        let tokens: any KeyPath<UsageMeasures, Int64> & Sendable
        let rate: any KeyPath<TokenRates, PicoUSDPerToken?> & Sendable
    }

    private static let classes = [
        TokenClass(
            meter: "Input Tokens", direction: "Input", cacheAction: "Uncached", tokens: \.uncachedInput, rate: \.input),
        TokenClass(
            meter: "Cache Read Input Tokens", direction: "Input", cacheAction: "Read", tokens: \.cacheRead,
            rate: \.cacheRead),
        TokenClass(
            meter: "Cache Write Input Tokens", direction: "Input", cacheAction: "Write", tokens: \.cacheWrite5m,
            rate: \.cacheWrite5m),
        TokenClass(
            meter: "Cache Write 1h Input Tokens", direction: "Input", cacheAction: "Write", tokens: \.cacheWrite1h,
            rate: \.cacheWrite1h),
        TokenClass(meter: "Output Tokens", direction: "Output", cacheAction: nil, tokens: \.output, rate: \.output),
    ]

    /// The rows of a period, header first.
    func rows(of ledger: any UsageLedger, in period: Period) throws -> String {
        let sums = try ledger.rows(
            for: LedgerQuery(period: period, by: [.provider, .model, .serviceTier], grain: .day))
        let ordered = sums.filter { $0.start != nil }.sorted { a, b in
            (a.start?.microseconds ?? 0, a.values.map { $0 ?? "" }.joined(separator: "\n"))
                < (b.start?.microseconds ?? 0, b.values.map { $0 ?? "" }.joined(separator: "\n"))
        }
        return CSVRenderer.row(Self.columns) + ordered.flatMap { rows(of: $0) }.joined()
    }

    /// The rows of one sum: its cost is parted by list prices, and the parts sum to it exactly.
    private func rows(of sum: LedgerRow) -> [String] {
        guard let day = sum.start else { return [] }
        let (provider, model, tier) = (sum.values[0] ?? "unknown", sum.values[1] ?? "unknown", sum.values[2])
        let answer = book.price(provider: provider, model: model, tier: tier, at: day)
        let rates = (try? answer.get())?.rates.base
        let used = Self.classes.filter { sum.measures[keyPath: $0.tokens] > 0 }
        let lists = used.map { part -> Int128 in
            let rate = rates?[keyPath: part.rate] ?? rates?.input
            return Int128(sum.measures[keyPath: part.tokens]) * Int128(rate?.picos ?? 1)
        }
        let whole = lists.reduce(0, +)
        var left = sum.measures.cost.nanos
        return used.indices.map { position in
            let isLast = position == used.count - 1
            let share = whole > 0 ? Int64(Int128(sum.measures.cost.nanos) * lists[position] / whole) : 0
            let cost = isLast ? left : share
            left -= cost
            return row(
                used[position], provider: provider, model: model, tier: tier, day: day, measures: sum.measures,
                cost: NanoUSD(nanos: cost), rate: rates?[keyPath: used[position].rate])
        }
    }

    private func row(
        _ part: TokenClass, provider: String, model: String, tier: String?, day: Timestamp, measures: UsageMeasures,
        cost: NanoUSD, rate: PicoUSDPerToken?
    ) -> String {
        let tokens = measures[keyPath: part.tokens]
        let (start, end) = (Timestamp.startOfMonth(day.month), Timestamp.startOfMonth(day.month + 1))
        let next = Timestamp(microseconds: day.microseconds + Timestamp.microsecondsPerDay)
        let list = rate.map { NanoUSD(nanos: Int64(Int128(tokens) * Int128($0.picos) / 1_000)) } ?? cost
        let sku = "\(model)-\(part.meter.lowercased().split(separator: " ").joined(separator: "-"))"
        var details: [JSONOutput.Member] = [
            .init("ModelId", .string(model)), .init("TokenDirection", .string(part.direction)),
        ]
        if let action = part.cacheAction { details.append(.init("TokenCacheAction", .string(action))) }
        let price = rate?.perMillionText ?? ""
        let values: [String: String] = [
            "BilledCost": cost.decimalText, "BillingAccountId": account, "BillingAccountName": account,
            "BillingCurrency": "USD", "BillingPeriodEnd": end.rfc3339, "BillingPeriodStart": start.rfc3339,
            "ChargeCategory": "Usage", "ChargeDescription": "\(part.meter) of \(model)",
            "ChargeFrequency": "Usage-Based",
            "ChargePeriodEnd": next.rfc3339, "ChargePeriodStart": day.rfc3339, "ConsumedQuantity": "\(tokens)",
            "ConsumedUnit": "Tokens", "ContractedCost": cost.decimalText, "ContractedUnitPrice": price,
            "EffectiveCost": cost.decimalText, "InvoiceIssuerName": provider, "ListCost": list.decimalText,
            "ListUnitPrice": price, "PricingCategory": "Standard", "PricingCurrency": "USD",
            "PricingQuantity": Int128(tokens).decimalText(scale: 6), "PricingUnit": "1000000 Tokens",
            "ProviderName": provider, "PublisherName": provider, "ServiceCategory": "AI and Machine Learning",
            "ServiceName": "\(provider) API", "ServiceSubcategory": "Generative AI", "SkuId": sku,
            "SkuMeter": part.meter,
            "SkuPriceDetails": JSONOutput.object(details).compactText,
            "SkuPriceId": "\(sku)-\(ServiceTier.canonical(tier))",
        ]
        return CSVRenderer.row(Self.columns.map { values[$0] ?? "" })
    }
}
