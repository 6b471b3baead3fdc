import Documents
import Domain
import JSONScan
import Registry
import Testing

@testable import Dashboard

@Suite("Pages and the API")
struct PageTests {
    @Test("Every page of an empty ledger says how to fill it")
    func empty() async throws {
        let made = try MadeSite()
        for target in [
            "/", "/spend", "/savings", "/quality", "/value", "/budgets", "/keys", "/reconciliation", "/reports",
            "/settings",
        ] {
            let answer = await made.ask(target, as: .admin)
            #expect(answer.status == 200, "\(target)")
            #expect(made.text(answer, for: .admin).contains("<h1>"), "\(target)")
        }
        let overview = made.text(await made.ask("/", as: .admin), for: .admin)
        #expect(overview.contains("payback import") && overview.contains("http://127.0.0.1:4000"))
    }

    @Test("What comes with traffic stays text, wherever it is shown")
    func injection() async throws {
        let made = try MadeSite()
        let probes = [
            "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "{{title}}", "javascript:alert(1)",
        ]
        for (number, probe) in probes.enumerated() {
            try made.add(team: probe, customer: probe, feature: probe, id: "id \(number) \(probe)")
            var key = VirtualKey(id: "key_\(number)", secretHash: "\(number)", createdAt: MadeSite.now)
            (key.name, key.customer) = (probe, probe)
            try made.registry.add(key, at: MadeSite.now)
        }
        let targets =
            ["/", "/spend?by=customer", "/spend?by=feature&day=2026-10-15", "/keys", "/settings"]
            + probes.map { "/spend?is.customer=" + $0.percentEncoded }
        for target in targets {
            let text = made.text(await made.ask(target, as: .admin), for: .admin)
            #expect(text.contains("<h1>"), "\(target)")
            #expect(
                !text.contains("<script>alert") && !text.contains("<img") && !text.contains("href=\"javascript"),
                "\(target)")
        }
        let reflected = made.text(await made.ask("/spend?by=" + probes[0].percentEncoded, as: .admin), for: .admin)
        #expect(reflected.contains("no dimension"))
    }

    @Test("Spend is drilled into, down to a request, and the parts make the whole")
    func drilling() async throws {
        let made = try MadeSite()
        try made.add(team: "a", customer: "acme", feature: "chat", id: "r1", cost: 2_500_000_000)
        try made.add(team: "a", customer: "acme", feature: "search", id: "r2", cost: 500_000_000)
        try made.add(team: "b", customer: "bolt", feature: "chat", id: "r3", cost: 1_000_000_000)
        let json = made.text(await made.ask("/api/v1/spend?by=feature&is.customer=acme", as: .admin), for: .admin)
        let value = try JSONValue.parse(json)
        #expect(value["total_usd"]?.text == "3")
        #expect(value["rows"]?.elements.map { $0["cost_usd"]?.text } == ["2.5", "0.5"])
        let day = made.text(await made.ask("/spend?day=2026-10-15&is.feature=chat", as: .admin), for: .admin)
        #expect(day.contains("/requests/r1") && day.contains("/requests/r3") && !day.contains("/requests/r2"))
        #expect(made.text(await made.ask("/requests/r1", as: .admin), for: .admin).contains("acme"))
        #expect(await made.ask("/requests/none", as: .admin).status == 404)
    }

    @Test(
        "What cannot be understood is named",
        arguments: [
            "/spend?by=colour", "/spend?month=soon", "/spend?day=2026-13-45", "/spend?is.colour=red", "/?month=2026-13",
            "/reports/executive?format=exe", "/value/coding-assistant?set.seats=many", "/api/v1/changes?limit=0",
        ])
    func bad(_ target: String) async throws {
        let made = try MadeSite()
        guard case .refusal(let refusal) = await made.ask(target, as: .admin) else {
            Issue.record("\(target) was answered")
            return
        }
        #expect(refusal.status == 400 && !refusal.message.isEmpty)
    }

    @Test("Keys and budgets are made, renewed and ended through the API")
    func governance() async throws {
        let made = try MadeSite()
        let created = await made.ask(
            "POST", "/api/v1/keys", as: .admin, body: #"{"name": "ci", "customer": "acme", "models": ["gpt-5*"]}"#)
        #expect(created.status == 201)
        let key = try #require(try made.registry.keys().first)
        #expect(key.models == ["gpt-5*"] && key.customer == "acme")
        let secret = try #require(try JSONValue.parse(made.text(created, for: .admin))["secret"]?.text)
        #expect(!made.text(await made.ask("/api/v1/keys", as: .admin), for: .admin).contains(secret))
        #expect(await made.ask("POST", "/api/v1/keys/\(key.id)/rotate", as: .admin).status == 200)
        #expect(try made.registry.keys().first?.secretHash != key.secretHash)
        #expect(await made.ask("DELETE", "/api/v1/keys/\(key.id)", as: .admin).status == 200)
        #expect(try made.registry.keys().first?.revokedAt != nil)
        let budget = #"{"scope": "customer=acme", "limit": "2.50", "per": "day"}"#
        #expect(await made.ask("PUT", "/api/v1/budgets", as: .admin, body: budget).status == 200)
        for bad in [
            #"{"scope": "acme"}"#, "[]", "{", #"{"scope": {}, "limit": 1, "per": "day"}"#,
            #"{"scope":"key=none","limit":1,"per":"day"}"#,
        ] {
            let status = await made.ask("PUT", "/api/v1/budgets", as: .admin, body: bad).status
            #expect(status == 400 || status == 404, "\(bad)")
        }
        #expect(try made.registry.budgets().map(\.limit.decimalText) == ["2.5"])
    }

    @Test("A budget that is changed by the API or by the form keeps its webhook")
    func webhook() async throws {
        let made = try MadeSite()
        let known = Budget(
            id: "bud_1", scope: .customer("acme"), limit: NanoUSD(nanos: 5), period: .day,
            webhook: "https://example.com/hook")
        try made.registry.set(known, at: MadeSite.now)
        let json = #"{"scope": "customer=acme", "limit": "2.50", "per": "day"}"#
        #expect(await made.ask("PUT", "/api/v1/budgets", as: .admin, body: json).status == 200)
        #expect(try made.registry.budgets().map(\.webhook) == [known.webhook])
        let form = "scope=customer%3Dacme&limit=3&per=day&enforcement=soft&time_zone=UTC"
        #expect(await made.ask("POST", "/budgets", as: .admin, body: form).status == 303)
        let kept = try #require(try made.registry.budgets().first)
        #expect(kept.webhook == known.webhook && kept.id == "bud_1" && kept.limit.decimalText == "3")
        #expect(kept.enforcement == .soft)
        let other = #"{"scope": "customer=acme", "limit": "1", "per": "month"}"#
        #expect(await made.ask("PUT", "/api/v1/budgets", as: .admin, body: other).status == 200)
        #expect(try made.registry.budgets().first { $0.period == .month }?.webhook == nil)
    }

    @Test("A report that no browser can print says what to install, and not to wait")
    func withoutBrowser() async throws {
        struct Missing: Error, CustomStringConvertible { let description = "Install it: apt-get install chromium." }
        let made = try MadeSite(printPDF: { _ in throw Missing() })
        guard case .refusal(let refusal) = await made.ask("/reports/executive?format=pdf", as: .admin) else {
            Issue.record("A PDF was made.")
            return
        }
        #expect(refusal.status == 503 && refusal.code == "no_pdf" && refusal.retryAfter == nil)
        #expect(refusal.message == "Install it: apt-get install chromium.")
    }

    @Test("The Value page and the monthly report know what a task's session cost; a session's tasks share it")
    func taskCosts() async throws {
        let made = try MadeSite()
        try made.add(team: "a", customer: "acme", id: "r1", cost: 3_000_000_000, session: "s1")
        let tasks = (0..<2).map { number -> TaskMetric in
            var task = TaskMetric(id: "tsk_\(number)", taskType: "review", withAIMinutes: 30, timestamp: MadeSite.now)
            (task.withoutAIMinutes, task.sessionID) = (90, "s1")
            return task
        }
        try made.registry.add(tasks, at: MadeSite.now)
        let month = made.text(await made.ask("/api/v1/reports/monthly?month=2026-10", as: .admin), for: .admin)
        // Two hours at 100 USD less 3 USD.
        #expect(try JSONValue.parse(month)["headline_metrics"]?["net_value"]?.text == "197")
        #expect(try JSONValue.parse(month)["headline_metrics"]?["cost"]?.text == "3")
        let value = made.text(await made.ask("/value?month=2026-10", as: .admin), for: .admin)
        #expect(value.contains("$3.00"), "\(value)")
        let business = made.text(await made.ask("/api/v1/reports/business-case", as: .admin), for: .admin)
        #expect(try JSONValue.parse(business)["tasks"]?["total_api_cost"]?.text == "3")
    }

    @Test("The ledger's extent is asked for once for a page and its choice of months")
    func extent() throws {
        let ledger = CountingLedger()
        let made = try MadeSite(over: ledger)
        try made.add(team: nil, customer: "acme", id: "r1")
        let request = WebRequest(now: MadeSite.now)
        _ = try made.site.period(of: request)
        #expect(try made.site.months(of: request).map(\.label) == ["October 2026"])
        #expect(ledger.extents == 1)
        _ = try made.site.period(of: WebRequest(now: MadeSite.now))
        #expect(ledger.extents == 2, "another page asks anew")
    }

    @Test("What a week saved is drawn beside the share that the month saved")
    func sparkline() async throws {
        let made = try MadeSite()
        for day in Int64(0)..<15 {
            try made.add(
                team: nil, customer: "acme", id: "r\(day)", cost: 1_000_000_000, baseline: 2_000_000_000, daysAgo: day)
        }
        let page = made.text(await made.ask("/?month=2026-10", as: .admin), for: .admin)
        #expect(page.contains("<svg class=\"spark\"") && page.contains("50.0"))
    }

    @Test("A slider's value reaches the model, and its bounds hold the value")
    func sliders() async throws {
        let made = try MadeSite()
        let base = try JSONValue.parse(
            made.text(await made.ask("/api/v1/scenarios/coding-assistant", as: .admin), for: .admin))
        let more = try JSONValue.parse(
            made.text(await made.ask("/api/v1/scenarios/coding-assistant?set.seats=200", as: .admin), for: .admin))
        #expect(base["total_cost"]?.text == "67800" && more["total_cost"]?.text == "114600")
        let page = made.text(await made.ask("/value/coding-assistant?set.seats=450", as: .admin), for: .admin)
        #expect(page.contains("name=\"set.seats\" type=\"range\" value=\"450\"") && page.contains("max=\"450\""))
    }
}

