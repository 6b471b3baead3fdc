internal import Domain
internal import Inputs
internal import JSONScan

/// Reads what a rule does.
enum PlanActionReader {
    /// The keys of a lever's rules.
    static func keys(of lever: String) -> [String] {
        switch lever {
        case "cache":
            [
                "match", "scope", "ttl_seconds", "entries", "lookup_cost_usd", "similarity", "encoder", "sampled",
                "most_bytes", "most_turns",
            ]
        case "routing":
            [
                "to", "share", "token_ratio", "escalation_share", "shadow_share", "judge_cost_usd", "largest_loss",
                "upstream", "checks", "uses_session",
            ]
        case "prompt_reduction": ["reduction"]
        case "output_reduction": ["reduction", "of"]
        case "prompt_caching": ["ttl_seconds", "writes", "min_tokens"]
        default: ["tier", "share"]
        }
    }

    /// Reads the action of a rule of a lever; `nil` where that has been complained about.
    static func read(_ lever: String, _ section: InputSection) -> PlanAction? {
        switch lever {
        case "cache": return .cache(cache(section))
        case "routing": return route(section).map { .route($0) }
        case "prompt_reduction": return .shorten(ReductionTerms(reduction: reduction(section)))
        case "output_reduction":
            var terms = ReductionTerms(reduction: reduction(section))
            terms.isReasoning = section.choice("of", Part.self) == .reasoning
            return .limitOutput(terms)
        case "prompt_caching": return .alignPrefix(prefix(section))
        default: return tier(section).map { .tier($0) }
        }
    }

    private enum Part: String, CaseIterable { case output, reasoning }

    private static func cache(_ section: InputSection) -> CacheTerms {
        var terms = CacheTerms()
        terms.match = section.choice("match", CacheTerms.Match.self) ?? terms.match
        terms.scope = section.choice("scope", CacheTerms.Scope.self) ?? terms.scope
        terms.timeToLive = microseconds(section) ?? terms.timeToLive
        terms.entries = section.number("entries", 1...100_000_000).map { Int($0) } ?? terms.entries
        terms.lookupCost = money(section, "lookup_cost_usd") ?? .zero
        terms.similarity = section.fraction("similarity", 0...1) ?? terms.similarity
        terms.encoder = section.text("encoder") ?? ""
        terms.isSampled = section.flag("sampled") ?? terms.isSampled
        terms.mostBytes = section.number("most_bytes", 1...1_000_000_000_000) ?? terms.mostBytes
        terms.mostTurns = section.number("most_turns", 1...10_000).map { Int($0) } ?? terms.mostTurns
        if terms.match == .semantic, terms.encoder.isEmpty {
            section.complain("encoder", "a semantic cache needs the name of its encoder: thresholds do not carry over")
        }
        return terms
    }

    private static func route(_ section: InputSection) -> RouteTerms? {
        let to = section.section("to")
        to.allow(["provider", "model"])
        guard let provider = to.required("provider"), let model = to.required("model") else { return nil }
        var terms = RouteTerms(provider: provider, model: model)
        terms.share = section.fraction("share", 0...1) ?? 1
        terms.tokenRatio = section.fraction("token_ratio", 0.01...100) ?? 1
        terms.escalationShare = section.fraction("escalation_share", 0...1) ?? 0
        terms.shadowShare = section.fraction("shadow_share", 0...1) ?? 0
        terms.judgeCost = money(section, "judge_cost_usd") ?? .zero
        terms.largestLoss = section.fraction("largest_loss", 0...1)
        terms.upstream = section.text("upstream")
        terms.checks = AnswerCheckReader.read(section)
        terms.usesSession = section.flag("uses_session") ?? false
        return terms
    }

    private static func prefix(_ section: InputSection) -> PrefixTerms {
        var terms = PrefixTerms()
        terms.timeToLive = microseconds(section) ?? terms.timeToLive
        terms.writes = section.choice("writes", PrefixTerms.Writes.self) ?? terms.writes
        terms.leastTokens = section.number("min_tokens", 0...10_000_000) ?? terms.leastTokens
        return terms
    }

    private static func tier(_ section: InputSection) -> TierTerms? {
        guard let tier = section.required("tier") else { return nil }
        var terms = TierTerms(tier: tier)
        terms.share = section.fraction("share", 0...1) ?? 1
        return terms
    }

    private static func reduction(_ section: InputSection) -> Double {
        if section.value["reduction"] == nil { section.complain("reduction", "it is missing; a fraction was expected") }
        return section.fraction("reduction", 0...1) ?? 0
    }

    private static func microseconds(_ section: InputSection) -> Int64? {
        section.fraction("ttl_seconds", 1...31_536_000).map { Int64($0 * 1e6) }
    }

    private static func money(_ section: InputSection, _ key: String) -> NanoUSD? {
        guard section.fraction(key, 0...1_000_000) != nil else { return nil }
        return section.text(key).flatMap { NanoUSD(dollars: $0) }
    }
}
