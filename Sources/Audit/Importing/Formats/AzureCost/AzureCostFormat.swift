internal import Domain
package import JSONScan

/// Azure's cost details, actual and amortised, under the headers of enterprise agreements and of customer agreements.
///
/// Amounts are those of the billing currency. The two exports say the same of what no commitment covers, so importing
/// both counts nothing twice.
package struct AzureCostFormat: UsageFormat {
    enum Field: Int, FormatField {
        case date, meterName, meterCategory, meterSubcategory, product, quantity, unit, cost, currency, listCost
        case chargeType, pricingModel, reservation, benefit, resource, resourceGroup
        case subscription, location, publisher, tags, invoice, exchangeRate, exchangeDate, pricingCurrency, costUSD
    }

    package let name = "azure-cost"
    package let title = "Azure cost details, ActualCost and AmortizedCost (CSV)"
    package let plan = FieldPlan(Self.fields)

    private static let fields: [(field: Field, names: [String])] = [
        (.date, ["Date", "UsageDateTime"]), (.meterName, ["MeterName"]), (.meterCategory, ["MeterCategory"]),
        (.meterSubcategory, ["MeterSubCategory"]), (.product, ["Product", "ProductName"]), (.quantity, ["Quantity"]),
        (.unit, ["UnitOfMeasure"]),
        (.cost, ["CostInBillingCurrency", "Cost", "PreTaxCost"]),
        (.currency, ["BillingCurrency", "BillingCurrencyCode", "Currency"]), (.listCost, ["PaygCostInBillingCurrency"]),
        (.chargeType, ["ChargeType"]), (.pricingModel, ["PricingModel"]), (.reservation, ["ReservationId"]),
        (.benefit, ["BenefitId"]), (.resource, ["ResourceId", "InstanceId", "InstanceName"]),
        (.resourceGroup, ["ResourceGroup", "ResourceGroupName"]),
        (.subscription, ["SubscriptionId", "SubscriptionGuid"]), (.location, ["ResourceLocation"]),
        (.publisher, ["PublisherName"]), (.tags, ["Tags"]), (.invoice, ["InvoiceId"]),
        (.exchangeRate, ["ExchangeRatePricingToBilling", "ExchangeRate"]), (.exchangeDate, ["ExchangeRateDate"]),
        (.pricingCurrency, ["PricingCurrency"]), (.costUSD, ["CostInUsd"]),
    ]

    /// Creates the format.
    package init() {}

    package func recognises(_ sample: FormatSample) -> Bool {
        sample.has("MeterName", "MeterCategory") && sample.hasAny("Cost", "CostInBillingCurrency", "PreTaxCost")
    }

    package func read(_ row: FieldRow, into builder: inout RecordBuilder) throws(RowProblem) {
        guard let day = try row.day(Field.date.slot, "Date") else {
            throw RowProblem("no_period", "The row has no Date.")
        }
        let names = AzureNames(row: row)
        var total = ControlTotal(authority: .bill, source: name, period: Period(day: day.day), provider: "azure")
        total.service = row.string(Field.meterCategory.slot)
        total.isAI = names.isAI
        total.currency = row.string(Field.currency.slot)?.uppercased() ?? "USD"
        total.row = row.hash
        try AzureCharge(row: row).read(into: &total, &builder)
        if total.isAI {
            names.read(into: &total)
            readUsage(row, names, &total, &builder)
        }
        builder.batch.controlTotals.append(total)
    }

    /// The model and the class of tokens are only in the meter's name.
    private func readUsage(
        _ row: FieldRow, _ names: AzureNames, _ total: inout ControlTotal, _ builder: inout RecordBuilder
    ) {
        guard total.dimensions[ChargeCategory.dimension] == ChargeCategory.usage.rawValue, let text = names.meter else {
            return
        }
        let meter = builder.meter(text, .azure, product: names.product)
        total.take(meter)
        guard case .understood(let reading) = meter, case .tokens(let stated)? = reading.unit,
            reading.tier != .provisioned, let quantity = row.decimal(Field.quantity.slot)
        else { return }
        // The column of units is what quantities are counted in; the meter's name repeats it where it is a million.
        guard let block = MeterQuantity.block(row.string(Field.unit.slot)) ?? stated else {
            builder.note(
                "unknown_unit",
                "A line charges for tokens in a unit that is not known; its amount counts, its tokens do not.")
            return
        }
        guard let tokens = MeterQuantity.tokens(quantity, per: block), let usage = reading.usage(tokens) else { return }
        total.usage = usage
    }
}
