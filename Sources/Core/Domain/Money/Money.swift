/// An amount of US dollars in integer nano-dollars (10⁻⁹ USD): what a record cost, and sums of that.
///
/// A record's cost is computed exactly and rounded once, half to even; sums are exact.
package struct NanoUSD: Sendable, Hashable, Comparable, AdditiveArithmetic {
    /// Nano-dollars.
    package var nanos: Int64

    /// Creates an amount of `nanos` × 10⁻⁹ USD.
    package init(nanos: Int64) { self.nanos = nanos }

    /// No money.
    package static let zero = NanoUSD(nanos: 0)

    /// The amount written in dollars, rounded half to even to nano-dollars.
    ///
    /// - Returns: `nil` where the text is not a number or exceeds 9.2 billion USD.
    package init?(dollars text: String) {
        guard let decimal = ExactDecimal(text), let nano = decimal.units(scale: 9),
            let nanos = Int64(exactly: nano.units)
        else { return nil }
        self.nanos = nanos
    }

    /// The sum; where it does not fit it is the largest amount there is, 9.2 billion USD.
    package static func + (a: NanoUSD, b: NanoUSD) -> NanoUSD {
        let (sum, overflow) = a.nanos.addingReportingOverflow(b.nanos)
        return NanoUSD(nanos: overflow ? (a.nanos < 0 ? .min : .max) : sum)
    }

    /// The difference, within the same limits.
    package static func - (a: NanoUSD, b: NanoUSD) -> NanoUSD {
        let (difference, overflow) = a.nanos.subtractingReportingOverflow(b.nanos)
        return NanoUSD(nanos: overflow ? (a.nanos < 0 ? .min : .max) : difference)
    }

    package static func < (a: NanoUSD, b: NanoUSD) -> Bool { a.nanos < b.nanos }

    /// The amount in dollars as a binary number, for shares and charts only.
    package var dollars: Double { Double(nanos) / 1e9 }

    /// The exact decimal in dollars, for example `0.054399`.
    package var decimalText: String { Int128(nanos).decimalText(scale: 9) }

    /// The amount divided by a count, rounded half to even to nano-dollars; `nil` for a count of 0.
    package func divided(by count: Int64) -> NanoUSD? {
        guard count > 0 else { return nil }
        return NanoUSD(nanos: Int64(Int128(nanos).dividedRoundingHalfToEven(by: Int128(count))))
    }

    /// The fraction of `total` that this amount is; `nil` where the total is 0.
    package func share(of total: NanoUSD) -> Double? {
        total.nanos == 0 ? nil : Double(nanos) / Double(total.nanos)
    }
}

/// A price in integer pico-dollars (10⁻¹² USD) per token. 1 USD per million tokens is 1,000,000.
package struct PicoUSDPerToken: Sendable, Hashable, Comparable {
    /// Pico-dollars per token.
    package var picos: Int64

    /// Creates a price of `picos` × 10⁻¹² USD per token.
    package init(picos: Int64) { self.picos = picos }

    /// A price written in USD per million tokens, for example `3.75`.
    ///
    /// - Returns: `nil` where it is negative, not a number, or not a whole number of pico-dollars per token.
    package init?(perMillion decimal: ExactDecimal) {
        guard let units = decimal.units(scale: 6), units.isExact, units.units >= 0,
            let picos = Int64(exactly: units.units)
        else { return nil }
        self.picos = picos
    }

    package static func < (a: Self, b: Self) -> Bool { a.picos < b.picos }

    /// USD per million tokens as an exact decimal.
    package var perMillionText: String { Int128(picos).decimalText(scale: 6) }
}

/// An amount of any currency in integer pico-units (10⁻¹²), for bills: they carry more decimals than nano-dollars hold.
package struct BilledAmount: Sendable, Hashable {
    /// 10⁻¹² of the currency's unit.
    package var picos: Int128

    /// Creates an amount of `picos` × 10⁻¹² units.
    package init(picos: Int128) { self.picos = picos }

    /// The exact decimal, without trailing zeros.
    package var decimalText: String { picos.decimalText(scale: 12) }

    /// The same amount of dollars in nano-dollars, rounded half to even; `nil` where it does not fit.
    package var nanoUSD: NanoUSD? {
        Int64(exactly: picos.dividedRoundingHalfToEven(by: 1000)).map(NanoUSD.init(nanos:))
    }

    /// Adds an amount; a sum beyond 128 bits stays at their limit.
    package static func += (a: inout BilledAmount, b: BilledAmount) {
        let (sum, overflow) = a.picos.addingReportingOverflow(b.picos)
        a.picos = overflow ? (b.picos < 0 ? .min : .max) : sum
    }
}

/// How a record's cost is known.
package enum CostKind: UInt8, Sendable, CaseIterable {
    /// The provider itself said so.
    case billed
    /// The tool that exported the record said so.
    case reported
    /// Payback applied the price book, whose version the record keeps.
    case priced
    /// No price is known. This is never the same as a cost of zero.
    case unpriced

    /// The name in JSON and in the ledger.
    package var name: String { ["billed", "reported", "priced", "unpriced"][Int(rawValue)] }
}
