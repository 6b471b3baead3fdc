import Domain
import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOEmbedded
import Registry
import Testing

@testable import Dashboard

@Suite("Who gets in from a provider")
struct OpenIDAccessTests {
    @Test(
        "Roles from claims; the one that may most wins",
        arguments: [
            (["ops"], "admin"), (["cfo"], "finance"), (["cfo", "ops", "team-blue"], "admin"),
            (["team-blue"], "team blue"),
            (["team-red", "team-blue", "x"], "team blue,red"), (["cfo", "team-red"], "finance"), (["Ops"], "nothing"),
            ([], "nothing"), ([""], "nothing"),
        ] as [([String], String)])
    func mapping(_ values: [String], _ expected: String) {
        let rights = OpenIDRound.settings.roles.rights(of: Set(values))
        let teams = rights?.teams.sorted().joined(separator: ",") ?? ""
        let found = rights.map { $0.role.rawValue + (teams.isEmpty ? "" : " " + teams) } ?? "nothing"
        #expect(found == expected)
    }

    @Test("Claims may be one text, a list, or lie deeper")
    func shapes() async throws {
        for (claim, claims) in [
            ("groups", ["groups": #""ops""#]), ("realm_access.roles", ["realm_access": #"{"roles": ["ops"]}"#]),
            ("https://acme.example/roles", ["https://acme.example/roles": #"["ops"]"#]),
        ] {
            var settings = OpenIDRound.settings
            settings.roles.claim = claim
            let round = try await OpenIDRound(settings: settings)
            round.provider.set { $0.claims = claims }
            #expect(try round.viewer(try await round.signIn())?.role == .admin, "\(claim)")
        }
    }

    @Test("An address gives a role only where the provider has checked it")
    func address() async throws {
        var settings = OpenIDRound.settings
        settings.roles = RoleMapping(claim: "email", admin: ["ann@acme.example"])
        for (verified, role) in [
            ("true", .admin), (#""true""#, .admin), ("false", nil), ("", nil), ("1", nil),
        ] as [(String, AccessRole?)] {
            let round = try await OpenIDRound(settings: settings)
            round.provider.set { $0.claims = ["email_verified": verified] }
            #expect(try round.viewer(try await round.signIn())?.role == role, "\(verified)")
        }
    }

    @Test("Who has no role is told what to ask for, and what was open is closed")
    func noRole() async throws {
        let round = try await OpenIDRound()
        let session = try await round.signIn()
        #expect(try round.viewer(session) != nil)
        round.provider.set { $0.claims = ["groups": #"["all"]"#] }
        let answer = try await round.signIn()
        #expect(answer.refusalCode == "no_role" && round.made.text(answer, for: nil).contains("oidc.roles"))
        #expect(try round.viewer(session) == nil)
        round.provider.set {
            $0.claims = ["groups": "", "_claim_names": #"{"groups": "src1"}"#, "sub": #""other""#]
        }
        let cut = try await round.signIn()
        #expect(cut.refusalCode == "no_role" && round.made.text(cut, for: nil).contains("so many groups"))
        #expect(try round.made.registry.accounts().count == 1)
    }

    @Test("A team's member sees that team's spend and no other")
    func team() async throws {
        let round = try await OpenIDRound()
        try round.made.add(team: "blue", customer: "blue-customer", id: "blue-1")
        try round.made.add(team: "red", customer: "red-customer", id: "red-1")
        round.provider.set { $0.claims = ["groups": #"["team-blue"]"#] }
        let viewer = try #require(try round.viewer(try await round.signIn()))
        #expect(viewer.role == .team && viewer.teams == ["blue"])
        let page = round.made.text(await round.made.ask("/spend?by=customer", as: viewer), for: viewer)
        #expect(page.contains("blue-customer") && !page.contains("red-customer"))
        #expect(await round.made.ask("/settings", as: viewer).status == 403)
    }

    @Test("Nobody takes a name that the log knows somebody else by")
    func names() async throws {
        for (name, verified, expected) in [
            ("admin", "", "admin (login.example)"), ("admin token", "", "admin token (login.example)"),
            ("token ci", "", "https://login.example|person-1"), ("boss@acme.example", "false", "person-1"),
            ("boss@acme.example", "true", "boss@acme.example"), ("a\\u0000\\nb", "", "ab"),
        ] {
            let round = try await OpenIDRound()
            round.provider.set { $0.claims = ["email": "\"\(name)\"", "email_verified": verified] }
            #expect(try round.viewer(try await round.signIn())?.name == expected, "\(name)")
        }
        let round = try await OpenIDRound()
        _ = try await round.signIn()
        round.provider.set { $0.claims = ["sub": #""person-2""#] }
        #expect(try round.viewer(try await round.signIn())?.name == "ann@acme.example (login.example)")
        #expect(try round.made.registry.accounts().count == 2)
    }

    @Test("An account of a provider has no password, and no other provider's person gets it")
    func separate() async throws {
        let round = try await OpenIDRound()
        _ = try await round.signIn()
        for password in ["", "x"] {
            #expect(throws: Refusal.self) {
                _ = try round.made.site.signIn.signIn(
                    name: "ann@acme.example", password: password, address: "::1", at: MadeSite.now)
            }
        }
    }

    @Test(
        "Only pages of our own are gone to afterwards",
        arguments: [
            "https://evil.example/", "//evil.example", "/\\evil.example", "/\t/evil.example", "javascript:alert(1)", "",
            "/" + String(repeating: "a", count: 2_000),
        ])
    func openRedirect(_ target: String) async throws {
        let round = try await OpenIDRound()
        let (address, cookie) = try await round.begin(to: target)
        let answer = try await round.finish(round.provider.authorize(address), cookie: cookie)
        guard case .session(_, let goal) = answer else {
            Issue.record("No session but \(answer)")
            return
        }
        #expect(goal == "/")
    }

    @Test("One begins where the provider sends back to; a proxy that hides its host is found out")
    func hosts() async throws {
        let round = try await OpenIDRound()
        let moved = try await round.ask("/login/openid", Fields([("to", "/keys")]), host: "127.0.0.1")
        let target = round.made.text(moved, for: nil)
        #expect(target == "https://payback.example/login/openid?to=%2Fkeys&moved=1")
        let again = try await round.ask("/login/openid", Fields([("moved", "1")]), host: "127.0.0.1")
        #expect(again.refusalCode == "foreign_host")
    }

    @Test("A provider that is not what it should be, refuses, or is down")
    func provider() async throws {
        for (member, value) in [
            ("issuer", #""https://evil.example""#), ("issuer", "7"), ("jwks_uri", #""http://login.example/keys""#),
            ("token_endpoint", "null"), ("authorization_endpoint", #""javascript:alert(1)""#),
        ] {
            let round = try await OpenIDRound()
            round.provider.set { $0.description[member] = value }
            #expect(try await round.ask("/login/openid").refusalCode == "provider_failed", "\(member)")
        }
        let round = try await OpenIDRound()
        let (address, cookie) = try await round.begin()
        let state = round.provider.authorize(address)["state"]
        let denied = Fields([("error", "access_denied"), ("error_description", "<script>x</script>")])
        #expect(try await round.finish(denied, cookie: cookie).refusalCode == "sign_in_lost")
        let answer = try await round.finish(denied.setting("state", to: state), cookie: cookie)
        #expect(answer.refusalCode == "provider_refused")
        let mixed = try await round.begin()
        let back = round.provider.authorize(mixed.address).setting("iss", to: "https://evil.example")
        #expect(try await round.finish(back, cookie: mixed.cookie).refusalCode == "sign_in_lost")
        let last = try await round.begin()
        round.provider.set { $0.isDown = true }
        let down = try await round.finish(round.provider.authorize(last.address), cookie: last.cookie)
        #expect(down.refusalCode == "provider_unreachable" && down.status == 503)
        #expect(round.made.text(down, for: nil).contains("https://login.example/token does not answer"))
    }

    @Test("Without configuration there is no such page, and no button")
    func absent() async throws {
        let (made, round) = (try MadeSite(), try await OpenIDRound())
        #expect(await made.ask("/login/openid", as: nil).status == 404)
        #expect(await made.ask("/login/openid/callback?code=x&state=y", as: nil).status == 404)
        #expect(!made.text(await made.ask("/login", as: nil), for: nil).contains("/login/openid"))
        let page = round.made.text(await round.made.ask("/login?to=/keys", as: nil), for: nil)
        #expect(page.contains("Sign in with OpenID Connect") && page.contains("/login/openid?to=%2Fkeys"))
    }

    @Test("Programs need a credential as soon as others are brought here")
    func machines() throws {
        let key = OpenIDAccess(
            settings: OpenIDRound.settings, clientSecret: nil, transport: NoTransport())
        #expect(try MadeSite(adminToken: nil).site.signIn.isOpenToThisMachine)
        #expect(try !MadeSite(adminToken: nil, openID: key).site.signIn.isOpenToThisMachine)
        for (host, isFine) in [("payback.example", true), ("payback.example:443", true), ("evil.example", false)] {
            let head = HTTPHead.make("GET", host: host)
            let refusal = Doorkeeper.refusal(of: head, isOpen: true, publicHost: "payback.example")
            #expect((refusal == nil) == isFine, "\(host)")
        }
    }

    private struct NoTransport: OpenIDTransport {
        struct Never: Error {}
        func get(_ url: String) async throws -> OpenIDReply { throw Never() }
        func post(_ url: String, form: String, authorization: String?) async throws -> OpenIDReply { throw Never() }
    }
}

@Suite("Cookies of a browser that signs in at a provider")
struct OpenIDCookieTests {
    @Test("By the encrypted address they are the host's own, and sent over TLS only")
    func wire() async throws {
        let round = try await OpenIDRound()
        let responder = DashboardServer.router(round.made.site).buildResponder()
        func get(_ uri: String, cookie: String? = nil) async throws -> Response {
            var fields: HTTPFields = [:]
            if let cookie { fields[.cookie] = String(cookie.prefix { $0 != ";" }) }
            let head = HTTPRequest(
                method: .get, scheme: "http", authority: "Payback.example:443", path: uri, headerFields: fields)
            let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
            return try await responder.respond(
                to: Request(head: head, body: RequestBody(buffer: .init())),
                context: DashboardContext(source: .init(channel: NIOAsyncTestingChannel(), logger: logger)))
        }
        let away = try await get("/login/openid?to=/keys")
        let errand = try #require(away.headers[.setCookie])
        #expect(away.status == .seeOther && errand.hasPrefix("__Host-payback_openid="))
        #expect(errand.hasSuffix("; Path=/; HttpOnly; SameSite=Lax; Max-Age=600; Secure"))
        let back = round.provider.authorize(away.headers[.location] ?? "")
        let home = try await get("/login/openid/callback" + back.link, cookie: errand)
        let cookies = home.headers[values: .setCookie]
        #expect(home.headers[.location] == "/keys" && cookies.count == 2)
        #expect(cookies.last?.hasPrefix("__Host-payback_openid=; ") ?? false)
        #expect(cookies.last?.contains("Max-Age=0") ?? false)
        let session = try #require(cookies.first)
        #expect(session.hasPrefix("__Host-payback_session=sk-pb-") && session.hasSuffix("; Secure"))
        let page = try await get("/keys", cookie: session)
        #expect(page.status == .ok)
        // A cookie that a neighbour could have planted is none.
        let planted = String(session.dropFirst("__Host-".count))
        let other = try await get("/keys", cookie: planted)
        #expect(other.status == .seeOther)
    }

    @Test("By other names they are plain")
    func plain() {
        let cookies = Cookies(isEncrypted: false)
        #expect(cookies.header(cookies.session, "x") == "payback_session=x; Path=/; HttpOnly; SameSite=Lax")
        #expect(Cookies.value("b", in: ["a=1; b=2", "c=3"]) == "2")
        #expect(Cookies.value("d", in: ["a=1; bd=2", "d"]) == nil)
    }
}
