internal import Documents
internal import Statistics

extension BeforeAfterStudy {
    /// The regression's coefficients.
    var coefficientTable: Table {
        let text = StudyText(of: regression.coefficients.map(\.standardError))
        return Table(
            "Regression",
            columns: [
                Column("Coefficient"), Column("Estimate", .decimal), Column("Newey-West error", .decimal),
                Column("Error if independent", .decimal),
            ],
            rows: regression.coefficients.map { coefficient in
                Row([
                    Cell(coefficient.name), Cell(text.number(coefficient.estimate)),
                    Cell(text.number(coefficient.standardError)), Cell(text.number(coefficient.classicalError)),
                ])
            })
    }

    /// The forecast under every choice.
    var forecastTable: [Block] {
        guard !forecasts.isEmpty else { return [] }
        let z = StandardNormal.quantile(0.5 + request.level / 2)
        let rows = forecasts.map { forecast in
            Row([
                Cell(forecast.words), Cell(text.number(forecast.meanEffect)),
                Cell(
                    text.range(
                        forecast.meanEffect - z * forecast.meanError, forecast.meanEffect + z * forecast.meanError)),
            ])
        }
        return [
            .table(
                Table(
                    "Mean effect by forecast; the variances are taken as known",
                    columns: [Column("Made of"), Column("Effect", .decimal), Column(StudyText.level(request.level))],
                    rows: rows))
        ]
    }

    /// What the residuals say.
    var checkText: String {
        let lags = BeforeAfterVerdict.lags(series.values.count)
        let box = Autocorrelation.ljungBox(regression.residuals, lags: lags)
        let watson = Autocorrelation.durbinWatson(regression.residuals)
        return
            "Residuals: Durbin-Watson \(watson.map { NumberText.fixed($0, decimals: 2) } ?? NumberText.none) (2 without "
            + "autocorrelation), Ljung-Box over \(lags) lags \(box.map { NumberText.fixed($0.statistic, decimals: 1) } ?? NumberText.none), "
            + "p \(StudyText.p(box?.p))."
    }

    /// Level changes at dates when nothing changed; at most thirty of them.
    var dateChart: [Block] {
        guard !dates.fakes.isEmpty else { return [] }
        let step = (dates.fakes.count + 29) / 30
        let real = PlaceboDates.Fake(
            label: "\(series.labels[series.preCount]) (real)", estimate: regression.levelChange.estimate,
            standardError: regression.levelChange.standardError)
        let shown = dates.fakes.indices.filter { $0 % step == 0 }.map { dates.fakes[$0] } + [real]
        let items = shown.map { fake -> RangeItem in
            let (low, high) = (fake.estimate - 1.96 * fake.standardError, fake.estimate + 1.96 * fake.standardError)
            return RangeItem(
                fake.label, low: low, high: high, middle: fake.estimate,
                text: "\(text.number(fake.estimate)) (t \(NumberText.fixed(fake.t, decimals: 1)))")
        }
        let share = dates.largerShare.map { NumberText.percent($0) } ?? NumberText.none
        return [
            .ranges(
                RangeChart(
                    "\(share) of the dates before show a change as clear as the real one",
                    subtitle: "Level change at dates when nothing changed, from the times before alone; ± 1.96 errors",
                    items: items, reference: 0))
        ]
    }
}
