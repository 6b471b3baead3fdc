internal import Statistics

/// How large an experiment has to be, and how long it takes, before it is begun.
package struct PowerPlan: Sendable, Hashable {
    /// What is to be told apart.
    package enum Outcome: Sendable, Hashable {
        /// Means that differ by `effect`, with a standard deviation between units, both in the outcome's unit.
        case mean(effect: Double, deviation: Double)
        /// A share of successes that moves from `base` by `effect`, both fractions.
        case proportion(base: Double, effect: Double)
    }

    /// What is to be told apart.
    package let outcome: Outcome
    /// Two-sided chance of a false alarm over all arms, and chance to find the effect, fractions.
    package let alpha, power: Double
    /// Arms, the control among them, all of one size.
    package let arms: Int
    /// Rows in a cluster, and the share of the variance that lies between clusters.
    package let clusterSize, intraclassCorrelation: Double
    /// Units that come in a day, for all arms together; `nil` where it is not known.
    package let unitsPerDay: Double?
    /// Units in each arm, rounded up.
    package let perArm: Int
    /// Days until they have come, rounded up to whole days; `nil` without traffic.
    package let days: Int?

    /// Makes a plan.
    ///
    /// With several treatments α is parted among them (Bonferroni). Rows in clusters count for less by the design effect
    /// 1 + (size − 1) × correlation (Kish, 1965).
    ///
    /// - Throws: ``StudyError`` where the numbers have no answer.
    package init(
        _ outcome: Outcome, alpha: Double = 0.05, power: Double = 0.8, arms: Int = 2, clusterSize: Double = 1,
        intraclassCorrelation: Double = 0, unitsPerDay: Double? = nil
    ) throws(StudyError) {
        guard arms > 1, clusterSize >= 1, (0...1).contains(intraclassCorrelation), unitsPerDay ?? 1 > 0 else {
            throw StudyError(
                .badInput,
                "A plan needs at least 2 arms, clusters of at least 1 row, a correlation from 0 to 1, and traffic above 0."
            )
        }
        let each = alpha / Double(arms - 1)
        guard let units = Self.units(outcome, alpha: each, power: power) else {
            throw StudyError(
                .badInput,
                "State an effect that is not zero, a standard deviation above 0 (or shares from 0 to 1), and α below the "
                    + "power, both fractions.")
        }
        let needed = (units * Self.designEffect(clusterSize, intraclassCorrelation)).rounded(.up)
        guard needed < 1e12 else {
            throw StudyError(.badInput, "It would take more than 10¹² units to see so small an effect.")
        }
        (self.outcome, self.alpha, self.power, self.arms) = (outcome, alpha, power, arms)
        (self.clusterSize, self.intraclassCorrelation) = (clusterSize, intraclassCorrelation)
        (self.unitsPerDay, perArm) = (unitsPerDay, max(Int(needed), 2))
        days = try Self.days(max(needed, 2) * Double(arms), unitsPerDay)
    }

    /// By how much clusters enlarge the number of rows.
    package var designEffect: Double { Self.designEffect(clusterSize, intraclassCorrelation) }

    private static func designEffect(_ size: Double, _ correlation: Double) -> Double { 1 + (size - 1) * correlation }

    private static func days(_ units: Double, _ unitsPerDay: Double?) throws(StudyError) -> Int? {
        guard let unitsPerDay else { return nil }
        let days = (units / unitsPerDay).rounded(.up)
        guard days < 1e9 else { throw StudyError(.badInput, "With so little traffic it would never end.") }
        return Int(days)
    }

    private static func units(_ outcome: Outcome, alpha: Double, power: Double) -> Double? {
        switch outcome {
        case .mean(let effect, let deviation):
            deviation > 0 ? SampleSize.perArm(effect: effect / deviation, alpha: alpha, power: power) : nil
        case .proportion(let base, let effect):
            SampleSize.perArm(share: base + effect, against: base, alpha: alpha, power: power)
        }
    }
}
