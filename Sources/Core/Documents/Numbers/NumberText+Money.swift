package import Domain

extension NumberText {
    /// Pico-units in a dollar.
    private static let dollar: Int128 = 1_000_000_000_000

    /// Money to the cent with separators: `$12,345.67`; `<$0.01` where that would hide it.
    ///
    /// - Parameter symbol: empty in columns whose title names the unit.
    package static func money(_ amount: NanoUSD, symbol: String = "$") -> String {
        money(picos: Int128(amount.nanos) * 1000, symbol: symbol)
    }

    /// Money to the cent, absent where it does not exist.
    package static func money(_ amount: BilledAmount?, symbol: String = "$") -> String {
        amount.map { money(picos: $0.picos, symbol: symbol) } ?? none
    }

    /// Money for headlines: exact up to `$9,999.99`, then `$12.3k`, `$4.56M`.
    package static func headline(_ amount: NanoUSD) -> String {
        headline(BilledAmount(picos: Int128(amount.nanos) * 1000))
    }

    /// Money for headlines: exact up to `$9,999.99`, then `$12.3k`, `$4.56M`.
    package static func headline(_ amount: BilledAmount) -> String {
        let cents = amount.picos.dividedRoundingHalfToEven(by: dollar / 100)
        if cents.magnitude < 1_000_000 { return money(picos: amount.picos, symbol: "$") }
        return short(amount.picos, one: dollar, symbol: "$")
    }

    /// A unit cost with at least four significant digits: `$0.008745`.
    ///
    /// - Parameter symbol: empty in columns whose title names the unit.
    package static func unitCost(_ amount: NanoUSD?, symbol: String = "$") -> String {
        guard let amount else { return none }
        if amount.nanos == 0 { return symbol + "0.00" }
        let digits = String(amount.nanos.magnitude).count
        var decimals = min(max(13 - digits, 2), 9)
        var units = rounded(amount.nanos, decimals: decimals)
        // Rounding up to the next power of ten gains a digit: 9.9996 becomes 10.00, not 10.000.
        if units == 10_000, decimals > 2 {
            decimals -= 1
            units = 1000
        }
        return (amount.nanos < 0 ? "-" : "") + symbol + decimal(units, scale: decimals)
    }

    /// The magnitude of nano-dollars in units of 10^-`decimals` dollars.
    private static func rounded(_ nanos: Int64, decimals: Int) -> Int128 {
        let divisor = Int128.powerOfTen(9 - decimals) ?? 1
        return Int128(nanos.magnitude).dividedRoundingHalfToEven(by: divisor)
    }

    private static func money(picos: Int128, symbol: String) -> String {
        let magnitude = picos < 0 ? -picos : picos
        let cents = magnitude.dividedRoundingHalfToEven(by: dollar / 100)
        let sign = picos < 0 ? "-" : ""
        if cents == 0, magnitude > 0 { return sign + "<" + symbol + "0.01" }
        return sign + symbol + decimal(cents, scale: 2)
    }
}
