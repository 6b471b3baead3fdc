internal import CBoostMath

/// Whether residuals follow from those before them.
package enum Autocorrelation {
    /// Durbin and Watson's statistic (1950): about 2 without autocorrelation, near 0 with much; `nil` where all are 0.
    package static func durbinWatson(_ residuals: [Double]) -> Double? {
        let sum = Vectors.dot(residuals, residuals)
        guard sum > 0 else { return nil }
        return zip(residuals.dropFirst(), residuals).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) } / sum
    }

    /// The correlation of residuals `lag` apart, of mean 0; `nil` where all are 0.
    package static func correlation(_ residuals: [Double], lag: Int) -> Double? {
        let sum = Vectors.dot(residuals, residuals)
        guard sum > 0 else { return nil }
        return Vectors.dot(residuals.dropFirst(lag), residuals) / sum
    }

    /// Ljung and Box's test (1978) that the first `lags` correlations are 0.
    ///
    /// - Returns: the statistic and its p-value; `nil` where all residuals are 0 or there are too few.
    package static func ljungBox(_ residuals: [Double], lags: Int) -> (statistic: Double, p: Double)? {
        let count = Double(residuals.count)
        guard lags > 0, residuals.count > lags + 1 else { return nil }
        var sum = 0.0
        for lag in 1...lags {
            guard let correlation = correlation(residuals, lag: lag) else { return nil }
            sum += correlation * correlation / (count - Double(lag))
        }
        let statistic = count * (count + 2) * sum
        return (statistic, payback_chi_square_upper(Double(lags), statistic))
    }
}
