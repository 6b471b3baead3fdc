/// A bill in FOCUS 1.2, in the columns that a provider of models has something to say in.
struct FOCUSBill {
    /// The part of a row that differs from charge to charge; the rest is the month's.
    private struct Row {
        var category = "Usage"
        var chargeClass = ""
        var description = ""
        /// The charge's days, from the first to before the second.
        var days: Range<Int>
        /// Billed, at list and contracted prices, in 10⁻¹² of the bill's currency.
        var billed: Int128
        var list: Int128
        var tokens: Int128?
        var sku = ""
        var details = ""
    }

    let provider: BilledProvider
    /// The provider's name as the bill has it.
    let name: String
    private let facts = SampleModel.allCases.map(\.facts)

    /// The bill's text: usage by day, and then what belongs to no day's usage.
    func text(_ accounts: MonthAccounts) -> String {
        var text = CSVText.line(Self.columns)
        for line in accounts.lines(provider) { text += CSVText.line(cells(usage(line.key, line.charge))) }
        for row in extras(accounts) { text += CSVText.line(cells(row)) }
        return text
    }

    private func usage(_ key: ChargeKey, _ charge: Charge) -> Row {
        let model = facts[key.model.rawValue].name
        return Row(
            description: "Composed: \(model), \(key.tokens.words), \(key.tier.rawValue)", days: key.day..<key.day + 1,
            billed: inCurrency(charge.billed), list: inCurrency(charge.list), tokens: charge.tokens,
            sku: "\(model)/\(key.tokens.rawValue)/\(key.tier.rawValue)", details: Self.details(model, key))
    }

    private func extras(_ accounts: MonthAccounts) -> [Row] {
        switch provider {
        case .openai: return Self.corrections
        case .mistral:
            let tax = BillExtras.tax(accounts)
            let vat = "Composed: value added tax, \(BillExtras.taxPercent) %"
            return [Row(category: "Tax", description: vat, days: 0..<SampleClock.days, billed: tax, list: tax)]
        default: return []
        }
    }

    /// A charge in error and its reversal a week later: adjustments that come to nothing.
    private static let corrections = [
        Row(
            category: "Adjustment", description: "Composed: charged in error", days: 8..<9,
            billed: BillExtras.correction, list: BillExtras.correction),
        Row(
            category: "Adjustment", chargeClass: "Correction", description: "Composed: reversal of the charge in error",
            days: 15..<16, billed: -BillExtras.correction, list: -BillExtras.correction),
    ]

    private func inCurrency(_ picos: Int128) -> Int128 {
        provider.currency == "EUR" ? ExchangeRate.euros(picos) : picos
    }

    private static func details(_ model: String, _ key: ChargeKey) -> String {
        let (direction, action) = key.tokens.direction
        let cache = action.map { ",\"x_TokenCacheAction\":\"\($0)\"" } ?? ""
        return "{\"x_ModelId\":\"\(model)\",\"x_TokenDirection\":\"\(direction)\"\(cache),"
            + "\"x_ServiceTier\":\"\(key.tier.rawValue)\"}"
    }

    // MARK: Cells

    private static let columns = [
        "BilledCost", "BillingAccountId", "BillingCurrency", "BillingPeriodStart", "BillingPeriodEnd",
        "ChargeCategory", "ChargeClass", "ChargeDescription", "ChargePeriodStart", "ChargePeriodEnd",
        "ConsumedQuantity", "ConsumedUnit", "ContractedCost", "EffectiveCost", "InvoiceId", "InvoiceIssuerName",
        "ListCost", "PricingCategory", "PricingCurrency", "PricingQuantity", "PricingUnit", "ProviderName",
        "PublisherName", "ServiceCategory", "ServiceName", "SkuId", "SkuPriceDetails", "Tags",
        "x_BillingExchangeRate", "x_BillingExchangeRateDate",
    ]

    private func cells(_ row: Row) -> [String] {
        let billed = row.billed.amountText
        let isForeign = provider.currency != "USD"
        return [
            billed, "composed", provider.currency, SampleClock.moment(0), SampleClock.moment(SampleClock.days),
            row.category, row.chargeClass, row.description, SampleClock.moment(row.days.lowerBound),
            SampleClock.moment(row.days.upperBound), row.tokens.map(String.init) ?? "",
            row.tokens == nil ? "" : "Tokens", billed, billed, "composed-2026-10", name, row.list.amountText,
            row.tokens == nil ? "" : "Standard", isForeign ? "USD" : provider.currency,
            row.tokens?.decimalText(digits: 6) ?? "", row.tokens == nil ? "" : "1000000 Tokens", name, name,
            "AI and Machine Learning", "\(name) API", row.sku, row.details, "{\"composed\":\"true\"}",
            isForeign ? ExchangeRate.perDollar : "", isForeign ? SampleClock.date(ExchangeRate.day) : "",
        ]
    }
}

extension SampleTokenClass {
    /// In words.
    var words: String {
        switch self {
        case .input: "input tokens"
        case .cacheRead: "input tokens read from the cache"
        case .cacheWrite: "input tokens written to the cache"
        case .output: "output tokens"
        }
    }

    /// The direction and what the cache does, in FOCUS's words.
    fileprivate var direction: (String, String?) {
        switch self {
        case .input: ("Input", "Uncached")
        case .cacheRead: ("Input", "Read")
        case .cacheWrite: ("Input", "Write")
        case .output: ("Output", nil)
        }
    }
}
