package import Documents
package import Domain

extension Plan {
    /// The plan as a file that ``PlanReader`` reads.
    package var json: JSONOutput {
        .object([
            .init("format_version", .integer(Int64(Self.formatVersion))), .init("name", .string(name)),
            .init("holdout", .object([.init("share", .number(holdout.share)), .init("salt", .string(holdout.salt))])),
            .init("rules", .array(rules.map(\.json))),
            .init("reference", .array(reference.map(\.json))),
            .init("commitments", .array(commitments.sorted().map { .string($0) })),
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
        return .object(members)
    }
}

extension RequestSelector {
    fileprivate var members: [JSONOutput.Member] {
        let sets: [(String, Set<String>)] = [
            ("features", features), ("customers", customers), ("teams", teams), ("environments", environments),
            ("providers", providers), ("models", models), ("templates", templates),
        ]
        var members: [JSONOutput.Member] = sets.filter { !$1.isEmpty }.map { name, set in
            .init(name, .array(set.sorted().map { .string($0) }))
        }
        if inputTokens.lowerBound > 0 { members.append(.init("min_input_tokens", .integer(inputTokens.lowerBound))) }
        if inputTokens.upperBound < .max { members.append(.init("max_input_tokens", .integer(inputTokens.upperBound))) }
        return members
    }
}

extension PlanAction {
    /// The lever's name in files.
    package var word: String {
        switch self {
        case .cache: "cache"
        case .route: "routing"
        case .shorten: "prompt_reduction"
        case .limitOutput: "output_reduction"
        case .alignPrefix: "prompt_caching"
        case .tier: "service_tier"
        }
    }

    fileprivate var members: [JSONOutput.Member] {
        switch self {
        case .cache(let terms): terms.members
        case .route(let terms): terms.members
        case .shorten(let terms): [.init("reduction", .number(terms.reduction))]
        case .limitOutput(let terms):
            [
                .init("reduction", .number(terms.reduction)),
                .init("of", .string(terms.isReasoning ? "reasoning" : "output")),
            ]
        case .alignPrefix(let terms):
            [
                .init("ttl_seconds", .number(Double(terms.timeToLive) / 1e6)),
                .init("writes", .string(terms.writes.rawValue)), .init("min_tokens", .integer(terms.leastTokens)),
            ]
        case .tier(let terms): [.init("tier", .string(terms.tier)), .init("share", .number(terms.share))]
        }
    }
}

extension CacheTerms {
    fileprivate var members: [JSONOutput.Member] {
        let plain: [JSONOutput.Member] = [
            .init("match", .string(match.rawValue)), .init("scope", .string(scope.rawValue)),
            .init("ttl_seconds", .number(Double(timeToLive) / 1e6)), .init("entries", .integer(Int64(entries))),
            .init("lookup_cost_usd", .money(lookupCost)),
        ]
        if match != .semantic { return plain }
        return plain + [.init("similarity", .number(similarity)), .init("encoder", .string(encoder))]
    }
}

extension RouteTerms {
    fileprivate var members: [JSONOutput.Member] {
        [
            .init("to", .object([.init("provider", .string(provider)), .init("model", .string(model))])),
            .init("share", .number(share)), .init("token_ratio", .number(tokenRatio)),
            .init("escalation_share", .number(escalationShare)), .init("shadow_share", .number(shadowShare)),
            .init("judge_cost_usd", .money(judgeCost)),
        ] + (largestLoss.map { [.init("largest_loss", .number($0))] } ?? [])
    }
}
