package import Documents
internal import Domain

extension SyntheticControlStudy: Study {
    /// Weights, fit, gaps, placebos and robustness.
    package var details: [JSONOutput.Member] {
        [
            .init("weights", weightObject), .init("pre_rmspe", .number(fit.preRMSPE)),
            .init("pre_mspe", .number(fit.preMSPE)), .init("post_mspe", .number(fit.postMSPE)),
            .init("mspe_ratio", .number(fit.ratio)), .init("post_gap", .number(fit.meanGap)),
            .init("post_gaps", postGaps), .init("gaps", series(fit.gaps)), .init("observed", series(study.treatedMean)),
            .init("synthetic", series(fit.counterfactual)), .init("optimality_gap", .fraction(fit.optimalityGap)),
        ] + extras + inference
    }

    private var extras: [JSONOutput.Member] {
        var members: [JSONOutput.Member] = []
        if !fit.timeWeights.isEmpty { members.append(.init("time_weights", series(fit.timeWeights))) }
        if let ridge = fit.ridge { members.append(.init("ridge_penalty", .number(ridge))) }
        if !fit.predictorWeights.isEmpty {
            members.append(
                .init(
                    "predictor_weights",
                    .object(zip(predictorNames, fit.predictorWeights).map { .init($0, .number($1)) })))
        }
        return members
    }

    private var inference: [JSONOutput.Member] {
        [
            .init("placebo_p_value", .fraction(placebos.rules.first?.p)),
            .init("placebo_rules", .array(placebos.rules.map(\.json))),
            .init("placebos", .array(placebos.placebos.map(\.json))),
            .init("placebo_in_time", robustness.inTime?.json ?? .null),
            .init("leave_one_out", .object(robustness.leaveOneOut.map { .init($0.name, .number($0.effect)) })),
            .init("conformal_p_value", .fraction(errors.conformal?.sizes)),
            .init("conformal_p_value_squares", .fraction(errors.conformal?.squares)),
            .init("interval_source", .string(errors.source)), .init("interval_step", .fraction(errors.step)),
            .init("jackknife_standard_error", .fraction(errors.jackknife)),
        ]
    }

    /// Donors that weigh anything, the heaviest first.
    var heaviest: [(name: String, weight: Double)] {
        zip(names, fit.weights).filter { abs($0.1) > 1e-9 }.sorted { ($1.1, $0.0) < ($0.1, $1.0) }
            .map { (name: $0.0, weight: $0.1) }
    }

    private var weightObject: JSONOutput { .object(heaviest.map { .init($0.name, .number($0.weight)) }) }

    private var postGaps: JSONOutput {
        .object(zip(study.labels.dropFirst(study.preCount), fit.postGaps).map { .init($0, .number($1)) })
    }

    private func series(_ values: [Double]) -> JSONOutput {
        .object(zip(study.labels, values).map { .init($0, .number($1)) })
    }
}

extension PlaceboTest.Rule {
    var json: JSONOutput {
        [
            "statistic": .string(statistic.rawValue), "pre_mspe_limit": .fraction(limit),
            "rank": .integer(Int64(rank)), "units": .integer(Int64(count)), "p_value": .number(p),
        ]
    }
}

extension PlaceboTest.Placebo {
    var json: JSONOutput {
        [
            "unit": .string(name), "pre_mspe": .number(fit.preMSPE), "mspe_ratio": .number(fit.ratio),
            "effect": .number(fit.meanGap),
        ]
    }
}

extension Robustness.FakeStart {
    var json: JSONOutput {
        [
            "last_before": .string(lastBefore), "pre_rmspe": .number(fit.preRMSPE), "effect": .number(fit.meanGap),
            "post_rmspe": .number(postRMSPE),
        ]
    }
}
