import Domain
import Registry
import Testing

@testable import Dashboard

@Suite("Who sees and changes what")
struct AccessTests {
    /// A path that a route answers, its placeholders filled.
    private static func target(_ route: Route) -> String {
        route.path.replacing("/:id", with: "/nothing").replacing(":template", with: "coding-assistant")
            .replacing("reports/:name", with: "reports/executive").replacing(
                "scenarios/:name", with: "scenarios/coding-assistant"
            )
            .replacing("assets/:name", with: "assets/payback.css")
    }

    private static func isOpen(_ route: Route) -> Bool { route.access == .anyone }

    @Test("Without a credential every route is closed but those for anyone", arguments: Site.routes.indices)
    func anonymous(_ index: Int) async throws {
        let (made, route) = (try MadeSite(), Site.routes[index])
        let answer = await made.ask(route.method, Self.target(route), as: nil)
        if Self.isOpen(route) {
            #expect(answer.status != 401 || route.path == "/login", "\(route.method) \(route.path)")
        } else {
            #expect(answer.status == 401 || answer.status == 303, "\(route.method) \(route.path)")
            if case .redirect(let target) = answer { #expect(target.hasPrefix("/login")) }
        }
    }

    @Test("Those who may look change nothing", arguments: Site.routes.indices)
    func lookers(_ index: Int) async throws {
        let route = Site.routes[index]
        guard route.method != "GET", !Self.isOpen(route), route.path != "/logout" else { return }
        let made = try MadeSite()
        for viewer in [Viewer.finance, .blue] {
            let answer = await made.ask(route.method, Self.target(route), as: viewer)
            #expect(answer.status == 403, "\(viewer.name) \(route.method) \(route.path)")
        }
    }

    @Test("A team's viewer finds no other team anywhere")
    func teams() async throws {
        let made = try MadeSite()
        try made.add(team: "blue", customer: "blue-customer", id: "blue-1")
        try made.add(team: "red", customer: "red-customer", feature: "red-feature", id: "red-1")
        try made.add(team: nil, customer: "nobodys-customer", id: "none-1")
        var key = VirtualKey(id: "key_red", secretHash: "00", createdAt: MadeSite.now)
        (key.name, key.team) = ("red key", "red")
        try made.registry.add(key, at: MadeSite.now)
        var seen = 0
        for route in Site.routes where route.method == "GET" {
            for target in [
                Self.target(route), Self.target(route).replacing("nothing", with: "red-1"),
                Self.target(route) + "?by=customer&is.team=red", Self.target(route) + "?by=team&day=2026-10-15",
            ] {
                let answer = await made.ask(target, as: .blue)
                let text = made.text(answer, for: .blue)
                #expect(!text.contains("red-customer") && !text.contains("red-feature"), "\(target)")
                #expect(!text.contains("red key") && !text.contains("nobodys"), "\(target)")
                if text.contains("blue-customer") { seen += 1 }
            }
        }
        // The test would prove nothing if the team's own were not to be seen.
        #expect(seen >= 2)
        let whole = made.text(await made.ask("/spend?by=customer", as: .finance), for: .finance)
        #expect(whole.contains("red-customer") && whole.contains("nobodys-customer"))
    }

    @Test("A form without its session's token is refused")
    func forgery() async throws {
        let made = try MadeSite()
        let session = Session(
            secretHash: "h", account: "a", formToken: "right", createdAt: MadeSite.now, seenAt: MadeSite.now)
        for (token, status) in [("", 403), ("form_token=wrong&", 403), ("form_token=right&", 303)] {
            let answer = await made.ask(
                "POST", "/budgets", as: .admin, session: session, body: token + "scope=total&limit=5&per=day")
            #expect(answer.status == status, "\(token)")
        }
        #expect(try made.registry.budgets().count == 1)
        #expect(try made.registry.changes(limit: 1).first?.actor == "admin")
    }

    @Test("Only this machine's names are answered without a token; other sites' pages change nothing")
    func doors() {
        let hosts: [(String, Bool)] = [
            ("localhost:4001", true), ("127.0.0.1:4001", true), ("[::1]:4001", true), ("evil.example", false),
            ("127.evil.example:4001", false), ("localhost.evil.example", false),
        ]
        for (host, isFine) in hosts {
            let head = HTTPHead.make("GET", host: host)
            #expect((Doorkeeper.refusal(of: head, isOpen: true) == nil) == isFine, "\(host)")
            #expect(Doorkeeper.refusal(of: head, isOpen: false) == nil)
        }
        let foreign = HTTPHead.make("POST", host: "localhost", site: "cross-site")
        #expect(Doorkeeper.refusal(of: foreign, isOpen: false)?.code == "foreign_site")
        #expect(
            Doorkeeper.refusal(of: HTTPHead.make("POST", host: "localhost", site: "same-origin"), isOpen: false) == nil)
    }
}
