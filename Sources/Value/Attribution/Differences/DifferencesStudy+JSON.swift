package import Documents
internal import Domain
internal import Statistics

extension DifferencesStudy: Study {
    /// Means, event study, regression, and tests.
    package var details: [JSONOutput.Member] {
        [
            .init("means", means.map(\.json) ?? .null), .init("control_group", .string(controls.rawValue)),
            .init("two_way_fixed_effects", regression?.json ?? .null),
            .init("clusters", .integer(Int64(panel.starts.count))),
            .init("event_study", .array(events.map { Self.json($0.event, $0.estimate) })),
            .init("group_time", .array(isSimple ? [] : effects.effects.map(json))),
            .init("cohorts", .array(panel.cohorts.map(json))), .init("pre_trend", preTrend?.json ?? .null),
            .init("placebo_p_value", .fraction(permutation?.p)),
            .init("placebo_draws", .count(permutation.map { Int64($0.count) })),
        ]
    }

    /// The four means of the 2 × 2; `nil` with staggered starts.
    var means: Means? {
        guard isSimple, let start = panel.cohorts.first else { return nil }
        let mean = { (units: [Int], times: Range<Int>) in
            Vectors.mean(units.map { unit in Vectors.mean(times.map { panel.outcome[$0, unit] }) })
        }
        let (before, after) = (0..<start, start..<panel.timeCount)
        let (treated, others) = (panel.units(of: start), panel.units(of: nil))
        return Means(
            treatedBefore: mean(treated, before), treatedAfter: mean(treated, after),
            controlBefore: mean(others, before), controlAfter: mean(others, after))
    }

    private static func json(_ event: Int, _ estimate: ContrastEstimate) -> JSONOutput {
        JSONOutput.object([.init("event_time", .integer(Int64(event)))] + estimate.members)
    }

    private func json(_ effect: GroupTimeEffects.Effect) -> JSONOutput {
        .object(
            [
                .init("start", .string(panel.labels[effect.start])), .init("time", .string(panel.labels[effect.time])),
                .init("units", .integer(Int64(effect.size))),
            ] + variance.judged(effect.contrast, level: options.level).members)
    }

    private func json(_ cohort: Int) -> JSONOutput {
        let mean = effects.mean { $0.start == cohort && $0.event >= 0 }
        let members = mean.map { variance.judged($0, level: options.level).members } ?? []
        return .object(
            [
                .init("start", .string(panel.labels[cohort])),
                .init("units", .integer(Int64(panel.units(of: cohort).count))),
            ] + members)
    }
}

/// The means of a 2 × 2.
struct Means {
    let treatedBefore, treatedAfter, controlBefore, controlAfter: Double

    var json: JSONOutput {
        [
            "treated_before": .number(treatedBefore), "treated_after": .number(treatedAfter),
            "control_before": .number(controlBefore), "control_after": .number(controlAfter),
        ]
    }
}

extension ContrastEstimate {
    var members: [JSONOutput.Member] {
        [
            .init("estimate", .number(estimate)), .init("standard_error", .fraction(standardError)),
            .init("low", .fraction(interval?.low)), .init("high", .fraction(interval?.high)),
            .init("p_value", .fraction(p)),
        ]
    }
}

extension TwoWayFixedEffects {
    var json: JSONOutput {
        [
            "estimate": .number(estimate), "clustered_standard_error": .number(standardError),
            "clusters": .integer(Int64(clusters)), "correction": .string("G/(G-1) * (n-1)/(n-k)"),
        ]
    }
}

extension PreTrend {
    var json: JSONOutput {
        [
            "slope": .object(slope.members), "joint_f": .fraction(joint?.statistic),
            "joint_degrees": .array((joint.map { [$0.first, $0.second] } ?? []).map { .integer(Int64($0)) }),
            "joint_p_value": .fraction(joint?.p),
        ]
    }
}
