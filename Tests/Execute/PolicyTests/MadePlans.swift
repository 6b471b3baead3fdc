import Domain
import Policy
import Statistics

/// Rules by chance, with what a plan's file can say.
enum MadePlans {
    static func rule(_ name: String, _ random: inout SeededRandom) -> PlanRule {
        var rule = PlanRule(name: name, action: action(&random))
        rule.state = LeverState.allCases[random.below(5)]
        if random.below(2) == 0 { rule.selector.features = ["chat", "a: b"] }
        if random.below(2) == 0 { rule.selector.tags = ["tier=gold", "x"] }
        rule.selector.tools = [nil, 0...0, 1...Int64.max, 4...Int64.max, 0...Int64.max][random.below(5)]
        if random.below(2) == 0 { rule.predictedMonthly = NanoUSD(nanos: Int64(random.below(1_000_000_000))) }
        if random.below(3) > 0 { rule.quality = quality(&random) }
        return rule
    }

    private static func action(_ random: inout SeededRandom) -> PlanAction {
        switch random.below(6) {
        case 0: return .cache(cache(&random))
        case 1: return .shorten(ReductionTerms(reduction: 0.25))
        case 2: return .alignPrefix(PrefixTerms())
        case 3: return .tier(TierTerms(tier: "flex"))
        default: return .route(route(&random))
        }
    }

    private static func cache(_ random: inout SeededRandom) -> CacheTerms {
        var terms = CacheTerms()
        terms.isSampled = random.below(2) == 0
        terms.mostBytes = Int64(1 + random.below(1_000_000))
        guard random.below(2) == 0 else { return terms }
        (terms.match, terms.encoder, terms.mostTurns) = (.semantic, "e", 1 + random.below(20))
        return terms
    }

    private static func route(_ random: inout SeededRandom) -> RouteTerms {
        var terms = RouteTerms(provider: "openai", model: "small")
        terms.share = Double(random.below(1_001)) / 1_000
        terms.upstream = random.below(2) == 0 ? "spare" : nil
        terms.usesSession = random.below(2) == 0
        terms.largestLoss = random.below(2) == 0 ? 0.01 : nil
        let all: [AnswerCheck] = [
            .json, .toolCalls, .jsonSchema(#"{"type":"object","enum":["1","a b",null,-2.50,true]}"#),
            .pattern(#"^\s*"[a-z]+": .*\\$"#), .leastLogprob(-Double(random.below(900)) / 100),
            .judge(ModelJudge(model: "m", instructions: "Say \"yes\" or\nno: é")),
        ]
        terms.checks = all.filter { _ in random.below(2) == 0 }
        return terms
    }

    private static func quality(_ random: inout SeededRandom) -> QualityTerms {
        let judges: [AnswerJudge] = [
            .exact, .normalised, .json, .feedback, .numbers(relative: 0.01, absolute: 0.5), .similarity(atLeast: -0.5),
            .model(ModelJudge(model: "m", upstream: "u")),
        ]
        var terms = QualityTerms()
        terms.judge = judges[random.below(judges.count)]
        terms.gate.floor = Double(1 + random.below(400)) / 1_000
        terms.gate.averageRunLength = Double(20 + random.below(5_000))
        terms.gate.servingJudgedShare = Double(1 + random.below(1_000)) / 1_000
        terms.gate.leastJudged = random.below(1_000)
        terms.gate.mostFailuresInRow = 1 + random.below(100)
        return terms
    }
}
