internal import Statistics

/// Whether treated and controls ran parallel before. A test that finds nothing has not shown that they did.
package struct PreTrend: Sendable {
    /// How much more the treated gained per step before the start than the controls.
    package let slope: ContrastEstimate
    /// The F test that all effects before are 0; `nil` with too few units for the times.
    package let joint: (statistic: Double, first: Int, second: Int, p: Double)?

    /// `nil` with fewer than two times before for every cohort.
    init?(_ events: [(event: Int, contrast: GroupContrast)], _ variance: GroupVariance, level: Double) {
        let before = events.filter { $0.event < -1 }
        guard !before.isEmpty, let slope = Self.slope(before) else { return nil }
        self.slope = variance.judged(slope, level: level)
        joint = Self.joint(before.map(\.contrast), variance)
    }

    /// The least-squares slope over the steps before, the last of which is 0 by construction.
    private static func slope(_ before: [(event: Int, contrast: GroupContrast)]) -> GroupContrast? {
        let steps = before.map { Double($0.event) } + [-1]
        let mean = Vectors.mean(steps)
        let sum = steps.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        guard sum > 0, let first = before.first else { return nil }
        let parts = zip(steps, before).map { (weight: ($0 - mean) / sum, contrast: $1.contrast) }
        return .sum(parts, units: first.contrast.contributions.count)
    }

    /// Hotelling's test.
    private static func joint(
        _ contrasts: [GroupContrast], _ variance: GroupVariance
    ) -> (statistic: Double, first: Int, second: Int, p: Double)? {
        let free = variance.groups.reduce(0) { $0 + $1.count - 1 }
        let (first, second) = (contrasts.count, free - contrasts.count + 1)
        guard second >= contrasts.count, variance.groups.allSatisfy({ $0.count > contrasts.count }) else { return nil }
        var covariance = Matrix(rows: first, columns: first)
        for a in 0..<first { for b in 0..<first { covariance[a, b] = variance.covariance(contrasts[a], contrasts[b]) } }
        let effects = contrasts.map(\.estimate)
        guard let solved = SymmetricMatrix.solve(covariance, effects) else { return nil }
        let statistic = Vectors.dot(effects, solved) * Double(second) / Double(free * first)
        return TestDistributions.above(f: statistic, Double(first), Double(second)).map {
            (statistic, first, second, $0)
        }
    }
}
