internal import Domain

/// What a row of Azure's cost details charges.
///
/// Actual cost has the purchase of a reservation and nothing for what it covers; amortised cost has the reservation's
/// share in each use, what was left unused, and no purchase. A row tells which by itself.
struct AzureCharge {
    let row: FieldRow

    private typealias Field = AzureCostFormat.Field

    func read(into total: inout ControlTotal, _ builder: inout RecordBuilder) throws(RowProblem) {
        let cost = try row.billedAmount(Field.cost.slot, "Cost", &builder)
        total.dimensions[ChargeCategory.dimension] = category.rawValue
        (total.billed, total.effective) = (cost, cost)
        total.list = try row.billedAmount(Field.listCost.slot, "PaygCostInBillingCurrency", &builder)
        switch type {
        case "unusedreservation", "unusedsavingsplan":
            total.billed = .zero
            total.dimensions["commitment_status"] = "Unused"
        case "usage" where isCommitted:
            total.dimensions["commitment_status"] = "Used"
            // A share in a commitment is not billed; where there is none, the amortised export has it.
            if cost?.picos == 0 { total.effective = nil } else { total.billed = .zero }
        case "purchase" where isCommitted: total.effective = .zero
        default: break
        }
        readCurrency(into: &total)
    }

    private var type: String { (row.string(Field.chargeType.slot) ?? "Usage").lowercased() }

    private var category: ChargeCategory {
        switch type {
        case "purchase": .purchase
        case "tax": .tax
        case "refund", "credit": .credit
        case "roundingadjustment", "adjustment": .adjustment
        default: .usage
        }
    }

    /// Whether a reservation or a savings plan is behind the row.
    private var isCommitted: Bool {
        if let model = row.string(Field.pricingModel.slot)?.lowercased() {
            return model == "reservation" || model == "savingsplan"
        }
        return !row.isMissing(Field.reservation.slot) || !row.isMissing(Field.benefit.slot)
    }

    /// The rate between the currencies of prices and of the bill, where they differ.
    private func readCurrency(into total: inout ControlTotal) {
        guard let pricing = row.string(Field.pricingCurrency.slot)?.uppercased() else { return }
        total.dimensions["pricing_currency"] = pricing
        total.dimensions["exchange_rate"] = row.string(Field.exchangeRate.slot)
        total.dimensions["exchange_rate_date"] = row.string(Field.exchangeDate.slot)
        total.dimensions["cost_usd"] = row.string(Field.costUSD.slot)
    }
}
