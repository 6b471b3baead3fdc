package import Documents
internal import Statistics

extension ABTest {
    /// What an A/B test adds for programs.
    package var details: [JSONOutput.Member] {
        let first = primary
        return [
            .init("metric", .string(first.metric)), .init("test", .string(first.test.rawValue)),
            .init("degrees_of_freedom", .fraction(first.degrees.isFinite ? first.degrees : nil)),
            .init("fixed_horizon", .bool(path == nil && first.fixed == nil)),
            .init("sample_ratio_p_value", .fraction(sampleRatio?.pValue)),
            .init("sample_ratio", sampleRatio?.json ?? .null),
            .init("cuped_variance_reduction", .fraction(first.varianceReduction)),
            .init("cuped", adjustment.map { cuped($0, first) } ?? .null),
            .init("relative", first.relative?.json ?? .null),
            .init("minimum_detectable_effect", .number(first.minimumDetectable)),
            .init("power", .number(options.power)),
            .init("sequential", sequential(first)), .init("bayesian", first.posterior?.json ?? .null),
            .init("compliance", first.complier?.json ?? .null),
            .init("arms", .array(([first.control] + treatedArms).map(\.json))),
            .init("comparisons", .array(comparisons.map(\.json))),
        ]
    }

    private var treatedArms: [ArmEstimate] { comparisons.filter { $0.metric == primary.metric }.map(\.treated) }

    private func cuped(_ adjustment: CovariateAdjustment, _ first: ABComparison) -> JSONOutput {
        .object([
            .init("theta", .array(adjustment.coefficients.map { .number($0) })),
            .init("correlation", .number(adjustment.correlation)),
            .init("variance_reduction", .fraction(first.varianceReduction)),
            .init("unadjusted_estimate", .fraction(first.unadjusted?.estimate)),
            .init("unadjusted_standard_error", .fraction(first.unadjusted?.standardError)),
            .init("unadjusted_p_value", .fraction(first.unadjusted?.pValue)),
        ])
    }

    private func sequential(_ first: ABComparison) -> JSONOutput {
        guard let tuning = options.sequentialTuning else { return .null }
        let points = path?.points ?? []
        return .object([
            .init("tuning_size", .number(tuning)), .init("interval", first.interval.json),
            .init("p_value", .fraction(first.pValue)),
            .init("fixed_interval", first.fixed?.interval.json ?? .null),
            .init("fixed_p_value", .fraction(first.fixed?.pValue)),
            .init("decided_at_rows", .count(path?.decidedAt.map(Int64.init))),
            .init(
                "path",
                .array(
                    points.map {
                        .object([
                            .init("rows", .integer(Int64($0.rows))), .init("estimate", .fraction($0.estimate)),
                            .init("low", .fraction($0.low)), .init("high", .fraction($0.high)),
                        ])
                    })),
        ])
    }
}

extension SampleRatioTest {
    fileprivate var json: JSONOutput {
        .object([
            .init("observed", .array(observed.map { .integer(Int64($0)) })),
            .init("expected", .array(expected.map { .number($0) })), .init("chi_square", .number(statistic)),
            .init("p_value", .number(pValue)),
        ])
    }
}

extension ArmEstimate {
    fileprivate var json: JSONOutput {
        .object([
            .init("name", .string(name)), .init("count", .integer(Int64(count))), .init("mean", .number(found)),
            .init("standard_deviation", .number(deviation)), .init("adjusted_mean", .number(adjusted)),
        ])
    }
}

extension ABComparison {
    fileprivate var json: JSONOutput {
        .object([
            .init("metric", .string(metric)), .init("variant", .string(treated.name)),
            .init("control", .string(control.name)), .init("estimate", .number(estimate)),
            .init("standard_error", .number(standardError)), .init("interval", interval.json),
            .init("p_value", .fraction(pValue)), .init("holm_p_value", .fraction(adjustedP?.holm)),
            .init("benjamini_hochberg_p_value", .fraction(adjustedP?.benjaminiHochberg)),
            .init("relative", relative?.json ?? .null), .init("cuped_variance_reduction", .fraction(varianceReduction)),
            .init("minimum_detectable_effect", .number(minimumDetectable)),
        ])
    }
}

extension RelativeEffect {
    fileprivate var json: JSONOutput {
        .object([
            .init("estimate", .number(estimate)), .init("standard_error", .number(standardError)),
            .init("interval", interval.json), .init("p_value", .number(pValue)),
            .init("fieller_low", .fraction(fieller?.lowerBound)),
            .init("fieller_high", .fraction(fieller?.upperBound)),
        ])
    }
}

extension EffectPosterior {
    fileprivate var json: JSONOutput {
        .object([
            .init("prior_mean", .number(prior.mean)), .init("prior_sd", .number(prior.deviation)),
            .init("mean", .number(mean)), .init("standard_deviation", .number(deviation)),
            .init("interval", interval.json), .init("probability_above_zero", .number(probabilityAbove)),
            .init("expected_loss_of_treating", .number(lossOfTreating)),
            .init("expected_loss_of_control", .number(lossOfControl)),
        ])
    }
}

extension ComplierEffect {
    fileprivate var json: JSONOutput {
        .object([
            .init("treated_received_share", .number(treatedShare)),
            .init("control_received_share", .number(controlShare)), .init("first_stage_strength", .number(strength)),
            .init("estimate", .fraction(estimate)), .init("standard_error", .fraction(standardError)),
            .init("interval", interval?.json ?? .null), .init("p_value", .fraction(pValue)),
        ])
    }
}
