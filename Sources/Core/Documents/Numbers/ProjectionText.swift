internal import Domain

/// Projected amounts, written for people. Projections are binary numbers; they are rounded once, here.
package enum ProjectionText {
    /// Money with its sign, short above 9,999: `$67.8k`; `—` where it does not exist.
    package static func headline(_ value: Double?) -> String {
        amount(value).map { NumberText.headline($0) } ?? NumberText.none
    }

    /// Money to the dollar, without its sign, for columns; to the cent below 1,000.
    package static func column(_ value: Double?) -> String {
        guard let value, value.isFinite else { return NumberText.none }
        return NumberText.fixed(value, decimals: abs(value) < 1_000 && value != value.rounded() ? 2 : 0)
    }

    /// Percent with one decimal: `156.6 %`.
    package static func percent(_ value: Double?) -> String { NumberText.percent(value.map { $0 / 100 }) }

    /// Months with one decimal; never where there is none.
    package static func months(_ value: Double?) -> String {
        value.map { NumberText.fixed($0, decimals: 1) + " months" } ?? "never"
    }

    /// A quantity with its unit: shares as percent, money with its sign, the rest with three or more digits.
    package static func quantity(_ value: Double?, unit: String) -> String {
        guard let value, value.isFinite else { return NumberText.none }
        if unit == "fraction" { return NumberText.percent(value) }
        let size = abs(value)
        if value == value.rounded(), size < 1e15 { return NumberText.fixed(value, decimals: 0) }
        return NumberText.fixed(value, decimals: size >= 1_000 ? 0 : size >= 10 ? 1 : size >= 0.1 ? 3 : 6)
            .withoutTrailingZeros
    }

    /// A range of quantities: `0.25 to 0.6`.
    package static func range(_ low: Double, _ high: Double, unit: String) -> String {
        "\(quantity(low, unit: unit)) to \(quantity(high, unit: unit))"
    }

    /// Dollars with their sign, in the length that a cost per request needs: `$0.008745`; `—` where there are none.
    package static func unitCost(_ value: Double?) -> String {
        guard let value, value.isFinite else { return NumberText.none }
        let size = abs(value)
        let decimals = size >= 1 || size == 0 ? 2 : size >= 0.01 ? 4 : 6
        return (value < 0 ? "-$" : "$") + NumberText.fixed(size, decimals: decimals)
    }

    /// The unit as a person would say it.
    package static func unit(_ unit: String) -> String { unit == "fraction" ? "" : unit }

    private static func amount(_ value: Double?) -> BilledAmount? {
        guard let value, value.isFinite, abs(value) < 1e20 else { return nil }
        return BilledAmount(picos: Int128((value * 100).rounded()) * 10_000_000_000)
    }
}

extension String {
    /// `0.012000` as `0.012`.
    fileprivate var withoutTrailingZeros: String {
        guard contains(".") else { return self }
        var text = self
        while text.hasSuffix("0") { text.removeLast() }
        return text.hasSuffix(".") ? String(text.dropLast()) : text
    }
}
