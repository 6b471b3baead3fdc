internal import Statistics

/// How sure a synthetic control is, and how that is known.
struct SyntheticErrors: Sendable {
    /// The standard error; `nil` where the method has none.
    let standardError: Double?
    /// The standard error by leaving out unit after unit with weights kept; `nil` with one treated unit.
    let jackknife: Double?
    /// The interval.
    let interval: EffectEstimate.Interval
    /// Where the interval comes from, for people.
    let source: String
    /// The conformal p-values of no effect, by sums of sizes and of squares; `nil` where there are none.
    let conformal: (sizes: Double, squares: Double)?
    /// How finely the conformal interval was searched, in the outcome's unit.
    let step: Double?

    init(
        _ problem: DonorProblem, _ fit: SyntheticFit, _ placebos: PlaceboTest, _ study: PanelStudy,
        _ options: SyntheticControlStudy.Options
    ) {
        self =
            options.method == .sdid
            ? Self(placebos.deviation, SyntheticJackknife(problem, fit, study).error, fit, options.level)
            : Self(Self.test(problem, fit, options.method), problem, fit, options)
    }

    /// From placebos.
    private init(_ error: Double?, _ jackknife: Double?, _ fit: SyntheticFit, _ level: Double) {
        let width = error.map { StandardNormal.quantile(0.5 + level / 2) * $0 }
        (standardError, self.jackknife) = (error, jackknife)
        interval = .init(level: level, low: width.map { fit.meanGap - $0 }, high: width.map { fit.meanGap + $0 })
        (source, conformal, step) = ("placebo standard error, normal", nil, nil)
    }

    /// From a conformal test.
    private init(
        _ test: ConformalTest, _ problem: DonorProblem, _ fit: SyntheticFit, _ options: SyntheticControlStudy.Options
    ) {
        let isSearched = options.method == .predictors
        let middle = isSearched ? SyntheticMethod.outcomeFit(problem) ?? fit : fit
        let found = test.interval(around: middle.meanGap, unit: middle.preRMSPE, level: options.level)
        (standardError, jackknife, step) = (nil, nil, found.step)
        interval = .init(level: options.level, low: found.low, high: found.high)
        conformal = test.p(effect: 0).flatMap { sizes in test.p(effect: 0, power: 2).map { (sizes, $0) } }
        source = isSearched ? "conformal, of the outcome-only weights" : "conformal, refitted on all times, q = 1"
    }

    /// A search over predictors cannot be repeated for every effect; the test is valid for any weights that treat all
    /// times alike.
    private static func test(_ problem: DonorProblem, _ fit: SyntheticFit, _ method: SyntheticMethod) -> ConformalTest {
        guard method == .ridge, let ridge = fit.ridge else { return ConformalTest(problem) }
        return ConformalTest(problem) { RidgeAugmentation.fit($0, ridge: ridge) }
    }
}

/// The jackknife of synthetic difference-in-differences: weights are kept, and scaled to sum to 1.
private struct SyntheticJackknife {
    let error: Double?

    init(_ problem: DonorProblem, _ fit: SyntheticFit, _ study: PanelStudy) {
        guard problem.treatedCount > 1, fit.weights.count(where: { $0 > 0 }) > 1 else {
            error = nil
            return
        }
        let outcome = study.panel.outcome.selecting(rows: Array(0..<study.timeCount))
        var effects = fit.weights.indices.map { donor -> Double in
            let rest = 1 - fit.weights[donor]
            let weights = fit.weights.enumerated().map { $0.offset == donor ? 0 : $0.element / rest }
            return Self.effect(problem, fit, weights)
        }
        for unit in study.treated {
            var fewer = problem
            let others = study.treated.filter { $0 != unit }
            fewer.treated = problem.treated.indices.map { time in Vectors.mean(others.map { outcome[time, $0] }) }
            effects.append(Self.effect(fewer, fit, fit.weights))
        }
        let count = Double(effects.count)
        error = SampleMean(of: effects)?.variance.map { ((count - 1) / count * (count - 1) * $0).squareRoot() }
    }

    private static func effect(_ problem: DonorProblem, _ fit: SyntheticFit, _ weights: [Double]) -> Double {
        SyntheticDifferences(problem).fit(donors: weights, times: fit.timeWeights, gap: nil).meanGap
    }
}
