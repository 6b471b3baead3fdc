internal import CNLopt

/// Minima of functions without derivatives inside a box, by NLopt.
package struct BoxSearch: Sendable {
    /// What was found.
    package struct Minimum: Sendable, Hashable {
        /// Where it is.
        package let point: [Double]
        /// The function there.
        package let value: Double
    }

    /// The lower end of every coordinate.
    package let lower: [Double]
    /// The upper end of every coordinate.
    package let upper: [Double]

    /// Creates a search in a box.
    package init(lower: [Double], upper: [Double]) { (self.lower, self.upper) = (lower, upper) }

    /// Controlled random search with local mutation (Kaelo and Ali, 2006), then ``local(from:evaluations:_:)``.
    ///
    /// - Parameters:
    ///   - start: a point that is tried as well.
    ///   - evaluations: how often the function may be asked, for the search and for the refinement each.
    ///   - seed: decides the random points; the same seed finds the same minimum.
    package func global(
        from start: [Double], evaluations: Int, seed: UInt64, _ function: @escaping ([Double]) -> Double
    ) -> Minimum {
        // Zero would let the library take the time.
        nlopt_srand(UInt(truncatingIfNeeded: seed | 1))
        let found = run(NLOPT_GN_CRS2_LM, from: start, evaluations: evaluations, function)
        return local(from: found.point, evaluations: evaluations, function)
    }

    /// Rowan's subplex search (1990) from a point.
    package func local(
        from start: [Double], evaluations: Int, _ function: @escaping ([Double]) -> Double
    ) -> Minimum {
        run(NLOPT_LN_SBPLX, from: start, evaluations: evaluations, function)
    }

    private func run(
        _ algorithm: nlopt_algorithm, from start: [Double], evaluations: Int,
        _ function: @escaping ([Double]) -> Double
    ) -> Minimum {
        let objective = Objective(function)
        var best = Minimum(point: start, value: objective.value(start))
        guard !start.isEmpty, let search = nlopt_create(algorithm, UInt32(start.count)) else { return best }
        defer { nlopt_destroy(search) }
        nlopt_set_lower_bounds(search, lower)
        nlopt_set_upper_bounds(search, upper)
        nlopt_set_maxeval(search, Int32(clamping: evaluations))
        nlopt_set_xtol_rel(search, 1e-9)
        nlopt_set_ftol_rel(search, 1e-12)
        withExtendedLifetime(objective) {
            nlopt_set_min_objective(search, Objective.call, Unmanaged.passUnretained(objective).toOpaque())
            var (point, value) = (start, Double.infinity)
            nlopt_optimize(search, &point, &value)
            // An ordinary stop and one for rounding both leave the best point behind.
            if value < best.value { best = Minimum(point: point, value: value) }
        }
        return best
    }
}

/// A function that C can call.
private final class Objective {
    private let function: ([Double]) -> Double

    init(_ function: @escaping ([Double]) -> Double) { self.function = function }

    /// What is no number is worse than everything.
    func value(_ point: [Double]) -> Double {
        let value = function(point)
        return value.isFinite ? value : 1e300
    }

    static let call: nlopt_func = { count, point, _, data in
        guard let point, let data else { return 1e300 }
        let objective = Unmanaged<Objective>.fromOpaque(data).takeUnretainedValue()
        return objective.value(Array(UnsafeBufferPointer(start: point, count: Int(count))))
    }
}
