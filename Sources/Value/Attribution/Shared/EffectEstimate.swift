package import Domain

/// What a study says an effect is: the part that every method has.
package struct EffectEstimate: Sendable, Hashable {
    /// A confidence, credible or permutation interval.
    package struct Interval: Sendable, Hashable {
        /// Its level, a fraction: 0.95.
        package var level: Double
        /// The ends; absent where that side is unbounded or cannot be told.
        package var low, high: Double?

        /// Creates an interval.
        package init(level: Double, low: Double?, high: Double?) {
            (self.level, self.low, self.high) = (level, low, high)
        }
    }

    /// The method's name as on the command line, with its variant: `did`, `ab`, `synthetic-control`.
    package var method: String
    /// The effect, in the outcome's unit; `nil` where it is not identified.
    package var estimate: Double?
    /// Its standard error, in the same unit; `nil` where the method has none.
    package var standardError: Double?
    /// Its interval; `nil` where the method has none.
    package var interval: Interval?
    /// The two-sided p-value of no effect; `nil` where the method has none.
    package var pValue: Double?
    /// Treated units.
    package var treatedCount: Int
    /// Units that they are compared with.
    package var controlCount: Int
    /// How good the evidence is.
    package var grade: EvidenceGrade
    /// What has to hold for the estimate to be the effect, one sentence each.
    package var assumptions: [String]
    /// What in these data speaks against it, one sentence each, with what to do.
    package var warnings: [String] = []

    /// Creates an estimate.
    package init(
        method: String, estimate: Double?, standardError: Double? = nil, interval: Interval? = nil,
        pValue: Double? = nil, treatedCount: Int, controlCount: Int, grade: EvidenceGrade, assumptions: [String],
        warnings: [String] = []
    ) {
        (self.method, self.estimate, self.standardError) = (method, estimate, standardError)
        (self.interval, self.pValue) = (interval, pValue)
        (self.treatedCount, self.controlCount) = (treatedCount, controlCount)
        (self.grade, self.assumptions, self.warnings) = (grade, assumptions, warnings)
    }
}
