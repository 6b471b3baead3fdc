internal import Domain
package import JSONScan

/// AWS's Cost and Usage Report, 2.0 and the columns of its predecessor. Every line item is a control total.
///
/// A month's report is overwritten until the invoice is final, and may shrink: import a month when it has ended.
package struct CURFormat: UsageFormat {
    enum Field: Int, FormatField {
        case start, end, productCode, usageType, operation, amount, unblended, netUnblended, lineType, currency
        case account, resource, principal, entity, pricingUnit, publicCost, savingsPlanEffective, reservationEffective
        case product, productName, resourceTags, unusedReservation, savingsPlanTotal, savingsPlanUsed, invoice
    }

    package let name = "aws-cur"
    package let title = "AWS Cost and Usage Report 2.0 (CSV)"
    package let plan = FieldPlan(Self.fields)

    private static let fields: [(field: Field, names: [String])] = [
        (.start, ["line_item_usage_start_date", "lineItem/UsageStartDate"]),
        (.end, ["line_item_usage_end_date", "lineItem/UsageEndDate"]),
        (.productCode, ["line_item_product_code", "lineItem/ProductCode"]),
        (.usageType, ["line_item_usage_type", "lineItem/UsageType"]),
        (.operation, ["line_item_operation", "lineItem/Operation"]),
        (.amount, ["line_item_usage_amount", "lineItem/UsageAmount"]),
        (.unblended, ["line_item_unblended_cost", "lineItem/UnblendedCost"]),
        (.netUnblended, ["line_item_net_unblended_cost", "lineItem/NetUnblendedCost"]),
        (.lineType, ["line_item_line_item_type", "lineItem/LineItemType"]),
        (.currency, ["line_item_currency_code", "lineItem/CurrencyCode"]),
        (.account, ["line_item_usage_account_id", "lineItem/UsageAccountId"]),
        (.resource, ["line_item_resource_id", "lineItem/ResourceId"]), (.principal, ["line_item_iam_principal"]),
        (.entity, ["bill_billing_entity", "bill/BillingEntity"]), (.invoice, ["bill_invoice_id", "bill/InvoiceId"]),
        (.pricingUnit, ["pricing_unit", "pricing/unit"]),
        (.publicCost, ["pricing_public_on_demand_cost", "pricing/publicOnDemandCost"]),
        (
            .savingsPlanEffective,
            ["savings_plan_savings_plan_effective_cost", "savingsPlan/SavingsPlanEffectiveCost"]
        ),
        (.reservationEffective, ["reservation_effective_cost", "reservation/EffectiveCost"]),
        (.product, ["product"]), (.productName, ["product_product_name", "product/ProductName"]),
        (.resourceTags, ["resource_tags"]),
        (
            .unusedReservation,
            ["reservation_unused_amortized_upfront_fee_for_billing_period"]
        ),
        (.savingsPlanTotal, ["savings_plan_total_commitment_to_date"]),
        (.savingsPlanUsed, ["savings_plan_used_commitment"]),
    ]

    /// Creates the format.
    package init() {}

    package func recognises(_ sample: FormatSample) -> Bool {
        sample.has("line_item_usage_type", "line_item_unblended_cost")
            || sample.has("lineItem/UsageType", "lineItem/UnblendedCost")
    }

    package func read(_ row: FieldRow, into builder: inout RecordBuilder) throws(RowProblem) {
        guard let start = try row.timestamp(Field.start.slot, "line_item_usage_start_date") else {
            throw RowProblem("no_period", "The row has no line_item_usage_start_date.")
        }
        let end = try row.timestamp(Field.end.slot, "line_item_usage_end_date") ?? start
        let charge = CURCharge(row: row)
        let names = CURNames(row: row)
        var total = ControlTotal(
            authority: .bill, source: name, period: Period(start: start, end: end), provider: names.provider)
        total.service = names.service
        total.isAI = names.isAI
        total.currency = row.string(Field.currency.slot)?.uppercased() ?? "USD"
        total.dimensions[ChargeCategory.dimension] = charge.category.rawValue
        try charge.read(into: &total, &builder)
        total.row = row.hash
        if total.isAI {
            names.read(into: &total)
            try CURUsage(row: row, names: names).read(into: &total, &builder)
        }
        builder.batch.controlTotals.append(total)
    }
}
