package import Documents
internal import Domain
internal import Statistics

extension BeforeAfterStudy {
    /// What no comparison of a series with its own past can exclude.
    static let cannotRuleOut = [
        "Anything else that happened at the same time: another tool, a training, new people, a season, a price.",
        "A trend that was about to turn anyway.",
        "A start that was chosen because the outcome was unusual just before (it would have gone back by itself).",
        "That the outcome's meaning or measurement changed with it.",
    ]

    /// For people: the change, the series with its counterfactuals, checks, what cannot be ruled out.
    package var document: Document {
        Document(
            title: finding, subtitle: subtitle,
            blocks: [.figures(figures), .lines(courses)] + forecastChart + [.table(coefficientTable)] + forecastTable
                + [.paragraph(checkText)] + dateChart + effect.closing(cannotRuleOut: Self.cannotRuleOut))
    }

    var text: StudyText { StudyText(of: [means.before, means.after, regression.levelChange.estimate]) }

    private var finding: String {
        let change = regression.levelChange.estimate
        let way = change < 0 ? "fell" : "rose"
        return
            "\(outcomeName) \(way) by \(text.number(change.magnitude)) at \(series.labels[series.preCount]); why, this cannot say"
    }

    private var subtitle: String {
        "Before and after: \(series.preCount) times before, \(series.postCount) after. Newey-West errors, lag "
            + "\(regression.lag), times n ÷ (n − k); t with \(regression.degrees) degrees."
    }

    private var figures: [Figure] {
        let mean = regression.meanEffect
        let slope = regression.slopeChange.map {
            Figure("Slope change", text.number($0.estimate), note: "per time, ± \(text.number($0.standardError))")
        }
        return effect.figures(text, named: "Level change", rule: "t, Newey-West")
            + (slope.map { [$0] } ?? [])
            + [
                Figure(
                    "Mean effect after", text.number(mean.estimate),
                    note: "standard error \(text.number(mean.standardError))"),
                Figure(
                    "Mean after less mean before", text.number(means.after - means.before),
                    note: "no effect: trends are in it"),
            ]
    }

    private var courses: LineChart {
        let after = series.values.indices.map { $0 >= series.preCount ? regression.counterfactual[$0] : nil }
        return LineChart(
            "Observed, and the trend before carried on", subtitle: "\(outcomeName) by time", axis: "Time",
            points: series.labels,
            series: [
                LineSeries("trend carried on", values: after, role: .other, isDashed: true),
                LineSeries("fitted", values: regression.fitted.map { $0 }, role: .accent),
                LineSeries("observed", values: series.values.map { $0 }),
            ]
        )
    }

    private var forecastChart: [Block] {
        guard let forecast = forecasts.first else { return [] }
        let z = StandardNormal.quantile(0.5 + request.level / 2)
        let place = { (values: [Double]) in
            series.values.indices.map { $0 >= series.preCount ? values[$0 - series.preCount] : nil }
        }
        let band = LineBand(
            "forecast", low: place(zip(forecast.means, forecast.deviations).map { $0 - z * $1 }),
            high: place(zip(forecast.means, forecast.deviations).map { $0 + z * $1 }))
        return [
            .lines(
                LineChart(
                    "Forecast from what lies before: a mean effect of \(text.number(forecast.meanEffect))",
                    subtitle:
                        "Structural time series, \(forecast.words); the band is \(StudyText.level(request.level))",
                    axis: "Time", points: series.labels,
                    series: [
                        LineSeries("forecast", values: place(forecast.means), role: .other, isDashed: true),
                        LineSeries("observed", values: series.values.map { $0 }),
                    ], band: band
                ))
        ]
    }
}

extension CounterfactualForecast {
    /// `level and slope, maximum likelihood`.
    var words: String {
        (hasSlope ? "level and slope" : "level")
            + (rule == .likeliest
                ? ", maximum likelihood" : ", prior on the level: 0.01 standard deviations, worth 32 values")
    }
}
