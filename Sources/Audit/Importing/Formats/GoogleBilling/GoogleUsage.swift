internal import Domain

/// The tokens that a row of Google's billing export charges for. The model and the class of tokens are only in the
/// SKU's description.
struct GoogleUsage {
    let row: FieldRow
    let names: GoogleNames

    private typealias Field = GoogleBillingFormat.Field

    func read(into total: inout ControlTotal, _ builder: inout RecordBuilder) throws(RowProblem) {
        guard total.dimensions[ChargeCategory.dimension] == ChargeCategory.usage.rawValue, !names.sku.isEmpty else {
            return
        }
        let meter = builder.meter(names.sku, names.dialect)
        total.take(meter)
        guard case .understood(let reading) = meter, let amount = row.decimal(Field.amount.slot) else { return }
        // Google calls tokens `requests` or `count`, so its units say only what is not tokens.
        guard isCount, reading.isOfTokens, let tokens = MeterQuantity.tokens(amount, per: 1),
            let usage = reading.usage(tokens)
        else { return }
        total.usage = usage
    }

    /// Whether the unit counts pieces; storage and capacity are measured in time.
    private var isCount: Bool {
        guard let unit = row.string(Field.unit.slot)?.lowercased() else { return true }
        return unit != "h" && unit != "mo" && !Self.otherUnits.contains { unit.hasPart($0) }
    }

    private static let otherUnits: [StaticString] = ["second", "hour", "month", "byte", "character"]
}

extension MeterReading {
    /// Whether the meter charges for tokens: by saying so, or by saying nothing else.
    fileprivate var isOfTokens: Bool {
        if case .tokens? = unit { return tier != .provisioned }
        return unit == nil && tier != .provisioned
    }
}
