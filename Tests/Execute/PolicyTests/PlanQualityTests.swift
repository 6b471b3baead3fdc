import Documents
import Domain
import Inputs
import Policy
import Statistics
import Testing

@Suite("Quality terms of plans")
struct PlanQualityTests {
    private func plan(_ text: String) throws -> Plan {
        try PlanReader.read(try YAMLDocument(text: text, file: "plan.yaml"))
    }

    @Test("Everything about quality is read as written")
    func reading() throws {
        let made = try plan(
            """
            error_budgets: [{feature: search, allowed_share: 0.03}]
            rules:
              - name: small
                lever: routing
                to: {provider: openai, model: small}
                upstream: spare
                uses_session: true
                largest_loss: 0.01
                checks:
                  - json
                  - tool_calls
                  - json_schema: {type: object, required: [id], properties: {id: {type: integer, minimum: 1}}}
                  - regex: '^\\{"id": \\d+\\}$'
                  - least_logprob: -0.7
                  - judge: {model: judge-model, upstream: spare, instructions: Look at the id.}
                when: {has_tools: false, tags: [tier=gold]}
                quality: {judge: {llm: {model: judge-model}}, canary_share: 0.05, least_judged: 50}
              - {name: meaning, lever: cache, match: semantic, encoder: e, sampled: false, most_bytes: 1000, most_turns: 2}
            """)
        guard case .route(let route) = made.rules[0].action, case .cache(let cache) = made.rules[1].action else {
            Issue.record("other actions")
            return
        }
        #expect(route.upstream == "spare" && route.usesSession && route.checks.count == 6)
        #expect(
            route.checks[2]
                == .jsonSchema(
                    #"{"type":"object","required":["id"],"properties":{"id":{"type":"integer","minimum":1}}}"#))
        #expect(route.checks[4] == .leastLogprob(-0.7))
        let quality = try #require(made.rules[0].quality)
        #expect(quality.judge == .model(ModelJudge(model: "judge-model")))
        #expect(quality.gate.floor == 0.01, "the route's largest loss is the floor where none is stated")
        #expect(quality.gate.canaryShare == 0.05 && quality.gate.leastJudged == 50 && quality.gate.level == 0.05)
        #expect(made.rules[0].selector.tools == 0...0 && made.rules[0].selector.tags == ["tier=gold"])
        #expect(!cache.isSampled && cache.mostBytes == 1_000 && cache.mostTurns == 2)
        #expect(made.errorBudgets == [Plan.ErrorAllowance(feature: "search", allowedShare: 0.03)])
        #expect(try plan(made.json.text) == made)
    }

    @Test(
        "What may change answers starts in shadow, whatever the plan says; what cannot starts on; off is off",
        arguments: [
            ("lever: cache", LeverState.on), ("lever: cache, match: normalised", .on),
            ("lever: cache, match: semantic, encoder: e", .shadow),
            ("lever: cache, quality: {judge: exact}", .shadow), ("lever: cache, state: off", .off),
            ("lever: routing, to: {provider: p, model: m}, state: on", .shadow),
            ("lever: routing, to: {provider: p, model: m}, state: rolled_back", .off),
            ("lever: prompt_reduction, reduction: 0.1", .shadow), ("lever: output_reduction, reduction: 0.1", .shadow),
            ("lever: prompt_caching", .on), ("lever: service_tier, tier: batch", .on),
        ])
    func starting(rule: String, state: LeverState) throws {
        let rule = try #require(try plan("rules: [{name: a, \(rule)}]").rules.first)
        #expect(rule.startingState == state)
        if rule.state == .on { #expect(rule.needsGate == (state == .shadow)) }
    }

    @Test(
        "What is wrong has its line and its key",
        arguments: [
            ("quality: {judge: coin}", "plan.yaml:1: rules.0.quality.judge", "none of exact"),
            ("quality: {judge: similarity}", "rules.0.quality.judge", "needs terms"),
            ("quality: {judge: {similarity: {}}}", "quality.judge.similarity.at_least", "missing"),
            ("quality: {judge: {llm: {}}}", "quality.judge.llm.model", "missing"),
            ("quality: {judge: {exact: {}, llm: {model: m}}}", "quality.judge", "one judge"),
            ("quality: {floor: 0.7}", "quality.floor", "0.5"),
            ("quality: {flor: 0.1}", "quality.flor", "is floor meant"),
            ("quality: {canary_judged: 1.5}", "quality.canary_judged", "whole number"),
            ("checks: [jsn]", "rules.0.checks.0", "none of json"),
            ("checks: [regex]", "rules.0.checks.0", "needs terms"),
            ("checks: [{regex: '('}]", "checks.0.regex", "the pattern "),
            ("checks: [{json_schema: {contains: 1}}]", "checks.0.json_schema", "\"contains\", which is not known"),
            ("checks: [{json_schema: yes}]", "checks.0.json_schema", "mapping"),
            ("checks: [{least_logprob: 2}]", "checks.0.least_logprob", "0.0"),
            ("uses_session: perhaps", "rules.0.uses_session", "true or false"),
            ("when: {has_tools: false, min_tools: 2}", "when.min_tools", "cannot be met"),
        ])
    func refused(member: String, place: String, words: String) {
        let text = "rules: [{name: a, lever: routing, to: {provider: p, model: m}, \(member)}]"
        #expect { try plan(text) } throws: { "\($0)".contains(place) && "\($0)".contains(words) }
        #expect {
            try plan("error_budgets: [{feature: f, allowed_share: 0.1}, {feature: f, allowed_share: 0.2}]")
        } throws: {
            "\($0)".contains("two for f")
        }
    }

    @Test("Any plan that is written is read back the same", arguments: UInt64(1)...60)
    func roundTrip(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        var made = Plan()
        made.name = "plan \(seed): \"quoted\", {braced} # not a comment"
        made.errorBudgets = (0..<random.below(3)).map { .init(feature: "f\($0)", allowedShare: 0.25) }
        made.rules = (0..<(1 + random.below(4))).map { MadePlans.rule("rule \($0)", &random) }
        #expect(try plan(made.json.text) == made)
    }

    @Test("Evidence is about whom, what and who judges; a share or a price may change")
    func subject() throws {
        let base = "name: a, lever: routing, to: {provider: p, model: m}"
        func subject(_ more: String) throws -> String {
            try #require(try plan("rules: [{\(base)\(more)}]").rules.first).subject
        }
        let own = try subject("")
        for same in [", share: 0.5", ", token_ratio: 2", ", predicted_monthly_usd: 5", ", quality: {floor: 0.01}"] {
            #expect(try subject(same) == own, "\(same)")
        }
        for other in [", upstream: u", ", checks: [json]", ", when: {features: [f]}", ", quality: {judge: exact}"] {
            #expect(try subject(other) != own, "\(other)")
        }
    }
}
