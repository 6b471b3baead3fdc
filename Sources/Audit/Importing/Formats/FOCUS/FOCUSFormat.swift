internal import Domain
package import JSONScan

/// Bills in the FinOps Open Cost and Usage Specification, 1.0 to the drafts of 1.5. Every row is a control total.
package struct FOCUSFormat: UsageFormat {
    enum Field: Int, FormatField {
        case billed, effective, list, contracted, currency, periodStart, periodEnd
        case serviceProvider, provider, publisher, issuer, host, service, serviceCategory, chargeCategory
        case sku, skuMeter, skuDetails, region, subAccount, consumer, consumedQuantity, consumedUnit
        case pricingQuantity, pricingUnit
    }

    package let name = "focus"
    package let title = "FOCUS bills (1.0 to 1.5 draft) as CSV"
    package let plan = FieldPlan(Self.fields)

    private static let fields: [(field: Field, names: [String])] = [
        (.billed, ["BilledCost"]), (.effective, ["EffectiveCost"]), (.list, ["ListCost"]),
        (.contracted, ["ContractedCost"]), (.currency, ["BillingCurrency"]), (.periodStart, ["ChargePeriodStart"]),
        (.periodEnd, ["ChargePeriodEnd"]), (.serviceProvider, ["ServiceProviderName"]), (.provider, ["ProviderName"]),
        (.publisher, ["PublisherName"]), (.issuer, ["InvoiceIssuerName", "InvoiceIssuer"]),
        (.host, ["HostProviderName"]), (.service, ["ServiceName"]), (.serviceCategory, ["ServiceCategory"]),
        (.chargeCategory, ["ChargeCategory"]), (.sku, ["SkuId"]), (.skuMeter, ["SkuMeter", "x_SkuMeter"]),
        (.skuDetails, ["SkuPriceDetails", "x_SkuPriceDetails", "x_SkuDetails"]), (.region, ["RegionId", "Region"]),
        (.subAccount, ["SubAccountId"]), (.consumer, ["ConsumerId", "x_ConsumerId"]),
        (.consumedQuantity, ["ConsumedQuantity", "UsageQuantity"]), (.consumedUnit, ["ConsumedUnit", "UsageUnit"]),
        (.pricingQuantity, ["PricingQuantity"]), (.pricingUnit, ["PricingUnit"]),
    ]

    private static let dimensions: [(name: String, field: Field)] = [
        ("charge_category", .chargeCategory), ("sku", .sku), ("region", .region), ("sub_account", .subAccount),
        ("consumer", .consumer), ("host_provider", .host),
    ]

    /// Creates the format.
    package init() {}

    package func recognises(_ sample: FormatSample) -> Bool { sample.has("BilledCost", "ChargePeriodStart") }

    package func read(_ row: FieldRow, into builder: inout RecordBuilder) throws(RowProblem) {
        guard let start = try row.timestamp(Field.periodStart.slot, "ChargePeriodStart"),
            let end = try row.timestamp(Field.periodEnd.slot, "ChargePeriodEnd")
        else { throw RowProblem("no_period", "The row has no ChargePeriodStart or no ChargePeriodEnd.") }
        let names = FOCUSNames(row: row)
        let details = row.tree(Field.skuDetails.slot) ?? .null
        var total = ControlTotal(
            authority: .bill, source: name, period: Period(start: start, end: end), provider: names.provider)
        total.service = row.string(Field.service.slot)
        total.model = details.firstText(["ModelId", "x_ModelId"])
        total.isAI = names.isAI
        for (name, field) in Self.dimensions { total.dimensions[name] = row.string(field.slot) }
        if let currency = row.string(Field.currency.slot) { total.currency = currency.uppercased() }
        total.billed = try amount(.billed, "BilledCost", row, &builder)
        total.effective = try amount(.effective, "EffectiveCost", row, &builder)
        total.list = try amount(.list, "ListCost", row, &builder)
        total.contracted = try amount(.contracted, "ContractedCost", row, &builder)
        if let usage = FOCUSTokens(row: row, details: details).usage(&builder) { total.usage = usage }
        total.row = row.hash
        builder.batch.controlTotals.append(total)
    }

    /// An amount exactly as printed. Credits and corrections are negative.
    private func amount(
        _ field: Field, _ column: String, _ row: FieldRow, _ builder: inout RecordBuilder
    ) throws(RowProblem) -> BilledAmount? {
        if row.isMissing(field.slot) { return nil }
        guard let decimal = row.decimal(field.slot), let picos = decimal.units(scale: 12) else {
            throw RowProblem("bad_amount", "\(column) is not an amount.")
        }
        guard picos.units.magnitude < 1_000_000_000_000_000_000_000_000_000 else {
            throw RowProblem("implausible_amount", "\(column) is above 10^15; the row is taken for damage.")
        }
        if !picos.isExact {
            builder.note("inexact_amount", "An amount has more than 12 decimals; it was rounded half to even.")
        }
        return BilledAmount(picos: picos.units)
    }
}
