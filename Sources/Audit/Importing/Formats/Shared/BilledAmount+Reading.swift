internal import Domain
internal import JSONScan

extension FieldRow {
    /// An amount of a bill exactly as printed, in its own currency; `nil` where the column is empty. Credits and
    /// corrections are negative.
    ///
    /// - Throws: ``RowProblem`` where it is no number, or more than 10¹⁵.
    func billedAmount(
        _ slot: Int, _ column: String, _ builder: inout RecordBuilder
    ) throws(RowProblem) -> BilledAmount? {
        if isMissing(slot) { return nil }
        return try BilledAmount(decimal(slot), column, &builder)
    }
}

extension JSONValue {
    /// The amount under a key, a number or a string, with or without an exponent; `nil` where there is none.
    ///
    /// - Parameter digits: how many decimals the unit has below the currency's: 2 for cents.
    /// - Throws: ``RowProblem`` as ``FieldRow/billedAmount(_:_:_:)``.
    func billedAmount(
        _ key: String, digits: Int = 0, _ builder: inout RecordBuilder
    ) throws(RowProblem) -> BilledAmount? {
        guard let text = self[key]?.text else { return nil }
        var decimal = ExactDecimal(text)
        decimal?.scale += digits
        return try BilledAmount(decimal, key, &builder)
    }
}

extension BilledAmount {
    fileprivate init(_ decimal: ExactDecimal?, _ column: String, _ builder: inout RecordBuilder) throws(RowProblem) {
        guard let picos = decimal?.units(scale: 12) else {
            throw RowProblem("bad_amount", "\(column) is not an amount.")
        }
        guard picos.units.magnitude < 1_000_000_000_000_000_000_000_000_000 else {
            throw RowProblem("implausible_amount", "\(column) is above 10^15; the row is taken for damage.")
        }
        if !picos.isExact {
            builder.note("inexact_amount", "An amount has more than 12 decimals; it was rounded half to even.")
        }
        self.init(picos: picos.units)
    }

    /// No money.
    static let zero = BilledAmount(picos: 0)
}
