#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

extension CashFlows {
    /// All internal rates of return above −1, ascending: the rates at which the present value is zero.
    ///
    /// With v = 1 ÷ (1 + rate) the present value is a polynomial in v; its positive roots are found between the roots of
    /// its derivative, so none is missed and none is found twice. Rates beyond 1 million per interval are left out.
    package var internalRates: [Double] {
        let first = amounts.firstIndex { $0 != 0 } ?? amounts.count
        let last = amounts.lastIndex { $0 != 0 } ?? 0
        guard first < last, signChanges > 0 else { return [] }
        let scale = amounts.map(abs).max() ?? 1
        let polynomial = amounts[first...last].map { $0 / scale }
        return PositiveRoots(largest: 1e6, smallest: 1e-6).of(polynomial).map { 1 / $0 - 1 }.filter { $0 > -1 }.sorted()
    }
}

/// Roots of polynomials between two positive bounds.
private struct PositiveRoots {
    let largest: Double
    let smallest: Double

    /// Roots of Σ c[k] v^k, ascending.
    func of(_ polynomial: [Double]) -> [Double] {
        let signs = CashFlows(polynomial).signChanges
        if signs == 0 { return [] }
        // With one change of sign there is one root; otherwise the derivative's roots part the line into monotone pieces.
        let stops = signs == 1 ? [] : of(derivative(of: polynomial))
        let edges = [smallest] + stops + [largest]
        var roots: [Double] = []
        for (low, high) in zip(edges, edges.dropFirst()) {
            guard let root = root(of: polynomial, between: low, and: high) else { continue }
            if let last = roots.last, abs(root - last) <= 1e-12 * root { continue }
            roots.append(root)
        }
        return roots
    }

    private func derivative(of polynomial: [Double]) -> [Double] {
        var result = polynomial.enumerated().dropFirst().map { Double($0.offset) * $0.element }
        // Roots stay where they are when a power of v is divided out.
        while let first = result.first, first == 0 { result.removeFirst() }
        let scale = result.map(abs).max() ?? 1
        return scale > 0 ? result.map { $0 / scale } : result
    }

    private func value(of polynomial: [Double], _ v: Double) -> Double {
        // Above 1 the powers would overflow: the same sign comes from the polynomial in 1/v.
        v <= 1
            ? polynomial.reversed().reduce(0) { $0 * v + $1 }
            : polynomial.reduce(0) { $0 / v + $1 }
    }

    private func root(of polynomial: [Double], between low: Double, and high: Double) -> Double? {
        var (low, high) = (low, high)
        let (atLow, atHigh) = (value(of: polynomial, low), value(of: polynomial, high))
        let tolerance = 1e-14
        if abs(atLow) <= tolerance, low > smallest { return low }
        if abs(atHigh) <= tolerance, high < largest { return high }
        guard (atLow < 0) != (atHigh < 0) else { return nil }
        // Bisection in ratios: 110 halvings of twelve powers of ten reach the last bit.
        for _ in 0..<110 {
            let middle = (low * high).squareRoot()
            if middle <= low || middle >= high { break }
            if (value(of: polynomial, middle) < 0) == (atLow < 0) { low = middle } else { high = middle }
        }
        return (low + high) / 2
    }
}