@Suite("Studies on pages")
struct AttributionPageTests {
    @Test("A study that is kept is listed with its interval and grade, and shown with its plots")
    func shown() async throws {
        let made = try MadeSite()
        #expect(made.text(await made.ask("/attribution", as: .admin), for: .admin).contains("No study is kept"))
        try made.registry.save(
            SavedStudy(
                name: "pilot", method: "ab", title: "Four minutes fewer", subtitle: "80 units.", estimate: -4,
                standardError: 0.5, level: 0.95, low: -5, high: nil, grade: .randomised, json: "{}",
                page: "<p>plots</p>", savedAt: MadeSite.now))
        let list = made.text(await made.ask("/attribution", as: .finance), for: .finance)
        #expect(list.contains("/attribution/pilot") && list.contains("not bounded") && list.contains("randomised"))
        let page = made.text(await made.ask("/attribution/pilot", as: .finance), for: .finance)
        #expect(page.contains("<p>plots</p>") && page.contains("from_study: pilot"))
        #expect(await made.ask("/attribution/none", as: .finance).status == 404)
        #expect(await made.ask("/attribution/pilot", as: .blue).status == 403)
    }
}

@Suite("The description of the API")
struct OpenAPITests {
    @Test("It names every call once, with what stands in its path")
    func complete() {
        let operations = Site.routes.compactMap { route in route.operation.map { (route, $0) } }
        #expect(Set(operations.map(\.1.id)).count == operations.count && operations.count > 15)
        for (route, operation) in operations {
            let placeholders = route.path.split(separator: "/").filter { $0.first == ":" }.map {
                String($0.dropFirst())
            }
            #expect(placeholders == operation.parameters.filter(\.isInPath).map(\.name), "\(route.path)")
        }
        let described = Site.routes.filter { $0.path.hasPrefix("/api/") }
        #expect(described.allSatisfy { $0.operation != nil })
    }

    @Test("No two routes answer the same")
    func distinct() {
        let names = Site.routes.map { "\($0.method) \($0.path)" }
        #expect(Set(names).count == names.count)
    }
}

@Suite("Fields of queries and forms")
struct FieldsTests {
    @Test("What is written is read back", arguments: ["a b", "a&b=c", "ä€𝄞", "%41+%", "", "<\"'>", "a\nb"])
    func roundTrip(_ text: String) {
        let fields = Fields([("name", text), ("x", "1")])
        #expect(Fields(String(fields.link.dropFirst())).all.first?.value == text)
    }

    @Test("What cannot be decoded is left out, and nothing crashes")
    func damage() {
        #expect(Fields("a=%zz&b=1&&=&c").all.map(\.name) == ["b", "", "c"])
        #expect(Fields("a=1&a=2").setting("a", to: "3").link == "?a=3")
    }
}
