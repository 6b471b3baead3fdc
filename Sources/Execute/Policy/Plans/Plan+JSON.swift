package import Documents
package import Domain

extension Plan {
    /// The plan as a file that ``PlanReader`` reads.
    package var json: JSONOutput {
        // An empty text is none to a reader.
        let named: [JSONOutput.Member] = name.isEmpty ? [] : [.init("name", .string(name))]
        return .object(
            [.init("format_version", .integer(Int64(Self.formatVersion)))] + named + [
                .init(
                    "holdout", .object([.init("share", .number(holdout.share)), .init("salt", .string(holdout.salt))])),
                .init("rules", .array(rules.map(\.json))),
                .init("reference", .array(reference.map(\.json))),
                .init("commitments", .array(commitments.sorted().map { .string($0) })),
                .init("error_budgets", .array(errorBudgets.map(\.json))),
            ])
    }
}

extension Plan.ReferenceUse {
    fileprivate var json: JSONOutput {
        .object([
            .init("feature", .string(feature)), .init("provider", .string(provider)), .init("model", .string(model)),
            .init("input_tokens", .integer(inputTokens)), .init("output_tokens", .integer(outputTokens)),
        ])
    }
}

extension Plan.ErrorAllowance {
    fileprivate var json: JSONOutput {
        .object([.init("feature", .string(feature)), .init("allowed_share", .number(allowedShare))])
    }
}

extension PlanRule {
    fileprivate var json: JSONOutput {
        var members: [JSONOutput.Member] = [
            .init("name", .string(name)), .init("lever", .string(action.word)), .init("state", .string(state.rawValue)),
        ]
        if !selector.members.isEmpty { members.append(.init("when", .object(selector.members))) }
        members += action.members
        if let evidence {
            let judge: [JSONOutput.Member] = evidence.judge.isEmpty ? [] : [.init("judge", .string(evidence.judge))]
            members.append(
                .init(
                    "evidence",
                    .object(
                        [
                            .init("judged", .integer(Int64(evidence.judged))),
                            .init("wrong", .integer(Int64(evidence.wrong))),
                        ] + judge)))
        }
        if let predictedMonthly { members.append(.init("predicted_monthly_usd", .money(predictedMonthly))) }
        if let quality { members.append(.init("quality", quality.json)) }
        return .object(members)
    }
}
