internal import Domain

/// The tokens that a line item of AWS's report charges for.
struct CURUsage {
    let row: FieldRow
    let names: CURNames

    private typealias Field = CURFormat.Field

    func read(into total: inout ControlTotal, _ builder: inout RecordBuilder) throws(RowProblem) {
        guard let usageType = row.string(Field.usageType.slot) else { return }
        let isUsage = total.dimensions[ChargeCategory.dimension] == ChargeCategory.usage.rawValue
        // Taxes and credits repeat a usage type or have none: what they are is their category.
        guard isUsage else { return }
        let meter = builder.meter(usageType, .bedrock, product: names.modelOfProduct)
        total.take(meter)
        if total.model == nil, let model = names.modelOfResource { total.model = builder.bookModel(model, .bedrock) }
        guard case .understood(let reading) = meter, let amount = row.decimal(Field.amount.slot) else { return }
        guard let block = block(reading, usageType, &builder), let tokens = MeterQuantity.tokens(amount, per: block),
            let usage = reading.usage(tokens)
        else { return }
        total.usage = usage
    }

    /// Tokens per unit of the line: the bill's own unit, else what AWS documents for the kind of usage type.
    private func block(_ reading: MeterReading, _ usageType: String, _ builder: inout RecordBuilder) -> Int64? {
        guard case .tokens? = reading.unit, reading.tier != .provisioned else { return nil }
        let unit = row.string(Field.pricingUnit.slot)
        let isMarketplace = usageType.hasPart("MP:")
        if isMarketplace, unit == nil || unit == "Units" { return 1_000_000 }
        if let unit, let block = MeterQuantity.block(unit) { return block }
        if unit == nil, !usageType.hasPart("-mantle-") { return 1000 }
        builder.note(
            "unknown_unit",
            "A line charges for tokens in a unit that is not known; its amount counts, its tokens do not.")
        return nil
    }
}
