import Documents
import Domain
import JSONScan
import Ledger
import Pricing

/// A ledger as a FOCUS 1.2 bill: a row for each day, model, tier and class of tokens, with the AI details that the newer
/// drafts name in `SkuPriceDetails`.
struct FOCUSExport {
    let account: String
    let book: PriceBook

    /// What the rows of one sum have in common.
    private struct Service {
        let provider: String
        let model: String
        let tier: String?
        let day: Timestamp
        let sums: UsageMeasures
    }

    /// The rows of a period, header first. What lies at no known time is on no bill.
    func rows(of ledger: any UsageLedger, in period: Period) throws -> String {
        let sums = try ledger.rows(
            for: LedgerQuery(period: period, by: [.provider, .model, .serviceTier], grain: .day))
        let ordered = sums.filter { $0.start?.isKnown ?? false }.sorted { a, b in
            (a.start?.microseconds ?? 0, a.values.map { $0 ?? "" }.joined(separator: "\n"))
                < (b.start?.microseconds ?? 0, b.values.map { $0 ?? "" }.joined(separator: "\n"))
        }
        return CSVRenderer.row(FOCUSColumns.all) + ordered.flatMap { rows(of: $0) }.joined()
    }

    /// The rows of one sum: its cost is parted by list prices, and the parts sum to it exactly.
    private func rows(of sum: LedgerRow) -> [String] {
        guard let day = sum.start else { return [] }
        let service = Service(
            provider: sum.values[0] ?? "unknown", model: sum.values[1] ?? "unknown", tier: sum.values[2], day: day,
            sums: sum.measures)
        let answer = book.price(provider: service.provider, model: service.model, tier: service.tier, at: day)
        let rates = (try? answer.get())?.rates.base
        let meters = FOCUSMeter.of(sum.measures)
        let weights = meters.map { meter in
            let rate = meter.rate.flatMap { rates?[keyPath: $0] } ?? rates?.input
            return Int128(sum.measures[keyPath: meter.quantity]) * Int128(rate?.picos ?? 1)
        }
        return zip(meters, sum.measures.cost.parted(by: weights)).map { meter, cost in
            row(meter, service, cost: cost, list: meter.rate.flatMap { rates?[keyPath: $0] })
        }
    }

    private func row(_ meter: FOCUSMeter, _ service: Service, cost: NanoUSD, list: PicoUSDPerToken?) -> String {
        let quantity = service.sums[keyPath: meter.quantity]
        let day = service.day
        let sku = "\(service.model)-\(meter.name.lowercased().replacing(" ", with: "-"))"
        // What a block came to: prices of contracts, long contexts and tiers are in it.
        let price = (Int128(cost.nanos) * Int128(meter.block) * 1_000)
            .dividedRoundingHalfToEven(by: Int128(max(quantity, 1))).decimalText(scale: 12)
        let listPrice = list?.perMillionText ?? price
        let listCost = list.map { (Int128(quantity) * Int128($0.picos)).decimalText(scale: 12) } ?? cost.decimalText
        let values: [String: String] = [
            "BilledCost": cost.decimalText, "BillingAccountId": account, "BillingAccountName": account,
            "BillingAccountType": "Ledger", "BillingCurrency": "USD",
            "BillingPeriodEnd": Timestamp.startOfMonth(day.month + 1).rfc3339,
            "BillingPeriodStart": Timestamp.startOfMonth(day.month).rfc3339, "ChargeCategory": "Usage",
            "ChargeDescription": "\(meter.name) of \(service.model)", "ChargeFrequency": "Usage-Based",
            "ChargePeriodEnd": Timestamp.startOfDay(day.day + 1).rfc3339, "ChargePeriodStart": day.rfc3339,
            "ConsumedQuantity": "\(quantity)", "ConsumedUnit": meter.unit, "ContractedCost": cost.decimalText,
            "ContractedUnitPrice": price, "EffectiveCost": cost.decimalText, "InvoiceIssuerName": service.provider,
            "ListCost": listCost, "ListUnitPrice": listPrice, "PricingCategory": "Standard", "PricingCurrency": "USD",
            "PricingCurrencyContractedUnitPrice": price, "PricingCurrencyEffectiveCost": cost.decimalText,
            "PricingCurrencyListUnitPrice": listPrice,
            "PricingQuantity": Int128(quantity).decimalText(scale: meter.block == 1 ? 0 : 6),
            "PricingUnit": meter.pricingUnit, "ProviderName": service.provider, "PublisherName": service.provider,
            "ServiceCategory": "AI and Machine Learning", "ServiceName": "\(service.provider) API",
            "ServiceSubcategory": "Generative AI", "SkuId": sku, "SkuMeter": meter.name,
            "SkuPriceDetails": Self.details(of: meter, service.model).compactText,
            "SkuPriceId": "\(sku)-\(ServiceTier.canonical(service.tier))",
        ]
        return CSVRenderer.row(FOCUSColumns.all.map { values[$0] ?? "" })
    }

    /// Version 1.2 knows none of these names, so each has the prefix of one's own.
    private static func details(of meter: FOCUSMeter, _ model: String) -> JSONOutput {
        var details: [JSONOutput.Member] = [.init("x_ModelId", .string(model))]
        if let direction = meter.direction { details.append(.init("x_TokenDirection", .string(direction))) }
        if let action = meter.cacheAction { details.append(.init("x_TokenCacheAction", .string(action))) }
        return .object(details)
    }
}

extension NanoUSD {
    /// Parts in proportion to weights of at least 0; the last takes what is left, so that they sum to the whole exactly.
    fileprivate func parted(by weights: [Int128]) -> [NanoUSD] {
        let whole = weights.reduce(0, +)
        // Weights of up to 63 bits: times the amount they fit into 128.
        let shift = max(65 - (whole.leadingZeroBitCount), 0)
        var left = self
        return weights.indices.map { position in
            guard position < weights.count - 1 else { return left }
            let share = whole > 0 ? Int128(nanos) * (weights[position] >> shift) / max(whole >> shift, 1) : 0
            let part = NanoUSD(nanos: Int64(share))
            left = left - part
            return part
        }
    }
}
