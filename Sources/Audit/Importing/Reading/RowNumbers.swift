package import Domain
internal import JSONScan

extension FieldRow {
    /// The most tokens that one record may claim; more is damage.
    package static let mostTokens: Int64 = 1_000_000_000_000

    /// The most that one record may cost; more is damage.
    package static let dearest = NanoUSD(nanos: 1_000_000_000_000_000)

    /// A count of tokens; unknown where the field is missing.
    ///
    /// - Throws: ``RowProblem`` where it is negative, has a fraction, is absurdly large or not a number.
    package func tokens(_ slot: Int, _ field: StaticString) throws(RowProblem) -> TokenCount {
        let value = values[slot]
        if value.isMissing { return .unknown }
        if let count = smallInteger(Int(value.start), Int(value.count)) { return TokenCount(count) }
        if value.count == 0 { return .unknown }
        return TokenCount(try unusualCount(slot, field))
    }

    /// Digits only, at most eleven of them: nearly every count there is.
    private func smallInteger(_ start: Int, _ count: Int) -> Int64? {
        guard count > 0, count < 12 else { return nil }
        var result: Int64 = 0
        for position in start..<(start &+ count) {
            let digit = base[position] &- 0x30
            guard digit < 10 else { return nil }
            result = result &* 10 &+ Int64(digit)
        }
        return result
    }

    private func unusualCount(_ slot: Int, _ field: StaticString) throws(RowProblem) -> Int64 {
        guard let decimal = ExactDecimal(utf8: raw(slot)) else {
            throw RowProblem("bad_number", "\(field) is not a number.")
        }
        guard decimal.coefficient >= 0 else {
            throw RowProblem("negative_tokens", "\(field) is negative; corrections belong into an invoice or a bill.")
        }
        guard let whole = decimal.units(scale: 0), whole.units <= Int128(Self.mostTokens) else {
            throw RowProblem("implausible_tokens", "\(field) is above 10^12 tokens; the row is taken for damage.")
        }
        guard whole.isExact else { throw RowProblem("fractional_tokens", "\(field) has a fraction; tokens are whole.") }
        return Int64(whole.units)
    }

    /// A length of time in microseconds, -1 where the field is missing.
    ///
    /// - Parameter scale: decimals of the unit in microseconds: 3 for milliseconds, 6 for seconds, -3 for nanoseconds.
    /// - Throws: ``RowProblem`` where it is negative or not a number.
    package func duration(_ slot: Int, _ field: StaticString, scale: Int) throws(RowProblem) -> Int64 {
        let value = values[slot]
        if value.isMissing || value.count == 0 { return -1 }
        if scale == 3, let count = smallInteger(Int(value.start), Int(value.count)) { return count &* 1000 }
        guard let decimal = ExactDecimal(utf8: raw(slot)), let units = decimal.units(scale: scale)?.units,
            let micros = Int64(exactly: units), micros >= 0
        else { throw RowProblem("bad_duration", "\(field) is not a length of time.") }
        return micros
    }

    /// An amount in USD; `nil` where the field is missing.
    ///
    /// - Throws: ``RowProblem`` where it is not a number or does not fit.
    package func dollars(_ slot: Int, _ field: StaticString) throws(RowProblem) -> NanoUSD? {
        let value = values[slot]
        if value.isMissing || value.count == 0 { return nil }
        guard let decimal = ExactDecimal(utf8: raw(slot)), let units = decimal.units(scale: 9),
            let nanos = Int64(exactly: units.units)
        else { throw RowProblem("bad_amount", "\(field) is not an amount in USD.") }
        guard nanos >= 0 else { throw RowProblem("negative_cost", "\(field) is negative; credits belong into a bill.") }
        guard nanos <= Self.dearest.nanos else {
            throw RowProblem("implausible_cost", "\(field) is above a million USD; the row is taken for damage.")
        }
        return NanoUSD(nanos: nanos)
    }

    /// A moment; `nil` where the field is missing.
    ///
    /// - Throws: ``RowProblem`` where it cannot be read.
    package func timestamp(
        _ slot: Int, _ field: StaticString = "timestamp", unit: TimestampUnit? = nil
    ) throws(RowProblem) -> Timestamp? {
        let value = values[slot]
        if value.isMissing || value.count == 0 { return nil }
        guard let moment = Timestamp.read(raw(slot), unit: unit) else {
            throw RowProblem("bad_timestamp", "\(field) is neither RFC 3339 nor a Unix time.")
        }
        return moment
    }
}
