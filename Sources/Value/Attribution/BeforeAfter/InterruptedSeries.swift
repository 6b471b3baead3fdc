internal import Statistics

/// An interrupted time series: y = a + b t + c post + d (t − T₀) post, with seasons and covariates.
///
/// The level change c is the jump at T₀, the last time before; the effect n times later is c + n d.
package struct InterruptedSeries: Sendable {
    /// A coefficient with its errors.
    package struct Coefficient: Sendable {
        /// What it belongs to.
        package let name: String
        /// Its estimate, in the outcome's unit (per time for trends).
        package let estimate: Double
        /// Its error if residuals were independent.
        package let classicalError: Double
        /// Newey and West's error.
        package let standardError: Double
    }

    /// Intercept, trend, level change, slope change (with two times after or more), seasons, covariates.
    package let coefficients: [Coefficient]
    /// How many times apart residuals may be related in the errors.
    package let lag: Int
    /// n ÷ (n − k), by which the covariance is multiplied.
    package let correction: Double
    /// Times minus coefficients.
    package let degrees: Int
    /// The mean effect over the times after, and its error.
    package let meanEffect: (estimate: Double, standardError: Double)
    /// Fitted values.
    package let fitted: [Double]
    /// What the fit says of the times after without the change; the fit itself before.
    package let counterfactual: [Double]
    /// Observed minus fitted.
    package let residuals: [Double]

    /// Fits a series.
    ///
    /// - Parameter lag: `nil` for the usual one; see ``Statistics/RobustCovariance/usualLag(count:)``.
    /// - Returns: `nil` where there are too few times, or a column is a combination of others.
    init?(_ series: ObservedSeries, lag: Int?) {
        let (names, design) = Self.design(series)
        guard let fit = LeastSquares(design, series.values), fit.degrees > 0, let classical = fit.classicalCovariance
        else { return nil }
        let chosen = min(lag ?? RobustCovariance.usualLag(count: series.values.count), series.values.count - 1)
        let factor = Double(design.rows) / Double(fit.degrees)
        let robust = RobustCovariance.neweyWest(fit, lag: chosen, correction: factor)
        (self.lag, correction, degrees, residuals) = (chosen, factor, fit.degrees, fit.residuals)
        coefficients = names.indices.map { place in
            Coefficient(
                name: names[place], estimate: fit.coefficients[place],
                classicalError: max(classical[place, place], 0).squareRoot(),
                standardError: max(robust[place, place], 0).squareRoot())
        }
        let weights = Self.meanWeights(series, width: design.columns)
        meanEffect = (
            Vectors.dot(weights, fit.coefficients), max(Vectors.dot(weights, robust * weights), 0).squareRoot()
        )
        fitted = zip(series.values, fit.residuals).map { $0 - $1 }
        let (level, slope) = (fit.coefficients[2], series.postCount > 1 ? fit.coefficients[3] : 0)
        counterfactual = fitted.enumerated().map { time, value in
            time < series.preCount ? value : value - level - slope * Double(time - series.preCount + 1)
        }
    }

    /// The jump at the last time before.
    package var levelChange: Coefficient { coefficients[2] }
    /// The change of the trend per time; `nil` with a single time after.
    package var slopeChange: Coefficient? {
        coefficients.count > 3 && coefficients[3].name == "slope change" ? coefficients[3] : nil
    }

    private static func design(_ series: ObservedSeries) -> (names: [String], matrix: Matrix) {
        let times = series.values.indices
        let since = times.map { Double(max($0 - series.preCount + 1, 0)) }
        var (names, columns) = (
            ["intercept", "trend", "level change"],
            [times.map { _ in 1.0 }, times.map(Double.init), since.map { $0 > 0 ? 1.0 : 0 }]
        )
        if series.postCount > 1 {
            names.append("slope change")
            columns.append(since)
        }
        for phase in Set(series.phases).sorted().dropFirst() {
            names.append("season \(phase + 1)")
            columns.append(series.phases.map { $0 == phase ? 1 : 0 })
        }
        names += series.covariateNames
        columns += (0..<series.covariates.columns).map { Array(series.covariates.column($0)) }
        return (names, Matrix(rows: times.count, columns: columns))
    }

    /// What the mean effect takes of each coefficient: the level change once, the slope change by the mean time since.
    private static func meanWeights(_ series: ObservedSeries, width: Int) -> [Double] {
        var weights = [Double](repeating: 0, count: width)
        weights[2] = 1
        if series.postCount > 1 { weights[3] = Double(series.postCount + 1) / 2 }
        return weights
    }
}
