internal import Documents
internal import Domain
internal import Statistics

/// What a before-and-after comparison is worth: never more than that it was different afterwards.
struct BeforeAfterVerdict {
    let series: ObservedSeries
    let regression: InterruptedSeries
    let dates: PlaceboDates
    let forecasts: [CounterfactualForecast]
    let level: Double
    let warnings: [String]

    var effect: EffectEstimate {
        let change = regression.levelChange
        let degrees = Double(regression.degrees)
        let width = TestDistributions.tQuantile(0.5 + level / 2, degrees: degrees).map { $0 * change.standardError }
        return EffectEstimate(
            method: "before-after", estimate: change.estimate, standardError: change.standardError,
            interval: width.map { .init(level: level, low: change.estimate - $0, high: change.estimate + $0) },
            pValue: TestDistributions.twoSided(t: change.estimate / change.standardError, degrees: degrees),
            treatedCount: 1, controlCount: 0, grade: .beforeAfter, assumptions: assumptions,
            warnings: warnings + found)
    }

    /// The number of correlations that are tested together.
    static func lags(_ count: Int) -> Int { max(min(10, count / 5), 1) }

    private var assumptions: [String] {
        let covariates =
            series.covariateNames.isEmpty
            ? [] : ["The change did not touch \(series.covariateNames.joined(separator: ", "))."]
        return [
            "The trend before would have gone on as a straight line.",
            "Nothing else changed at \(series.labels[series.preCount]).",
            "The outcome was measured in the same way throughout.",
        ] + covariates
    }

    private var found: [String] {
        var found: [String] = []
        if let watson = Autocorrelation.durbinWatson(regression.residuals), watson < 1.5 {
            found.append(
                "Residuals follow one another (Durbin-Watson \(NumberText.fixed(watson, decimals: 2))). Newey-West errors "
                    + "allow for it, and are still too small in short series: read the interval as a lower bound.")
        }
        if series.preCount < 8 {
            found.append("A trend from \(series.preCount) times reaches far beyond them. Give earlier rows.")
        }
        if let share = dates.largerShare, share >= 0.1 {
            found.append(
                "\(NumberText.percent(share)) of the dates before show a change that is as clear as the real one: the "
                    + "regression finds breaks where nothing happened.")
        }
        if series.postCount == 1 { found.append("With one time after, level and slope cannot be told apart.") }
        if forecasts.isEmpty { found.append("There is too little before for a forecast; the regression stands alone.") }
        return found + disagreement
    }

    private var disagreement: [String] {
        guard let first = forecasts.first, let widest = forecasts.map(\.meanError).max(),
            let least = forecasts.map(\.meanError).min(), least > 0, widest > 2 * least
        else { return [] }
        let text = StudyText(of: [first.meanEffect, widest])
        return [
            "The forecast's error goes from \(text.number(least)) to \(text.number(widest)) with the choice of slope and "
                + "prior: the assumption sets the width, not the data."
        ]
    }
}
