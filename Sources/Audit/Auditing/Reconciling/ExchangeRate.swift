package import Domain

/// What one unit of a currency is worth, in 10⁻⁹ US dollars: from a millionth of a thousandth to a million dollars.
package struct ExchangeRate: Sendable, Hashable {
    private let nanos: Int128

    private static let bounds: ClosedRange<Int128> = 1...1_000_000_000_000_000

    /// A rate that is written down, rounded half to even at the ninth decimal; `nil` where it is none that a currency has.
    package init?(_ usd: ExactDecimal) {
        guard let units = usd.units(scale: 9)?.units, Self.bounds.contains(units) else { return nil }
        nanos = units
    }

    /// What an amount of up to 10¹⁵ of the currency is worth, USD × 10⁻¹², rounded half to even. Its whole nano-units and
    /// their rest are multiplied by themselves, so that no product exceeds 128 bits.
    func dollars(_ picos: Int128) -> Int128 {
        let (whole, rest) = picos.quotientAndRemainder(dividingBy: 1_000_000_000)
        return whole * nanos + (rest * nanos).dividedRoundingHalfToEven(by: 1_000_000_000)
    }

    /// What an amount is worth where this is how much of its currency one dollar buys.
    func dollars(buying picos: Int128) -> Int128 { (picos * 1_000_000_000).dividedRoundingHalfToEven(by: nanos) }
}
