internal import Domain

/// How numbers are written for people: see "Numbers" in the design language.
///
/// Whole numbers and money never pass through binary floating point; all rounding is half to even.
package enum NumberText {
    /// What does not exist.
    package static let none = "—"

    /// A whole number with separators between thousands: `12,345`.
    package static func count(_ value: Int64) -> String { grouped(Int128(value)) }

    /// A count of tokens with three significant digits: `512`, `12.4M`.
    package static func tokens(_ value: Int64) -> String {
        value.magnitude < 1000 ? count(value) : short(Int128(value), one: 1)
    }

    /// A fraction as a percentage with its sign: `81.0 %`.
    package static func percent(_ fraction: Double?) -> String {
        guard let fraction, fraction.isFinite else { return none }
        return percentage(fraction) + " %"
    }

    /// A fraction as a percentage for a column whose title names the unit: `81.0`.
    package static func percentage(_ fraction: Double?) -> String {
        guard let fraction, fraction.isFinite else { return none }
        let rounded = fixed(fraction * 100, decimals: 1)
        return rounded == "0.0" && fraction > 0 ? "<0.1" : rounded
    }

    /// A binary number with a fixed number of decimals, from 0 to 6.
    package static func fixed(_ value: Double, decimals: Int) -> String {
        let factor = Double(Int128.powerOfTen(decimals) ?? 1)
        guard value.isFinite, abs(value * factor) < 9e18 else { return none }
        return decimal(Int128(Int64((value * factor).rounded(.toNearestOrEven))), scale: decimals)
    }

    /// A number for an axis, with three significant digits at most: `0`, `0.25`, `-12.5k`, `1.2M`.
    package static func short(_ value: Double) -> String {
        guard value.isFinite, abs(value) < 1e24 else { return none }
        if abs(value) >= 1000 { return short(Int128(value.rounded()), one: 1).replacingTrailingZeros }
        return fixed(value, decimals: abs(value) >= 100 ? 0 : abs(value) >= 10 ? 1 : 2).replacingTrailingZeros
    }

    // MARK: Parts

    /// `units` × 10^-`scale` with separators between thousands and all its decimals.
    static func decimal(_ units: Int128, scale: Int) -> String {
        let digits = String(units.magnitude)
        let padded = String(repeating: "0", count: max(0, scale + 1 - digits.count)) + digits
        let whole = separated(String(padded.dropLast(scale)))
        return (units < 0 ? "-" : "") + whole + (scale > 0 ? "." + String(padded.suffix(scale)) : "")
    }

    static func grouped(_ value: Int128) -> String { decimal(value, scale: 0) }

    private static func separated(_ digits: String) -> String {
        var result = ""
        for (position, digit) in digits.enumerated() {
            if position > 0, (digits.count - position) % 3 == 0 { result += "," }
            result.append(digit)
        }
        return result
    }

    /// Three significant digits and a letter for the power of a thousand, from `k` on. `one` is what counts as 1.
    static func short(_ value: Int128, one: Int128, symbol: String = "") -> String {
        let magnitude = value < 0 ? -value : value
        let sign = value < 0 ? "-" : ""
        let letters: [(letter: String, power: Int128)] = [("k", 1000), ("M", 1_000_000), ("B", 1_000_000_000)]
        for (letter, power) in letters {
            for (decimals, factor) in [(2, 100), (1, 10), (0, 1)] as [(Int, Int128)] {
                let units = (magnitude * factor).dividedRoundingHalfToEven(by: one * power)
                if units < 1000 { return sign + symbol + decimal(units, scale: decimals) + letter }
            }
        }
        let trillions = (magnitude * 100).dividedRoundingHalfToEven(by: one * 1_000_000_000_000)
        return sign + symbol + decimal(trillions, scale: 2) + "T"
    }
}

extension String {
    /// `12.50k` as `12.5k`, `1.00` as `1`.
    fileprivate var replacingTrailingZeros: String {
        let letters = reversed().prefix { $0.isLetter }.reversed()
        var digits = String(dropLast(letters.count))
        guard digits.contains(".") else { return self }
        while digits.hasSuffix("0") { digits.removeLast() }
        if digits.hasSuffix(".") { digits.removeLast() }
        return digits + String(letters)
    }
}
