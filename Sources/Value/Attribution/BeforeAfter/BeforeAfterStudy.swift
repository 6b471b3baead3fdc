internal import Statistics

/// One series before and after a change: a regression, and a forecast of what would have come.
package struct BeforeAfterStudy: Sendable {
    /// What was asked for.
    package struct Request: Sendable, Hashable {
        /// The first time after the change.
        package var start: String
        /// The last time that counts; `nil` for all.
        package var end: String?
        /// The units whose mean is the series; empty where there is one series.
        package var units: [String] = []
        /// Columns that explain the outcome and that the change does not touch.
        package var covariates: [String] = []
        /// How many times make a season: 12 for months, 7 for days; `nil` for none.
        package var season: Int?
        /// How many times apart residuals may be related; `nil` for 4 (n ÷ 100)^(2/9).
        package var lag: Int?
        /// The level of intervals, a fraction.
        package var level = 0.95

        /// Creates a request.
        package init(start: String, end: String? = nil, units: [String] = [], covariates: [String] = []) {
            (self.start, self.end, self.units, self.covariates) = (start, end, units, covariates)
        }
    }

    /// With so many times before, forecasts have a slope.
    static let fewestForSlope = 10

    let request: Request
    let series: ObservedSeries
    let outcomeName: String
    /// The regression.
    package let regression: InterruptedSeries
    /// Starts that were none.
    package let dates: PlaceboDates
    /// The forecast that is shown, then the same with other choices; empty where too little lies before.
    package let forecasts: [CounterfactualForecast]
    /// The estimate: the level change of the regression.
    package let effect: EffectEstimate

    /// Studies a panel's series.
    ///
    /// - Throws: ``StudyError`` where a cell is empty, or too little lies before or after.
    package init(_ panel: Panel, _ request: Request) throws(StudyError) {
        let (series, warnings) = try ObservedSeries.of(panel, request)
        guard let regression = InterruptedSeries(series, lag: request.lag) else {
            throw StudyError(
                .notIdentified,
                "\(series.values.count) times do not identify the trend, the change and "
                    + "\(request.covariates.count) covariates\(request.season == nil ? "" : " and a season"). Give more "
                    + "times, or fewer covariates; one that equals the change cannot be told from it.")
        }
        (self.request, self.series, self.regression, outcomeName) = (request, series, regression, panel.outcomeName)
        dates = PlaceboDates(series, regression)
        let slopes = series.preCount >= Self.fewestForSlope ? [true, false] : [false, true]
        forecasts = slopes.flatMap { slope in
            CounterfactualForecast.Rule.allCases.compactMap {
                CounterfactualForecast(series, hasSlope: slope, rule: $0)
            }
        }
        effect =
            BeforeAfterVerdict(
                series: series, regression: regression, dates: dates, forecasts: forecasts, level: request.level,
                warnings: warnings
            ).effect
    }

    /// The mean before and the mean after.
    package var means: (before: Double, after: Double) {
        (Vectors.mean(series.values.prefix(series.preCount)), Vectors.mean(series.values.dropFirst(series.preCount)))
    }
}
