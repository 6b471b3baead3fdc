#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// Which of many gates may promote so that, of those promoted, at most a share of `level` is expected to be wrong: e-BH (Wang
/// and Ramdas, 2022). It holds however the gates' verdicts depend on each other.
package enum PromotionFamily {
    /// The positions of the hypotheses whose evidence suffices.
    ///
    /// With the k largest e-values each at least `gates` ÷ (`level` × k), these k are chosen, for the largest such k.
    ///
    /// - Parameters:
    ///   - logEvidence: ln of the e-value of each, now or when it was decided; never the largest it has had, for maxima are
    ///     no e-values.
    ///   - gates: how many gates there are.
    ///   - level: the false discovery rate, a fraction.
    package static func chosen(logEvidence: [Double], gates: Int, level: Double) -> Set<Int> {
        let order = logEvidence.indices.sorted { (-logEvidence[$0], $0) < (-logEvidence[$1], $1) }
        let whole = log(Double(max(gates, 1)) / level)
        let count = order.indices.last { logEvidence[order[$0]] >= whole - log(Double($0 + 1)) }.map { $0 + 1 } ?? 0
        return Set(order.prefix(count))
    }
}
