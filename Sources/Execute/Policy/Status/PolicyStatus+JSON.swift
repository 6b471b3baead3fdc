package import Documents
internal import Domain

extension PolicyStatus {
    /// For programs, where there never was a plan.
    package static let noneJSON: JSONOutput = ["plan": .null, "rules": []]

    /// For programs.
    package var json: JSONOutput {
        [
            "plan": [
                "number": .integer(applied.number), "name": .string(applied.name),
                "applied_at": .string(applied.appliedAt.rfc3339), "note": .text(applied.note),
            ],
            "predicted_monthly_usd": .money(predictedMonthly.all),
            "predicted_monthly_acting_usd": .money(predictedMonthly.acting), "rules": .array(rules.map(\.json)),
            "error_budgets": .array(errorBudgets.map(\.json)),
        ]
    }
}

extension PolicyStatus.FeatureBudget {
    fileprivate var json: JSONOutput {
        [
            "feature": .string(allowance.feature), "allowed_share": .number(allowance.allowedShare),
            "spent_share": .number(spentShare), "exceeded": .bool(isExceeded),
            "claims": .array(
                claims.map { claim in
                    [
                        "rule": .string(claim.lever), "touched_share": .number(claim.touchedShare),
                        "loss_upper_bound_rate": .number(claim.lossBound), "spent_share": .number(claim.spentShare),
                    ]
                }),
        ]
    }
}

extension RuleStatus {
    /// For programs: one rule.
    package var json: JSONOutput {
        .object(
            [
                .init("name", .string(rule.name)), .init("lever", .string(rule.action.word)),
                .init("state", .string(state.rawValue)), .init("served_share", .number(servedShare)),
                .init("executed", .bool(rule.action.isExecuted)), .init("paused", .bool(pause != nil)),
                .init("pause_reason", .text(pause?.reason)), .init("paused_at", .text(pause?.at.rfc3339)),
                .init("wanted", .text(wish?.rawValue)),
                .init("predicted_monthly_usd", .money(rule.predictedMonthly)), .init("saved_usd", .money(saved)),
                .init("next", .string(nextStep)),
                .init("problem", .text(problem)), .init("gate", gate.map { quality($0) } ?? .null),
                .init(
                    "counters",
                    .object(counters.sorted { $0.key < $1.key }.map { .init($0.key, .integer($0.value)) })),
            ])
    }

    private func quality(_ gate: GateState) -> JSONOutput {
        .object([
            .init("judge", .string(rule.qualityInForce.judge.text)), .init("floor_rate", .number(gate.terms.floor)),
            .init("attempt", .integer(Int64(gate.attempt))), .init("judged", .integer(Int64(gate.process.judged))),
            .init("lost", .number(gate.process.lossSum)), .init("failed", .integer(Int64(gate.failed))),
            .init("loss_rate", .fraction(gate.process.meanLoss)), .init("loss_upper_bound_rate", .fraction(upperBound)),
            .init("loss_low_rate", .fraction(interval?.lowerBound)),
            .init("loss_high_rate", .fraction(interval?.upperBound)),
            .init("good_verdicts_needed", .count(gate.goodVerdictsNeeded.map { Int64($0) })),
            .init("agreement", agreement.map(\.summary) ?? .null),
            .init("transitions", .array(gate.transitions.map(\.json))),
        ])
    }
}

extension JudgeAgreement {
    fileprivate var summary: JSONOutput {
        .object([
            .init("compared", .integer(Int64(count))), .init("agreement_rate", .fraction(agreementShare)),
            .init("kappa", .fraction(kappa)), .init("missed_rate", .fraction(missedShare)),
        ])
    }
}
