internal import Statistics

/// A synthetic control of a panel: the effect, its inference, and what it rests on.
package struct SyntheticControlStudy: Sendable {
    /// What was asked for.
    package struct Options: Sendable, Hashable {
        /// How donors are weighted.
        package var method: SyntheticMethod
        /// What predicts the outcome; for ``SyntheticMethod/predictors`` alone.
        package var predictors: [PredictorWindow] = []
        /// The level of the interval, a fraction.
        package var level = 0.95
        /// Decides the search over predictors and groups that are drawn.
        package var seed: UInt64 = 1

        /// Creates options.
        package init(method: SyntheticMethod = .outcomeOnly, predictors: [PredictorWindow] = []) {
            (self.method, self.predictors) = (method, predictors)
        }
    }

    let options: Options
    let study: PanelStudy
    /// The donors' names, in the order of the weights.
    package let names: [String]
    /// The names of predictors, in the order of their weights.
    let predictorNames: [String]
    /// The weighted donors.
    package let fit: SyntheticFit
    /// Placebos in space.
    package let placebos: PlaceboTest
    /// Single donors left out, and a placebo in time.
    package let robustness: Robustness
    /// Standard errors, and what they come from.
    let errors: SyntheticErrors
    /// The estimate.
    package let effect: EffectEstimate

    /// Makes the study.
    ///
    /// - Throws: ``StudyError`` where the request does not fit the panel, or nothing can be told from it.
    package init(_ panel: Panel, _ request: PanelStudy.Request, _ options: Options) throws(StudyError) {
        let study = try PanelStudy(panel, request, fewestBefore: 2)
        let table = try Self.predictors(study, options)
        let places = table?.donors ?? Array(study.donors.indices)
        let problem = try Self.problem(study, places, table)
        guard let fit = options.method.fit(problem, seed: options.seed) else {
            throw StudyError(
                .notIdentified,
                "\(options.method.rawValue) finds no weights for \(places.count) donors and "
                    + "\(study.preCount) times before. Take --method outcome-only, or more donors.")
        }
        names = places.map { study.donorNames[$0] }
        (self.options, self.study, self.fit, predictorNames) = (options, study, fit, table?.names ?? [])
        placebos = PlaceboTest(problem, fit, names: names, method: options.method, seed: options.seed)
        robustness = Robustness(
            problem, fit, names: names, labels: study.labels, method: options.method, seed: options.seed)
        errors = SyntheticErrors(problem, fit, placebos, study, options)
        effect =
            SyntheticVerdict(
                problem: problem, fit: fit, placebos: placebos, errors: errors, study: study, options: options,
                warnings: table?.warnings ?? []
            ).effect
    }

    private static func predictors(_ study: PanelStudy, _ options: Options) throws(StudyError) -> PredictorTable? {
        guard options.method == .predictors else {
            if options.predictors.isEmpty { return nil }
            throw StudyError(
                .badInput, "--predictors belong to --method predictors; \(options.method.rawValue) takes none.")
        }
        guard !options.predictors.isEmpty else {
            throw StudyError(
                .badInput, "--method predictors needs --predictors, for example --predictors a,b@1980-1988.")
        }
        let table = try PredictorTable(options.predictors, study)
        if table.donors.isEmpty { throw StudyError(.notIdentified, "No donor has every predictor. Ask for fewer.") }
        return table
    }

    private static func problem(
        _ study: PanelStudy, _ places: [Int], _ table: PredictorTable?
    ) throws(StudyError) -> DonorProblem {
        var problem = DonorProblem(
            treated: study.treatedMean, donors: study.donorOutcomes.selecting(columns: places),
            preCount: study.preCount, predictors: table?.matrix)
        problem.treatedCount = study.treated.count
        let all = problem.treated + problem.donors.values
        if all.allSatisfy({ $0 == all[0] }) {
            throw StudyError(
                .notIdentified, "\(study.panel.outcomeName) is \(all[0]) everywhere; there is nothing to compare.")
        }
        return problem
    }
}
