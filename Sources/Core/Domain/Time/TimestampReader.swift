/// What a number without a unit means as a moment.
package enum TimestampUnit: String, Sendable, CaseIterable {
    case seconds = "s"
    case milliseconds = "ms"
    case microseconds = "us"
    case nanoseconds = "ns"

    /// Microseconds per unit; 0 for nanoseconds, of which a thousand make one.
    var microseconds: Int128 { [.seconds: 1_000_000, .milliseconds: 1000, .microseconds: 1][self] ?? 0 }

    /// The unit that puts a whole number nearest to our time: seconds reach 11 digits, milliseconds 14, and so on.
    ///
    /// Numbers below 10⁹ lie before September 2001; there was no usage to record. They are offsets from the start of a
    /// trace: whole ones milliseconds, fractional ones seconds.
    static func guessed(for magnitude: UInt64, isWhole: Bool) -> TimestampUnit {
        switch magnitude {
        case ..<1_000_000_000: isWhole && magnitude > 0 ? .milliseconds : .seconds
        case ..<100_000_000_000: .seconds
        case ..<100_000_000_000_000: .milliseconds
        case ..<100_000_000_000_000_000: .microseconds
        default: .nanoseconds
        }
    }
}

extension Timestamp {
    /// The latest moment that is believed: the year 2100. Later ones are taken for damage.
    static let latestPlausible = Timestamp(year: 2100, month: 1, day: 1)

    /// Reads a moment from text: RFC 3339 with any offset, the same with a blank for `T` or without a zone (UTC), a
    /// date alone, or a number (see ``TimestampUnit``).
    ///
    /// - Parameter unit: what numbers count; guessed from their size where absent.
    /// - Returns: `nil` where the text is none of these, or names a day that does not exist.
    package static func read(_ bytes: UnsafeBufferPointer<UInt8>, unit: TimestampUnit? = nil) -> Timestamp? {
        if bytes.count >= 10, bytes[4] == 0x2D, bytes[7] == 0x2D { return readRFC3339(bytes) }
        return readNumber(bytes, unit: unit)
    }

    /// Reads a moment from a string; see ``read(_:unit:)``.
    package static func read(_ text: String, unit: TimestampUnit? = nil) -> Timestamp? {
        var text = text
        return text.withUTF8 { read($0, unit: unit) }
    }

    /// Reads a number as a moment.
    static func readNumber(_ bytes: UnsafeBufferPointer<UInt8>, unit: TimestampUnit?) -> Timestamp? {
        guard let decimal = ExactDecimal(utf8: bytes), let whole = decimal.units(scale: 0),
            let magnitude = UInt64(exactly: whole.units.magnitude)
        else { return nil }
        let unit = unit ?? .guessed(for: magnitude, isWhole: decimal.scale <= 0)
        let scaled: Int128?
        switch unit {
        case .seconds: scaled = decimal.units(scale: 6)?.units
        case .milliseconds: scaled = decimal.units(scale: 3)?.units
        case .microseconds: scaled = whole.units
        case .nanoseconds: scaled = decimal.units(scale: -3)?.units
        }
        guard let scaled, let micros = Int64(exactly: scaled), micros.magnitude < latestPlausible.microseconds.magnitude
        else { return nil }
        return Timestamp(microseconds: micros)
    }

    /// Reads `YYYY-MM-DD[(T| )hh:mm[:ss[.fraction]][Z|±hh[:]mm]]`.
    static func readRFC3339(_ bytes: UnsafeBufferPointer<UInt8>) -> Timestamp? {
        guard let year = digits(bytes, 0, 4), let month = digits(bytes, 5, 2), let day = digits(bytes, 8, 2),
            month >= 1, month <= 12, day >= 1, day <= 31
        else { return nil }
        if day > 28, !CivilDate(year: year, month: month, day: day).isValid { return nil }
        let midnight = Int64(CivilDate(year: year, month: month, day: day).daysSinceEpoch) &* microsecondsPerDay
        if bytes.count == 10 { return Timestamp(microseconds: midnight) }
        guard bytes[10] | 0x20 == 0x74 || bytes[10] == 0x20, let hour = digits(bytes, 11, 2), hour < 24,
            bytes.count >= 16, bytes[13] == 0x3A, let minute = digits(bytes, 14, 2), minute < 60
        else { return nil }
        var position = 16
        var second = 0
        if position < bytes.count, bytes[position] == 0x3A {
            guard let value = digits(bytes, 17, 2), value <= 60 else { return nil }
            second = value
            position = 19
        }
        guard let fraction = readFraction(bytes, &position), let offset = readOffset(bytes, position) else {
            return nil
        }
        let ofDay = Int64(hour &* 3600 &+ minute &* 60 &+ second &- offset) &* 1_000_000 &+ fraction
        return Timestamp(microseconds: midnight &+ ofDay)
    }

    static func digits(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ count: Int) -> Int? {
        guard start &+ count <= bytes.count else { return nil }
        var value = 0
        for position in start..<(start &+ count) {
            let digit = bytes[position] &- 0x30
            guard digit < 10 else { return nil }
            value = value &* 10 &+ Int(digit)
        }
        return value
    }

    /// Microseconds behind the point; digits past the sixth are dropped, as a clock's are.
    static func readFraction(_ bytes: UnsafeBufferPointer<UInt8>, _ position: inout Int) -> Int64? {
        guard position < bytes.count, bytes[position] == 0x2E || bytes[position] == 0x2C else { return 0 }
        position &+= 1
        var value: Int64 = 0
        var scale: Int64 = 100_000
        let start = position
        while position < bytes.count, bytes[position] &- 0x30 < 10 {
            value &+= Int64(bytes[position] &- 0x30) &* scale
            scale /= 10
            position &+= 1
        }
        return position > start ? value : nil
    }

    /// Seconds east of UTC; 0 where no zone is given.
    static func readOffset(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int) -> Int? {
        var position = start
        while position < bytes.count, bytes[position] == 0x20 { position &+= 1 }
        let left = bytes.count &- position
        if left == 0 { return 0 }
        if bytes[position] | 0x20 == 0x7A { return left == 1 ? 0 : nil }
        if left == 3, bytes[position] | 0x20 == 0x75 { return 0 }  // "UTC"
        guard bytes[position] == 0x2B || bytes[position] == 0x2D, left >= 3, let hours = digits(bytes, position &+ 1, 2)
        else { return nil }
        let minutesAt = left > 3 && bytes[position &+ 3] == 0x3A ? position &+ 4 : position &+ 3
        let minutes = left > 3 ? digits(bytes, minutesAt, 2) : 0
        guard let minutes, minutes < 60, hours <= 18 else { return nil }
        let seconds = hours &* 3600 &+ minutes &* 60
        return bytes[position] == 0x2D ? -seconds : seconds
    }
}
