internal import Domain
internal import JSONScan

/// What Google gave back on a row: each credit with its kind, or only their sum.
struct GoogleCredits {
    private var credits: [(amount: BilledAmount, name: String?, type: String?)] = []
    /// The cost before credits, where a query kept only the net cost and the credits.
    private(set) var grossOfNet: BilledAmount?

    private typealias Field = GoogleBillingFormat.Field

    init(_ row: FieldRow, _ total: ControlTotal, _ builder: inout RecordBuilder) throws(RowProblem) {
        // Most rows have an empty list.
        let list = row[Field.credits.slot].count > 2 ? row.tree(Field.credits.slot)?.elements ?? [] : []
        for credit in list {
            guard let amount = try credit.billedAmount("amount", &builder) else { continue }
            credits.append((amount, credit.firstText(["full_name", "name", "id"]), credit["type"]?.text))
        }
        guard credits.isEmpty else { return }
        let net = try row.billedAmount(Field.net.slot, "net", &builder)
        let gross = try row.billedAmount(Field.cost.slot, "cost", &builder)
        let sum = try row.billedAmount(Field.creditSum.slot, "credits_amount", &builder)
        if let sum {
            credits = [(sum, nil, nil)]
        } else if let net, let gross {
            credits = [(BilledAmount(picos: net.picos - gross.picos), nil, nil)]
        }
        if gross == nil, let net { grossOfNet = BilledAmount(picos: net.picos - (sum?.picos ?? 0)) }
        credits.removeAll { $0.amount.picos == 0 }
    }

    /// The credits as charges of a usage: they count no tokens again.
    func totals(of usage: ControlTotal) -> [ControlTotal] {
        credits.map { credit in
            var total = usage
            total.usage = .unknown
            total.requests = nil
            (total.billed, total.effective, total.list) = (credit.amount, credit.amount, nil)
            total.dimensions[ChargeCategory.dimension] = ChargeCategory.credit.rawValue
            total.dimensions["credit"] = credit.name
            total.dimensions["credit_type"] = credit.type
            return total
        }
    }
}
