internal import Domain
package import JSONScan
internal import Pricing

/// Bills in the FinOps Open Cost and Usage Specification, 1.0 to the drafts of 1.5. Every row is a control total.
package struct FOCUSFormat: UsageFormat {
    enum Field: Int, FormatField {
        case billed, effective, list, contracted, currency, periodStart, periodEnd
        case serviceProvider, provider, publisher, issuer, host, service, serviceCategory, chargeCategory
        case sku, skuMeter, skuDetails, region, subAccount, consumer, consumedQuantity, consumedUnit
        case pricingQuantity, pricingUnit, cloudMeter, cloudProduct, chargeClass, commitmentStatus, pricingCategory
        case pricingCurrency, exchangeRate, exchangeDate, invoice, principal, credential
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
        (.cloudMeter, ["x_SkuMeterName", "x_UsageType", "x_SkuDescription"]),
        (.cloudProduct, ["x_SkuMeterSubcategory", "x_SkuMeterSubCategory"]), (.chargeClass, ["ChargeClass"]),
        (.commitmentStatus, ["CommitmentDiscountStatus"]), (.pricingCategory, ["PricingCategory"]),
        (.pricingCurrency, ["PricingCurrency", "x_PricingCurrency"]), (.exchangeRate, ["x_BillingExchangeRate"]),
        (.exchangeDate, ["x_BillingExchangeRateDate"]), (.invoice, ["InvoiceId", "x_InvoiceId"]),
        (.principal, ["PrincipalId", "x_PrincipalId"]), (.credential, ["CredentialId", "x_CredentialId"]),
    ]

    private static let dimensions: [(name: String, field: Field)] = [
        ("charge_category", .chargeCategory), ("sku", .sku), ("region", .region), ("sub_account", .subAccount),
        ("consumer", .consumer), ("host_provider", .host), ("charge_class", .chargeClass),
        ("commitment_status", .commitmentStatus), ("pricing_category", .pricingCategory), ("invoice", .invoice),
        ("principal", .principal), ("credential", .credential), ("pricing_currency", .pricingCurrency),
        ("exchange_rate", .exchangeRate), ("exchange_rate_date", .exchangeDate),
    ]

    /// Creates the format.
    package init() {}

    package func recognises(_ sample: FormatSample) -> Bool { sample.has("BilledCost", "ChargePeriodStart") }

    package func read(_ row: FieldRow, into builder: inout RecordBuilder) throws(RowProblem) {
        guard let start = try row.timestamp(Field.periodStart.slot, "ChargePeriodStart"),
            let end = try row.timestamp(Field.periodEnd.slot, "ChargePeriodEnd")
        else { throw RowProblem("no_period", "The row has no ChargePeriodStart or no ChargePeriodEnd.") }
        let names = FOCUSNames(row: row)
        var total = ControlTotal(
            authority: .bill, source: name, period: Period(start: start, end: end), provider: names.provider)
        total.service = row.string(Field.service.slot)
        total.isAI = names.isAI
        for (name, field) in Self.dimensions {
            if let text = row.string(field.slot) { total.dimensions[name] = text }
        }
        if let currency = row.string(Field.currency.slot) { total.currency = currency.uppercased() }
        total.billed = try row.billedAmount(Field.billed.slot, "BilledCost", &builder)
        total.effective = try row.billedAmount(Field.effective.slot, "EffectiveCost", &builder)
        total.list = try row.billedAmount(Field.list.slot, "ListCost", &builder)
        total.contracted = try row.billedAmount(Field.contracted.slot, "ContractedCost", &builder)
        total.row = row.hash
        readTokens(row, names, &total, &builder)
        builder.batch.controlTotals.append(total)
    }

    /// What tokens the row charges for: by its details, else by the meter's name that a cloud adds to it.
    private func readTokens(
        _ row: FieldRow, _ names: FOCUSNames, _ total: inout ControlTotal, _ builder: inout RecordBuilder
    ) {
        let details = row.tree(Field.skuDetails.slot) ?? .null
        total.model = details.firstText(["ModelId", "x_ModelId"])
        // A meter that names its tier says so below.
        let tier = ServiceTier.canonical(details.firstText(["ServiceTier", "x_ServiceTier"]))
        if tier != "standard" { total.dimensions["service_tier"] = tier }
        var meter: MeterReading?
        let isUsage = (total.dimensions[ChargeCategory.dimension] ?? "Usage") == ChargeCategory.usage.rawValue
        if total.isAI, isUsage, let dialect = names.dialect, let text = row.string(Field.cloudMeter.slot) {
            let result = builder.meter(text, dialect, product: row.string(Field.cloudProduct.slot))
            total.take(result)
            if case .understood(let reading) = result { meter = reading }
        }
        if let usage = FOCUSTokens(row: row, details: details, meter: meter).usage(&builder) { total.usage = usage }
    }
}
