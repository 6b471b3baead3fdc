/// A decimal number exactly as it was written: `coefficient × 10^-scale`.
///
/// Amounts arrive as text in bills, exports and price lists; they never pass through binary floating point.
package struct ExactDecimal: Sendable, Hashable {
    /// The digits as an integer, with sign.
    package var coefficient: Int128
    /// How many of the digits stand behind the point; negative for trailing zeros left of it.
    package var scale: Int

    /// Creates `coefficient × 10^-scale`.
    package init(coefficient: Int128, scale: Int) {
        self.coefficient = coefficient
        self.scale = scale
    }

    /// Reads `-12.5`, `+3`, `.5`, `2e-05` or `0E-6176`; white space around it is allowed, a currency sign is not.
    ///
    /// - Returns: `nil` if the text is not a number, or has more digits than 128 bits hold.
    package init?(_ text: String) {
        var text = text
        let parsed = text.withUTF8 { ExactDecimal(utf8: $0) }
        guard let parsed else { return nil }
        self = parsed
    }

    /// Reads a number from its bytes; see ``init(_:)``.
    package init?(utf8 bytes: UnsafeBufferPointer<UInt8>) {
        var reader = DecimalReader(bytes: bytes)
        guard let value = reader.read() else { return nil }
        self = value
    }

    /// The value in units of `10^-scale`, rounded half to even.
    ///
    /// - Returns: the units and whether nothing was rounded away, or `nil` if they do not fit into 128 bits.
    package func units(scale target: Int) -> (units: Int128, isExact: Bool)? {
        if coefficient == 0 { return (0, true) }
        let shift = target - scale
        if shift >= 0 {
            guard shift <= 38, let factor = Int128.powerOfTen(shift) else { return nil }
            let (product, overflow) = coefficient.multipliedReportingOverflow(by: factor)
            return overflow ? nil : (product, true)
        }
        guard let divisor = Int128.powerOfTen(-shift) else { return (0, false) }
        return (coefficient.dividedRoundingHalfToEven(by: divisor), coefficient % divisor == 0)
    }
}

/// Walks the bytes of a decimal number once.
struct DecimalReader {
    let bytes: UnsafeBufferPointer<UInt8>
    var position = 0

    init(bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    mutating func read() -> ExactDecimal? {
        skipSpaces()
        let isNegative = takeSign()
        guard var value = readDigits() else { return nil }
        guard let exponent = readExponent() else { return nil }
        skipSpaces()
        guard position == bytes.count else { return nil }
        if isNegative { value.coefficient = -value.coefficient }
        value.scale -= exponent
        return value
    }

    mutating func skipSpaces() {
        while position < bytes.count, bytes[position] == 0x20 || bytes[position] == 0x09 { position += 1 }
    }

    mutating func takeSign() -> Bool {
        guard position < bytes.count, bytes[position] == 0x2D || bytes[position] == 0x2B else { return false }
        position += 1
        return bytes[position - 1] == 0x2D
    }

    mutating func readDigits() -> ExactDecimal? {
        var coefficient: UInt64 = 0
        var wide: Int128?
        var scale = 0
        var digits = 0
        var pointSeen = false
        while position < bytes.count {
            let byte = bytes[position]
            if byte == 0x2E, !pointSeen {
                pointSeen = true
            } else if byte >= 0x30, byte <= 0x39 {
                let digit = UInt64(byte &- 0x30)
                if digits < 18 {
                    coefficient = coefficient &* 10 &+ digit
                } else {
                    guard digits < 37 else { return nil }
                    wide = (wide ?? Int128(coefficient)) * 10 + Int128(digit)
                }
                if digits > 0 || digit > 0 { digits += 1 }
                if pointSeen { scale += 1 }
            } else {
                break
            }
            position += 1
        }
        let start = position - 1
        guard start >= 0, position > 0, scale > 0 || digits > 0 || (bytes[start] == 0x30) else { return nil }
        return ExactDecimal(coefficient: wide ?? Int128(coefficient), scale: scale)
    }

    mutating func readExponent() -> Int? {
        guard position < bytes.count, bytes[position] | 0x20 == 0x65 else { return 0 }
        position += 1
        let isNegative = takeSign()
        var exponent = 0
        var digits = 0
        while position < bytes.count, bytes[position] >= 0x30, bytes[position] <= 0x39 {
            exponent = min(exponent * 10 + Int(bytes[position] - 0x30), 1_000_000)
            digits += 1
            position += 1
        }
        guard digits > 0 else { return nil }
        return isNegative ? -exponent : exponent
    }
}

extension Int128 {
    /// 10 to the power of `exponent`; `nil` below 0 and above 38, where it does not fit.
    package static func powerOfTen(_ exponent: Int) -> Int128? {
        guard exponent >= 0, exponent <= 38 else { return nil }
        var value: Int128 = 1
        for _ in 0..<exponent { value *= 10 }
        return value
    }

    /// The quotient rounded to the nearest integer, ties to the even one. `divisor` is positive.
    package func dividedRoundingHalfToEven(by divisor: Int128) -> Int128 {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        let twice = (remainder < 0 ? -remainder : remainder) * 2
        if twice < divisor || (twice == divisor && quotient & 1 == 0) { return quotient }
        return self < 0 ? quotient - 1 : quotient + 1
    }

    /// The integer as a decimal with `scale` digits behind the point: no trailing zeros, never an exponent.
    package func decimalText(scale: Int) -> String {
        var text: [UInt8] = []
        // 39 digits, a point, zeros before it and a sign are the most.
        text.reserveCapacity(scale + 42)
        appendDecimal(scale: scale, to: &text)
        return String(decoding: text, as: UTF8.self)
    }

    /// Appends what ``decimalText(scale:)`` says, as bytes.
    package func appendDecimal(scale: Int, to text: inout [UInt8]) {
        let start = text.count
        // Nearly all amounts fit into a word, whose division costs a tenth.
        if magnitude <= UInt64.max {
            Self.appendReversed(UInt64(truncatingIfNeeded: magnitude), scale: scale, to: &text)
        } else {
            Self.appendReversed(magnitude, scale: scale, to: &text)
        }
        if self < 0 { text.append(UInt8(ascii: "-")) }
        text[start...].reverse()
    }

    /// Appends the digits from the last one on.
    private static func appendReversed<Number: FixedWidthInteger & UnsignedInteger>(
        _ number: Number, scale: Int, to text: inout [UInt8]
    ) {
        var (rest, left) = (number, scale)
        while left > 0, rest > 0, rest % 10 == 0 {
            rest /= 10
            left -= 1
        }
        if rest == 0 { left = 0 }
        while rest > 0 || left >= 0 {
            text.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10))
            rest /= 10
            left -= 1
            if left == 0 { text.append(UInt8(ascii: ".")) }
        }
    }
}
