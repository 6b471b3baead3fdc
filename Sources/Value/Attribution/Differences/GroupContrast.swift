internal import Statistics

/// A difference between groups' means, with what every unit adds to its error.
struct GroupContrast: Sendable {
    /// The difference, in the outcome's unit.
    var estimate: Double
    /// For each unit, its deviation from its group's mean times its weight in the difference.
    var contributions: [Double]

    /// The sum of contrasts, each times a weight.
    static func sum(_ parts: [(weight: Double, contrast: GroupContrast)], units: Int) -> GroupContrast {
        var total = GroupContrast(estimate: 0, contributions: [Double](repeating: 0, count: units))
        for (weight, contrast) in parts {
            total.estimate += weight * contrast.estimate
            for unit in total.contributions.indices {
                total.contributions[unit] += weight * contrast.contributions[unit]
            }
        }
        return total
    }
}

/// How contrasts of one panel vary: units are drawn independently, groups have variances of their own.
struct GroupVariance: Sendable {
    /// The units of each group; with one of fewer than two nothing can be told about its own variance.
    let groups: [[Int]]
    /// Whether a single treated unit borrows its variance from the controls.
    let borrows: Bool

    init(_ panel: CohortPanel) {
        let treated = panel.cohorts.map { panel.units(of: $0) }
        groups = treated + [panel.units(of: nil)].filter { !$0.isEmpty }
        borrows = treated.count == 1 && treated[0].count == 1 && groups.count == 2
    }

    /// The covariance of two contrasts: Σ over groups of n ÷ (n − 1) × Σ of products of contributions.
    func covariance(_ a: GroupContrast, _ b: GroupContrast) -> Double {
        parts(a, b).reduce(0, +)
    }

    /// The standard error, and its degrees of freedom after Welch and Satterthwaite.
    func error(_ contrast: GroupContrast) -> (error: Double, degrees: Double)? {
        let parts = parts(contrast, contrast)
        let sum = parts.reduce(0, +)
        let freedom = zip(groups, parts).reduce(0) { total, pair in
            pair.0.count > 1 ? total + pair.1 * pair.1 / Double(pair.0.count - 1) : total
        }
        return sum > 0 && freedom > 0 ? (sum.squareRoot(), sum * sum / freedom) : nil
    }

    private func parts(_ a: GroupContrast, _ b: GroupContrast) -> [Double] {
        let scale = borrows ? Double(groups[1].count + 1) : 1
        return groups.map { units in
            guard units.count > 1 else { return 0 }
            let sum = units.reduce(0) { $0 + a.contributions[$1] * b.contributions[$1] }
            return sum * Double(units.count) / Double(units.count - 1) * scale
        }
    }

    /// A contrast with its interval.
    func judged(_ contrast: GroupContrast, level: Double) -> ContrastEstimate {
        let found = error(contrast)
        let width = found.flatMap { found in
            TestDistributions.tQuantile(0.5 + level / 2, degrees: found.degrees).map { $0 * found.error }
        }
        return ContrastEstimate(
            estimate: contrast.estimate, standardError: found?.error,
            interval: width.map { (contrast.estimate - $0, contrast.estimate + $0) },
            p: found.flatMap { TestDistributions.twoSided(t: contrast.estimate / $0.error, degrees: $0.degrees) })
    }
}

/// A contrast with what is known of its error.
package struct ContrastEstimate: Sendable {
    /// The difference, in the outcome's unit.
    package let estimate: Double
    /// Its standard error; `nil` where no group has two units.
    package let standardError: Double?
    /// Its interval; `nil` without a standard error.
    package let interval: (low: Double, high: Double)?
    /// The two-sided p-value of no difference.
    package let p: Double?
}
