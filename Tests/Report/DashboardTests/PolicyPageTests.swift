import Documents
import Domain
import JSONScan
import Policy
import Registry
import Testing

@testable import Dashboard

@Suite("Levers and quality on pages and in the API")
struct PolicyPageTests {
    private static let rule: PlanRule = {
        var rule = PlanRule(name: "small <b>model</b>", action: .route(RouteTerms(provider: "openai", model: "mini")))
        var quality = QualityTerms()
        quality.judge = .json
        (rule.quality, rule.predictedMonthly) = (quality, NanoUSD(dollars: "120"))
        return rule
    }()

    /// A site whose plan has two rules; the gate of one has taken good verdicts.
    private func made(good: Int = 242) throws -> MadeSite {
        let made = try MadeSite()
        var plan = Plan()
        plan.name = "October"
        plan.rules = [Self.rule, PlanRule(name: "repeats", action: .cache(CacheTerms()))]
        plan.errorBudgets = [Plan.ErrorAllowance(feature: "search", allowedShare: 0.02)]
        try made.registry.applyPlan(name: plan.name, body: plan.json.text, note: "a start", at: MadeSite.now)
        var gate = try Self.rule.gate(from: nil, at: MadeSite.now)
        for _ in 0..<good { gate.take(.scored(.none), at: MadeSite.now) }
        var agreement = JudgeAgreement()
        for number in 0..<20 { agreement.take(judgeSaysWrong: false, personSaysWrong: number == 0) }
        var record = gate.record(of: Self.rule)
        record.agreement = agreement.json.compactText
        try made.registry.saveLevers([Self.rule.name: record], at: MadeSite.now)
        return made
    }

    private func page(_ target: String, _ made: MadeSite, as viewer: Viewer = .admin) async -> String {
        made.text(await made.ask(target, as: viewer), for: viewer)
    }

    @Test("Without a plan both pages say how to get one")
    func empty() async throws {
        let made = try MadeSite()
        for target in ["/savings", "/quality"] {
            #expect(await page(target, made).contains("payback policy apply"), "\(target)")
        }
        let json = try JSONValue.parse(await page("/api/v1/policy", made))
        #expect(json["plan"] == .null && json["rules"]?.elements == [])
    }

    @Test("A card has the state, the evidence and what is predicted; only administrators get a button")
    func cards() async throws {
        let made = try self.made()
        let text = await page("/savings", made)
        for words in [
            "October: 2 of 2 rules act", "canary", "242", "$120.00", "100 more good verdicts until it acts for all",
        ] {
            #expect(text.contains(words), "\(words)")
        }
        #expect(text.contains("small &lt;b&gt;model") && !text.contains("<b>model"))
        #expect(text.contains("action=\"/savings/levers/repeats/pause\""))
        #expect(!(await page("/savings", made, as: .finance).contains("/pause")))
        #expect(await made.ask("/savings", as: .blue).status == 403)
    }

    @Test("The page about quality shows the bound, the floor, the judge, people's view, the budget and what happened")
    func quality() async throws {
        let text = await page("/quality", try self.made())
        for words in [
            "proven below the floor: 0 lost of 242 judged", "Judge and people agree on 95.0 % of 20 answers",
            "lets 100.0 % pass", "2.0 %", "json", "search", "plan applied (1)",
        ] { #expect(text.contains(words), "\(words)") }
        #expect(text.contains("1 of 1 rules that may change answers serves"))
    }

    @Test("Pausing needs an administrator, a form of this session, a rule that is there, and a reason")
    func pausing() async throws {
        let made = try self.made()
        let path = "/savings/levers/\(Self.rule.name.percentEncoded)"
        let session = Session(
            secretHash: "h", account: "admin", formToken: "token", createdAt: MadeSite.now, seenAt: MadeSite.now)
        let good = "form_token=token&reason=too+many+complaints"
        #expect(await made.ask("POST", path + "/pause", as: .finance, session: session, body: good).status == 403)
        #expect(
            await made.ask("POST", path + "/pause", as: .admin, session: session, body: "reason=r").status == 403)
        for (path, body, status) in [
            (path + "/pause", "form_token=token&reason=+", 400), (path + "/resume", "form_token=token", 404),
            ("/savings/levers/nobody/pause", good, 404),
        ] {
            #expect(await made.ask("POST", path, as: .admin, session: session, body: body).status == status, "\(path)")
        }
        #expect(try made.registry.levers().first?.pause == nil)
        #expect(await made.ask("POST", path + "/pause", as: .admin, session: session, body: good).status == 303)
        #expect(try made.registry.levers().first?.pause?.reason == "too many complaints")
        #expect(try made.registry.policyChanges(limit: 1).first?.actor == "admin")
        let text = await page("/savings", made)
        #expect(text.contains("canary, paused") && text.contains("/resume") && text.contains("too many complaints"))
        #expect(
            await made.ask("POST", path + "/resume", as: .admin, session: session, body: "form_token=token").status
                == 303)
        #expect(try made.registry.levers().first?.pause == nil)
    }

    @Test("Programs see the policy and pause through the API, which describes itself")
    func api() async throws {
        let made = try self.made()
        let path = "/api/v1/policy/levers/repeats"
        let json = try JSONValue.parse(await page("/api/v1/policy", made, as: .finance))
        #expect(json["plan"]?["note"]?.text == "a start" && json["rules"]?.elements.count == 2)
        #expect(await made.ask("POST", path + "/pause", as: .finance, body: #"{"reason": "r"}"#).status == 403)
        for bad in ["", "{}", #"{"reason": " "}"#, #"{"reason": {}}"#] {
            #expect(await made.ask("POST", path + "/pause", as: .admin, body: bad).status == 400, "\(bad)")
        }
        #expect(await made.ask("POST", path + "/pause", as: .admin, body: #"{"reason": "r"}"#).status == 200)
        let paused = try JSONValue.parse(await page("/api/v1/policy", made))
        #expect(paused["rules"]?.elements.last?["pause_reason"]?.text == "r")
        #expect(await made.ask("POST", path + "/resume", as: .admin).status == 200)
        #expect(await made.ask("POST", path + "/resume", as: .admin).status == 404)
        let description = await page("/api/v1/openapi.json", made)
        for id in ["pauseLever", "resumeLever", "\"policy\""] { #expect(description.contains(id), "\(id)") }
    }
}
