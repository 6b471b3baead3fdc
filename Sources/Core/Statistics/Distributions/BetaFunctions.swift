internal import CBoostMath

/// The beta distribution and its function.
package enum BetaFunctions {
    /// P(X ≤ x); not a number where the parameters are not positive or x is outside 0…1.
    package static func cumulative(_ x: Double, alpha: Double, beta: Double) -> Double {
        payback_beta_cumulative(alpha, beta, x)
    }

    /// The value below which a share `p` lies.
    package static func quantile(_ p: Double, alpha: Double, beta: Double) -> Double {
        payback_beta_quantile(alpha, beta, p)
    }

    /// ln B(α, β).
    package static func logarithm(alpha: Double, beta: Double) -> Double {
        payback_log_gamma(alpha) + payback_log_gamma(beta) - payback_log_gamma(alpha + beta)
    }
}
