internal import Domain

/// What a line item of AWS's report charges, by its type.
struct CURCharge {
    let row: FieldRow

    private typealias Field = CURFormat.Field

    private var type: String { row.string(Field.lineType.slot) ?? "Usage" }

    /// The category in FOCUS's words. Negotiated discounts are lines of their own in AWS's report.
    var category: ChargeCategory {
        switch type {
        case "Fee", "RIFee", "SavingsPlanUpfrontFee", "SavingsPlanRecurringFee": .purchase
        case "Tax": .tax
        case "Credit", "Refund": .credit
        case "BundledDiscount", "Discount", "EdpDiscount", "PrivateRateDiscount", "RiVolumeDiscount",
            "SavingsPlanNegation":
            .adjustment
        default: .usage
        }
    }

    /// The amounts. Billed is what the invoice adds up; effective spreads commitments over what used them.
    func read(into total: inout ControlTotal, _ builder: inout RecordBuilder) throws(RowProblem) {
        let net = try amount(.netUnblended, "line_item_net_unblended_cost", &builder)
        let unblended = try amount(.unblended, "line_item_unblended_cost", &builder)
        total.billed = net ?? unblended
        total.list = try amount(.publicCost, "pricing_public_on_demand_cost", &builder)
        total.effective = try effective(total.billed, &builder)
        if !["Usage", "Tax", "Credit"].contains(type) { total.dimensions["line_item_type"] = type }
    }

    private func effective(
        _ billed: BilledAmount?, _ builder: inout RecordBuilder
    ) throws(RowProblem) -> BilledAmount? {
        switch type {
        case "SavingsPlanCoveredUsage":
            try amount(.savingsPlanEffective, "savings_plan_savings_plan_effective_cost", &builder)
        case "DiscountedUsage": try amount(.reservationEffective, "reservation_effective_cost", &builder)
        // The negation takes back what covered usage was billed; its effective cost is in that usage.
        case "SavingsPlanNegation", "SavingsPlanUpfrontFee", "Fee": type == "Fee" ? billed : BilledAmount.zero
        case "SavingsPlanRecurringFee": try unusedSavingsPlan(&builder)
        case "RIFee":
            try amount(.unusedReservation, "reservation_unused_amortized_upfront_fee_for_billing_period", &builder)
        default: billed
        }
    }

    /// What was committed to and not used is the purchase's own effective cost.
    private func unusedSavingsPlan(_ builder: inout RecordBuilder) throws(RowProblem) -> BilledAmount? {
        guard let total = try amount(.savingsPlanTotal, "savings_plan_total_commitment_to_date", &builder),
            let used = try amount(.savingsPlanUsed, "savings_plan_used_commitment", &builder)
        else { return nil }
        return BilledAmount(picos: total.picos - used.picos)
    }

    private func amount(
        _ field: Field, _ column: String, _ builder: inout RecordBuilder
    ) throws(RowProblem) -> BilledAmount? {
        try row.billedAmount(field.slot, column, &builder)
    }
}
