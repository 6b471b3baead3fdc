internal import Documents
internal import Domain
internal import Statistics

/// What a synthetic control's figures are worth: the estimate with its grade, assumptions and warnings.
struct SyntheticVerdict {
    let problem: DonorProblem
    let fit: SyntheticFit
    let placebos: PlaceboTest
    let errors: SyntheticErrors
    let study: PanelStudy
    let options: SyntheticControlStudy.Options
    let warnings: [String]

    /// A fit is good where its gaps are at most this share of what donors are apart at one time.
    static let goodShare = 0.25

    var effect: EffectEstimate {
        EffectEstimate(
            method: options.method == .outcomeOnly
                ? "synthetic-control" : "synthetic-control/\(options.method.rawValue)",
            estimate: fit.meanGap, standardError: errors.standardError, interval: errors.interval,
            pValue: placebos.rules.first?.p, treatedCount: study.treated.count, controlCount: problem.donors.columns,
            grade: isGood ? .quasiExperiment : .beforeAfter, assumptions: assumptions,
            warnings: study.warnings + warnings + fitWarnings + inferenceWarnings)
    }

    private var isGood: Bool { fit.preRMSPE <= Self.goodShare * problem.spread }

    private var assumptions: [String] {
        let first =
            options.method == .sdid
            ? "Without the treatment, \(study.treatedName) would have run parallel to the weighted donors."
            : "Without the treatment, the mixture of donors that fitted before would have fitted afterwards."
        return [
            first, "No donor was treated, or felt the treatment of \(study.treatedName).",
            "Nobody changed course before \(study.start) because the treatment was coming.",
        ]
    }

    private var fitWarnings: [String] {
        var found: [String] = []
        let text = StudyText(of: [fit.preRMSPE, problem.spread])
        if !isGood {
            found.append(
                "The fit before is poor: gaps of \(text.number(fit.preRMSPE)), more than a quarter of what donors are "
                    + "apart (\(text.number(problem.spread))). The evidence is graded as before and after.")
        }
        if fit.preRMSPE < 1e-9 * problem.spread {
            found.append(
                "The fit before is exact, so other weights fit as well and the effect depends on which are taken. "
                    + "Take fewer donors, or --method sdid.")
        }
        if fit.weights.contains(where: { $0 < 0 }) {
            found.append("Some weights are negative: the counterfactual reaches beyond what donors can be mixed to.")
        }
        if let gap = fit.optimalityGap, gap > 1e-9 {
            found.append("The weights may be off: the optimality gap is \(gap). Rescale the outcome.")
        }
        return found
    }

    private var inferenceWarnings: [String] { placeboWarnings + (options.method == .sdid ? [] : conformalWarnings) }

    private var placeboWarnings: [String] {
        let count = placebos.placebos.count
        if count == 0 { return ["There are too few donors for placebos, so no p-value is given. Add donors."] }
        var found: [String] = []
        if count < 19 {
            found.append("With \(count) placebos no p-value can be below \(StudyText.p(1 / Double(count + 1))).")
        }
        let close = placebos.placebos.filter { $0.fit.preMSPE < fit.preMSPE / 10 }.map(\.name)
        if options.method != .sdid, !close.isEmpty {
            found.append(
                "\(close.prefix(4).joined(separator: ", ")) fitted ten times better before; such units lead the "
                    + "ranking by ratio whatever happens afterwards. Compare the other rules.")
        }
        return found
    }

    private var conformalWarnings: [String] {
        var found: [String] = []
        let level = NumberText.fixed(options.level * 100, decimals: 0)
        if Double(study.timeCount) * (1 - options.level) < 1 {
            found.append(
                "\(study.timeCount) times cannot bound the effect at \(level) %; at least "
                    + "\(Int((1 / (1 - options.level)).rounded(.up))) are needed. Take a lower --level.")
        } else if errors.interval.low == nil || errors.interval.high == nil {
            found.append(
                "On one side no effect that was tried is refuted at \(level) %, so the interval has no end there.")
        }
        if 2 * study.postCount > study.preCount {
            found.append(
                "\(study.postCount) of \(study.timeCount) times lie after the start. Weights that are refitted on all "
                    + "times can follow a large effect then, so the conformal interval is long. An earlier --end shortens it."
            )
        }
        if let ridge = fit.ridge {
            found.append("The interval keeps the ridge's penalty (\(StudyText(of: [ridge]).number(ridge))) fixed.")
        }
        return found
    }
}
