#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// Flows of money at equal intervals, the first at once.
package struct CashFlows: Sendable, Hashable {
    /// Net flows in USD; the first is not discounted.
    package let amounts: [Double]

    /// Creates flows.
    package init(_ amounts: [Double]) { self.amounts = amounts }

    /// The net present value: Σ flow ÷ (1 + rate)^t. (A spreadsheet's NPV discounts the first flow too.)
    ///
    /// - Parameter rate: per interval, a fraction above −1.
    package func presentValue(rate: Double) -> Double {
        // Horner's rule from the end.
        amounts.reversed().reduce(0) { $0 / (1 + rate) + $1 }
    }

    /// How often the sign changes, zeros left out: the most internal rates of return that there can be (Descartes).
    package var signChanges: Int {
        let signs = amounts.filter { $0 != 0 }.map { $0 > 0 }
        return zip(signs, signs.dropFirst()).count { $0 != $1 }
    }

    /// The rate of return with flows financed at one rate and reinvested at another; `nil` where all have one sign.
    ///
    /// - Parameters: rates per interval, fractions.
    package func modifiedRate(finance: Double, reinvestment: Double) -> Double? {
        let negative = CashFlows(amounts.map { min($0, 0) }).presentValue(rate: finance)
        let positive = CashFlows(amounts.map { max($0, 0) }).presentValue(rate: reinvestment)
        let intervals = Double(amounts.count - 1)
        guard negative < 0, positive > 0, intervals > 0 else { return nil }
        return pow(positive / -negative, 1 / intervals) * (1 + reinvestment) - 1
    }
}
