internal import Domain
package import JSONScan

/// Google Cloud's billing export, as rows of BigQuery: JSON lines, or CSV with the columns spread out.
///
/// A row's credits are control totals of their own, so that what was charged and what was given back stay apart; the
/// net cost is their sum. The export promises no time of delivery: a day may grow for a while.
package struct GoogleBillingFormat: UsageFormat {
    enum Field: Int, FormatField {
        case service, sku, skuID, start, end, day, cost, listCost, currency, rate, credits, creditSum, net
        case amount, unit, pricingAmount, pricingUnit, project, region, location, invoiceMonth, costType, seller
        case transaction, labels, resource
    }

    package let name = "gcp-billing"
    package let title = "Google Cloud billing export (BigQuery rows as JSON lines or CSV)"
    package let plan = FieldPlan(Self.fields)

    private static let fields: [(field: Field, names: [String])] = [
        (.service, ["service.description", "service_description", "service"]),
        (.sku, ["sku.description", "sku_description", "sku"]), (.skuID, ["sku.id", "sku_id"]),
        (.start, ["usage_start_time"]), (.end, ["usage_end_time"]), (.day, ["day", "usage_date", "date"]),
        (.cost, ["cost", "gross"]), (.listCost, ["cost_at_list"]), (.currency, ["currency"]),
        (.rate, ["currency_conversion_rate"]), (.credits, ["credits"]),
        (.creditSum, ["credits_amount", "credit_amount", "credits_total"]), (.net, ["net", "net_cost"]),
        (.amount, ["usage.amount", "usage_amount"]), (.unit, ["usage.unit", "usage_unit"]),
        (.pricingAmount, ["usage.amount_in_pricing_units", "usage_amount_in_pricing_units"]),
        (.pricingUnit, ["usage.pricing_unit", "usage_pricing_unit"]),
        (.project, ["project.id", "project_id"]), (.region, ["location.region", "location_region"]),
        (.location, ["location.location", "location_location"]), (.invoiceMonth, ["invoice.month", "invoice_month"]),
        (.costType, ["cost_type"]), (.seller, ["seller_name"]), (.transaction, ["transaction_type"]),
        (.labels, ["labels"]), (.resource, ["resource.name", "resource_name"]),
    ]

    /// Creates the format.
    package init() {}

    package func recognises(_ sample: FormatSample) -> Bool {
        let isExport = sample.has("usage_start_time") && sample.hasAny("cost", "credits", "gross")
        let isQuery = sample.has("service", "sku") && sample.hasAny("gross", "net", "credits", "usage_unit")
        return isExport && sample.hasAny("sku", "sku.description", "sku_description", "sku.id", "sku_id") || isQuery
    }

    package func read(_ row: FieldRow, into builder: inout RecordBuilder) throws(RowProblem) {
        let names = GoogleNames(row: row)
        var total = ControlTotal(
            authority: .bill, source: name, period: try period(row), provider: names.provider)
        total.service = names.service
        total.isAI = names.isAI
        total.currency = row.string(Field.currency.slot)?.uppercased() ?? "USD"
        total.row = row.hash
        names.read(into: &total)
        let credits = try GoogleCredits(row, total, &builder)
        total.billed = try row.billedAmount(Field.cost.slot, "cost", &builder) ?? credits.grossOfNet
        total.effective = total.billed
        total.list = try row.billedAmount(Field.listCost.slot, "cost_at_list", &builder)
        total.dimensions[ChargeCategory.dimension] = names.category.rawValue
        if total.isAI { try GoogleUsage(row: row, names: names).read(into: &total, &builder) }
        builder.batch.controlTotals.append(total)
        builder.batch.controlTotals += credits.totals(of: total)
    }

    private func period(_ row: FieldRow) throws(RowProblem) -> Period {
        if let start = try row.timestamp(Field.start.slot, "usage_start_time") {
            return Period(start: start, end: try row.timestamp(Field.end.slot, "usage_end_time") ?? start)
        }
        guard let day = try row.timestamp(Field.day.slot, "day") else {
            throw RowProblem("no_period", "The row has no usage_start_time and no day.")
        }
        return Period(day: day.day)
    }
}
