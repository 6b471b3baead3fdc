internal import Documents
package import Domain

extension RequestSelector {
    var members: [JSONOutput.Member] {
        let sets: [(String, Set<String>)] = [
            ("features", features), ("customers", customers), ("teams", teams), ("environments", environments),
            ("providers", providers), ("models", models), ("templates", templates), ("tags", tags),
        ]
        var members: [JSONOutput.Member] = sets.filter { !$1.isEmpty }.map { name, set in
            .init(name, .array(set.sorted().map { .string($0) }))
        }
        if inputTokens.lowerBound > 0 { members.append(.init("min_input_tokens", .integer(inputTokens.lowerBound))) }
        if inputTokens.upperBound < .max { members.append(.init("max_input_tokens", .integer(inputTokens.upperBound))) }
        if let tools { members.append(tools.member) }
        return members
    }
}

extension ClosedRange<Int64> {
    /// A number of tools, as the reader takes it.
    fileprivate var member: JSONOutput.Member {
        if upperBound == 0 { return .init("has_tools", false) }
        return lowerBound == 1 ? .init("has_tools", true) : .init("min_tools", .integer(lowerBound))
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

    var members: [JSONOutput.Member] {
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
            .init("lookup_cost_usd", .money(lookupCost)), .init("sampled", .bool(isSampled)),
            .init("most_bytes", .integer(mostBytes)),
        ]
        if match != .semantic { return plain }
        return plain + [
            .init("similarity", .number(similarity)), .init("encoder", .string(encoder)),
            .init("most_turns", .integer(Int64(mostTurns))),
        ]
    }
}

extension RouteTerms {
    fileprivate var members: [JSONOutput.Member] {
        [
            .init("to", .object([.init("provider", .string(provider)), .init("model", .string(model))])),
            .init("share", .number(share)), .init("token_ratio", .number(tokenRatio)),
            .init("escalation_share", .number(escalationShare)), .init("shadow_share", .number(shadowShare)),
            .init("judge_cost_usd", .money(judgeCost)), .init("uses_session", .bool(usesSession)),
        ] + (largestLoss.map { [.init("largest_loss", .number($0))] } ?? [])
            + (upstream.map { [.init("upstream", .string($0))] } ?? [])
            + (checks.isEmpty ? [] : [.init("checks", .array(checks.map(\.json)))])
    }
}
