/// What one arm of an experiment came to.
package struct ArmEstimate: Sendable, Hashable {
    /// The arm's name.
    package var name: String
    /// Units with an outcome.
    package var count: Int
    /// The mean, ratio, share or quantile as found.
    package var found: Double
    /// The standard deviation between units; of a ratio, of its linear part.
    package var deviation: Double
    /// The same as `found` after the adjustment for covariates.
    package var adjusted: Double
    /// The square of the standard error of `adjusted`.
    package var variance: Double
    /// Its degrees of freedom; infinite where it is normal.
    package var degrees: Double
    /// The square of the standard error of `found`.
    package var foundVariance: Double
    /// The degrees of freedom of that.
    package var foundDegrees: Double
    /// The covariance of `adjusted` and `found`.
    package var covariance: Double
}
