/// An id whose order is the order of its time: 48 bits of milliseconds, then 80 random bits, written as 26 characters
/// of Crockford's base 32 (the layout of a ULID).
package struct SortableID: Sendable, Hashable, Comparable {
    /// The first 64 bits: the time, and 16 random bits.
    package let high: UInt64
    /// The last 64 bits.
    package let low: UInt64

    /// Makes an id of a moment.
    package init(at moment: Timestamp, using random: inout some RandomNumberGenerator) {
        let milliseconds = UInt64(truncatingIfNeeded: moment.microseconds.floorDivided(by: 1_000))
        high = milliseconds << 16 | random.next() & 0xFFFF
        low = random.next()
    }

    /// Reads 26 characters, in either case; `nil` for anything else.
    package init?(_ text: String) {
        guard text.utf8.count == 26 else { return nil }
        var value: UInt128 = 0
        for byte in text.utf8 {
            guard let digit = Self.values[Int(byte)] else { return nil }
            let (shifted, overflow) = value.multipliedReportingOverflow(by: 32)
            if overflow { return nil }
            value = shifted | UInt128(digit)
        }
        high = UInt64(truncatingIfNeeded: value >> 64)
        low = UInt64(truncatingIfNeeded: value)
    }

    /// When it was made, to the millisecond.
    package var timestamp: Timestamp { Timestamp(microseconds: Int64(high >> 16) * 1_000) }

    /// The 26 characters.
    package var text: String {
        let value = UInt128(high) << 64 | UInt128(low)
        return String(unsafeUninitializedCapacity: 26) { buffer in
            for position in 0..<26 {
                buffer[position] = Self.digits[Int(truncatingIfNeeded: value >> (125 - 5 * position)) & 31]
            }
            return 26
        }
    }

    package static func < (a: Self, b: Self) -> Bool { (a.high, a.low) < (b.high, b.low) }

    private static let digits = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)

    private static let values: [UInt8?] = (0..<256).map { byte in
        let upper = (97...122).contains(byte) ? byte - 32 : byte
        return digits.firstIndex(of: UInt8(upper)).map(UInt8.init)
    }
}

extension Period {
    /// Where a request lies: an id of the gateway's carries its time; others are looked for everywhere.
    package static func around(requestID id: String) -> Period {
        guard let moment = SortableID(id)?.timestamp else { return .always }
        return Period(
            start: Timestamp(microseconds: moment.microseconds - 1_000),
            end: Timestamp(microseconds: moment.microseconds + 2_000))
    }
}
