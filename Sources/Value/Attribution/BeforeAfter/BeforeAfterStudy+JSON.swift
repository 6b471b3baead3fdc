package import Documents
internal import Domain
internal import Statistics

extension BeforeAfterStudy: Study {
    /// Means, coefficients, checks, placebo dates, forecasts.
    package var details: [JSONOutput.Member] {
        [
            .init("mean_before", .number(means.before)), .init("mean_after", .number(means.after)),
            .init("difference", .number(means.after - means.before)),
            .init("level_change", .number(regression.levelChange.estimate)),
            .init("slope_change", .fraction(regression.slopeChange?.estimate)),
            .init("mean_effect", .number(regression.meanEffect.estimate)),
            .init("mean_effect_standard_error", .number(regression.meanEffect.standardError)),
            .init("coefficients", .array(regression.coefficients.map(\.json))),
            .init("newey_west_lag", .integer(Int64(regression.lag))),
            .init("small_sample_factor", .number(regression.correction)),
            .init("degrees_of_freedom", .integer(Int64(regression.degrees))),
        ] + checks + [
            .init("placebo_dates", .array(dates.fakes.map(\.json))),
            .init("placebo_dates_larger_share", .fraction(dates.largerShare)),
            .init("counterfactual_forecasts", .array(forecasts.map { json($0) })), .init("series", rows),
            .init("cannot_rule_out", .array(Self.cannotRuleOut.map { .string($0) })),
        ]
    }

    private var checks: [JSONOutput.Member] {
        let lags = BeforeAfterVerdict.lags(series.values.count)
        let box = Autocorrelation.ljungBox(regression.residuals, lags: lags)
        return [
            .init("durbin_watson", .fraction(Autocorrelation.durbinWatson(regression.residuals))),
            .init("ljung_box", .fraction(box?.statistic)), .init("ljung_box_lags", .integer(Int64(lags))),
            .init("ljung_box_p_value", .fraction(box?.p)),
        ]
    }

    private func json(_ forecast: CounterfactualForecast) -> JSONOutput {
        let width = StandardNormal.quantile(0.5 + request.level / 2) * forecast.meanError
        return [
            "variances": .string(forecast.rule.rawValue), "has_slope": .bool(forecast.hasSlope),
            "mean_effect": .number(forecast.meanEffect), "standard_error": .number(forecast.meanError),
            "low": .number(forecast.meanEffect - width), "high": .number(forecast.meanEffect + width),
            "noise_deviation": .number(forecast.wander.noise), "level_deviation": .number(forecast.wander.level),
            "slope_deviation": .fraction(forecast.wander.slope), "season_deviation": .fraction(forecast.wander.season),
        ]
    }

    private var rows: JSONOutput {
        .array(
            series.values.indices.map { time in
                let after = time - series.preCount
                let forecast = forecasts.first.flatMap { after >= 0 ? ($0.means[after], $0.deviations[after]) : nil }
                return .object([
                    .init("time", .string(series.labels[time])), .init("observed", .number(series.values[time])),
                    .init("fitted", .number(regression.fitted[time])),
                    .init("counterfactual", after >= 0 ? .number(regression.counterfactual[time]) : .null),
                    .init("forecast", .fraction(forecast?.0)), .init("forecast_deviation", .fraction(forecast?.1)),
                ])
            })
    }
}

extension InterruptedSeries.Coefficient {
    var json: JSONOutput {
        [
            "name": .string(name), "estimate": .number(estimate), "standard_error": .number(standardError),
            "classical_standard_error": .number(classicalError),
        ]
    }
}

extension PlaceboDates.Fake {
    var json: JSONOutput {
        [
            "start": .string(label), "estimate": .number(estimate), "standard_error": .number(standardError),
            "t": .number(t),
        ]
    }
}
