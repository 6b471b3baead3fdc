import Documents
import Domain
import Inputs
import JSONScan
import Policy
import Testing

@Suite("The status of a policy")
struct PolicyStatusTests {
    private let moment = Timestamp(year: 2026, month: 11, day: 21)

    private func plan(_ text: String) throws -> Plan {
        try PlanReader.read(try YAMLDocument(text: text, file: "plan.yaml"))
    }

    private func status(_ text: String, _ rows: [LeverRow]) throws -> PolicyStatus {
        let plan = try self.plan(text)
        let applied = AppliedPlan(number: 3, name: plan.name, body: plan.json.text, appliedAt: moment)
        #expect(try PlanReader.read(applied) == plan)
        return PolicyStatus(applied: applied, plan: plan, levers: rows)
    }

    private static let text = """
        name: October
        error_budgets: [{feature: search, allowed_share: 0.02}, {feature: chat, allowed_share: 0.01}]
        rules:
          - {name: small, lever: routing, to: {provider: p, model: m}, share: 0.5, when: {features: [search]}, quality: {judge: exact, floor: 0.05}, predicted_monthly_usd: 100}
          - {name: meaning, lever: cache, match: semantic, encoder: e, quality: {judge: exact, floor: 0.05}}
        """

    /// A row of a rule whose gate has taken verdicts.
    private func row(_ name: String, good: Int, failed: Int = 0, _ change: (inout GateState) -> Void = { _ in }) throws
        -> LeverRow
    {
        let rule = try #require(try plan(Self.text).rules.first { $0.name == name })
        var gate = try rule.gate(from: nil, at: moment)
        for _ in 0..<good { gate.take(.scored(.none), at: moment) }
        for _ in 0..<failed { gate.take(.failed("down"), at: moment) }
        change(&gate)
        return LeverRow(rule: name, kept: gate.record(of: rule), updatedAt: moment)
    }

    @Test("Claims on an error budget are the shares served times the bounds, and only of rules that mean the feature")
    func budgets() throws {
        let status = try self.status(Self.text, [try row("small", good: 400), try row("meaning", good: 120)])
        #expect(status.rules.map(\.state) == [.on, .canary])
        let (search, chat) = (status.errorBudgets[0], status.errorBudgets[1])
        let bounds = status.rules.compactMap(\.upperBound)
        #expect(bounds.count == 2 && bounds[0] < bounds[1] && bounds[1] <= 0.05)
        #expect(abs(search.spentShare - (0.5 * bounds[0] + 0.1 * bounds[1])) < 1e-12 && !search.isExceeded)
        #expect(chat.claims.map(\.lever) == ["meaning"] && abs(chat.spentShare - 0.1 * bounds[1]) < 1e-12)
        #expect(status.predictedMonthly.acting == NanoUSD(dollars: "100"), "its share is in the prediction already")
    }

    @Test(
        "Each rule says what it needs next",
        arguments: [
            (0, 0, LeverState.shadow, "100 more good verdicts until it serves a canary."),
            (60, 0, .shadow, "40 more good verdicts until it serves a canary."),
            (150, 0, .canary, "50 more good verdicts until it acts for all."),
            (200, 0, .on, "20.0 % of its answers are judged"), (200, 20, .on, "20 judgements in a row failed"),
            (60, 15, .shadow, "20.0 % of judgements fail; at most 10.0 % may"),
        ])
    func next(good: Int, failed: Int, state: LeverState, words: String) throws {
        let rule = try #require(try status(Self.text, [try row("small", good: good, failed: failed)]).rules.first)
        #expect(rule.state == state && rule.nextStep.contains(words), "\(rule.nextStep)")
    }

    @Test("What cannot be read is said, serves nobody, and does not hide the other rules")
    func unreadable() throws {
        var broken = try row("small", good: 400)
        broken.kept.gate = #"{"state":"on"}"#
        let status = try self.status(Self.text, [broken, try row("meaning", good: 400)])
        #expect(status.rules[0].state == .off && status.rules[0].servedShare == 0)
        #expect(status.rules[0].problem?.contains("of a kept gate") == true && status.rules[1].state == .on)
        #expect(status.json.text.contains("cannot be read"))
    }

    @Test("A pause serves nobody and keeps the state; a floor that is changed keeps no proof")
    func pause() throws {
        var paused = try row("small", good: 400)
        paused.pause = LeverRow.Pause(reason: "complaints", at: moment)
        let rule = try #require(try status(Self.text, [paused]).rules.first)
        #expect(rule.state == .on && rule.servedShare == 0 && rule.stateText == "on, paused")
        let stricter = try status(Self.text.replacing("floor: 0.05", with: "floor: 0.01"), [paused])
        #expect(stricter.rules[0].state == .shadow && stricter.rules[0].gate?.attempt == 2)
    }

    @Test("A judge's agreement with people comes back as it was kept")
    func agreement() throws {
        var made = JudgeAgreement()
        for number in 0..<50 { made.take(judgeSaysWrong: number % 10 == 0, personSaysWrong: number % 5 == 0) }
        #expect(JudgeAgreement(try JSONValue.parse(made.json.compactText)) == made)
        for bad in ["{}", #"{"both_wrong":-1,"both_good":0,"only_judge_wrong":0,"only_person_wrong":0}"#] {
            #expect(JudgeAgreement(try JSONValue.parse(bad)) == nil)
        }
        var row = try self.row("small", good: 10)
        row.kept.agreement = made.json.compactText
        row.kept.counters = #"{"seen":70,"served":0}"#
        let rule = try #require(try status(Self.text, [row]).rules.first)
        #expect(rule.agreement == made && rule.counters == ["seen": 70, "served": 0])
        #expect(rule.json.text.contains("\"agreement_rate\": 0.9"))
    }

    @Test("A history has the newest first, gates and people together, and one rule's alone")
    func history() throws {
        let later = Timestamp(microseconds: moment.microseconds + 1_000_000)
        let changes = [
            RegistryChange(at: later, what: "lever paused", subject: "small", detail: "why", actor: "ann"),
            RegistryChange(at: moment, what: "plan applied", subject: "1", detail: "October", actor: nil),
        ]
        let rows = [try row("small", good: 400)]
        let all = PolicyHistory(changes: changes, levers: rows)
        #expect(
            all.events.map(\.what) == [
                "lever paused", "plan applied (1)", "gate canary → on", "gate shadow → canary", "gate off → shadow",
            ])
        #expect(all.events[0].actor == "ann" && all.events[3].transition?.evidence.judged == 100)
        #expect(PolicyHistory(changes: changes, levers: rows, rule: "small").events.count == 4)
        #expect(PolicyHistory(changes: [], levers: rows, rule: "other").events.isEmpty)
    }
}
