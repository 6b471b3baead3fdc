internal import Domain

extension FieldRow {
    /// The day in a cell: as everywhere, or `MM/DD/YYYY` and `YYYYMMDD`, as Azure and Google write it.
    ///
    /// - Throws: ``RowProblem`` where it is no day.
    func day(_ slot: Int, _ field: StaticString) throws(RowProblem) -> Timestamp? {
        if isMissing(slot) { return nil }
        let bytes = raw(slot)
        if let parts = Self.slashed(bytes) ?? Self.compact(bytes) {
            let date = CivilDate(year: parts.year, month: parts.month, day: parts.day)
            guard date.isValid else {
                throw RowProblem("bad_timestamp", "\(field) is no day; months come first in MM/DD/YYYY.")
            }
            return Timestamp(year: date.year, month: date.month, day: date.day)
        }
        return try timestamp(slot, field)
    }

    private static func slashed(_ bytes: UnsafeBufferPointer<UInt8>) -> (year: Int, month: Int, day: Int)? {
        let date = bytes.prefix { $0 != UInt8(ascii: " ") }
        let parts = date.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        guard parts.count == 3, parts[2].count == 4 else { return nil }
        let numbers = parts.compactMap { Int(String(decoding: $0, as: UTF8.self)) }
        return numbers.count == 3 ? (numbers[2], numbers[0], numbers[1]) : nil
    }

    private static func compact(_ bytes: UnsafeBufferPointer<UInt8>) -> (year: Int, month: Int, day: Int)? {
        guard bytes.count == 8, let number = Int(String(decoding: bytes, as: UTF8.self)), number > 19_000_000 else {
            return nil
        }
        return (number / 10_000, number / 100 % 100, number % 100)
    }
}
