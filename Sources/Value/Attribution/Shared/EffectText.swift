internal import Documents

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// How effects and shares are written for people: each number with about four digits.
enum EffectText {
    /// A number with about four significant digits: `0.4013`, `12.35`, `1,397`.
    static func number(_ value: Double?) -> String {
        guard let value, value.isFinite else { return NumberText.none }
        guard value != 0 else { return "0" }
        let size = Int(log10(abs(value)).rounded(.down))
        return NumberText.fixed(value, decimals: min(max(3 - size, 0), 6))
    }

    /// A p-value: `0.020`, `<0.001`.
    static func pValue(_ value: Double?) -> String {
        guard let value, value.isFinite else { return NumberText.none }
        return value < 0.001 ? "<0.001" : NumberText.fixed(value, decimals: value < 0.0995 ? 3 : 2)
    }

    /// An interval: `0.1179 to 0.6846`; an end that does not exist is told.
    static func interval(
        _ interval: EffectEstimate.Interval?, _ text: (Double?) -> String = EffectText.number
    ) -> String {
        guard let interval else { return NumberText.none }
        return switch (interval.low, interval.high) {
        case (let low?, let high?): "\(text(low)) to \(text(high))"
        case (let low?, nil): "at least \(text(low))"
        case (nil, let high?): "at most \(text(high))"
        case (nil, nil): "unbounded"
        }
    }

    /// A level: `95 %`.
    static func level(_ level: Double) -> String {
        let percent = level * 100
        return NumberText.fixed(percent, decimals: abs(percent - percent.rounded()) < 1e-9 ? 0 : 1) + " %"
    }

    /// Names, as a sentence lists them: `a, b and c`.
    static func list(_ names: [String]) -> String {
        guard let last = names.last, names.count > 1 else { return names.first ?? "" }
        return names.dropLast().joined(separator: ", ") + " and " + last
    }
}
