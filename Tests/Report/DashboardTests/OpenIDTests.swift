import Crypto
import Domain
import Foundation
import JWTKit
import Registry
import Testing

@testable import Dashboard

/// A dashboard, a provider, and a browser between them.
struct OpenIDRound {
    let made: MadeSite
    let provider: FakeIdentityProvider

    static let settings = OpenIDSettings(
        issuer: FakeIdentityProvider.issuer, clientID: "payback", url: "https://payback.example",
        roles: RoleMapping(admin: ["ops"], finance: ["cfo"], teams: ["blue": ["team-blue"], "red": ["team-red"]]))

    init(_ key: MadeSigningKey? = nil, settings: OpenIDSettings = settings, secret: String? = "client+secret")
        async throws
    {
        var made = key
        if made == nil { made = try await MadeSigningKey.make(.es256) }
        provider = FakeIdentityProvider(try #require(made))
        self.made = try MadeSite(
            openID: OpenIDAccess(settings: settings, clientSecret: secret, transport: provider))
    }

    static func later(_ seconds: Int64) -> Timestamp {
        Timestamp(microseconds: MadeSite.now.microseconds + seconds * 1_000_000)
    }

    /// Asks for a page as a browser without a session.
    func ask(
        _ path: String, _ query: Fields = Fields(""), cookie: String? = nil, host: String? = "payback.example",
        at now: Timestamp = MadeSite.now
    ) async throws -> WebAnswer {
        var request = WebRequest(path: path, query: query, now: now)
        (request.errand, request.host) = (cookie, host)
        let route = try #require(Site.routes.first { $0.path == path && $0.method == "GET" })
        return await made.site.answer(request, by: route)
    }

    /// Sets out: the provider's address, and the cookie.
    func begin(to target: String = "/spend", at now: Timestamp = MadeSite.now) async throws -> (
        address: String, cookie: String
    ) {
        let answer = try await ask("/login/openid", Fields([("to", target)]), at: now)
        guard case .departure(let cookie, let address) = answer else {
            Issue.record("No departure but \(answer)")
            return ("", "")
        }
        return (address, cookie)
    }

    /// Comes back.
    func finish(_ query: Fields, cookie: String?, at now: Timestamp = MadeSite.now) async throws -> WebAnswer {
        try await ask("/login/openid/callback", query, cookie: cookie, at: now)
    }

    /// There and back.
    func signIn(at now: Timestamp = MadeSite.now) async throws -> WebAnswer {
        let (address, cookie) = try await begin(at: now)
        return try await finish(provider.authorize(address), cookie: cookie, at: now)
    }

    /// Who a session is of; `nil` where there is none.
    func viewer(_ answer: WebAnswer) throws -> Viewer? {
        guard case .session(let secret?, _) = answer else { return nil }
        return try made.site.signIn.session(secret: secret, at: MadeSite.now)?.1
    }
}

extension WebAnswer {
    /// The word of a refusal; `nil` where it is none.
    var refusalCode: String? {
        guard case .refusal(let refusal) = self else { return nil }
        return refusal.code
    }
}

@Suite("Signing in at a provider")
struct OpenIDTests {
    @Test("There and back, whatever the provider signs with", arguments: SigningAlgorithm.allCases)
    func happy(_ algorithm: SigningAlgorithm) async throws {
        let round = try await OpenIDRound(try await MadeSigningKey.make(algorithm))
        let answer = try await round.signIn()
        #expect(round.made.text(answer, for: nil) == "/spend")
        let viewer = try #require(try round.viewer(answer))
        #expect(viewer == Viewer(name: "ann@acme.example", role: .finance))
        let account = try #require(try round.made.registry.accounts().first)
        #expect(account.subject == "https://login.example|person-1" && account.passwordHash == nil)
        #expect(try round.made.registry.changes(limit: 1).first?.actor == "ann@acme.example")
    }

    @Test("The provider is asked for a code, with state, nonce and a proof key, and gets the secret as it wants it")
    func request() async throws {
        let round = try await OpenIDRound()
        let (address, cookie) = try await round.begin()
        #expect(address.hasPrefix("https://login.example/authorize?p=1&response_type=code&client_id=payback&"))
        let query = Fields(String(address.drop { $0 != "?" }.dropFirst()))
        #expect(query["redirect_uri"] == "https://payback.example/login/openid/callback")
        #expect(query["scope"] == "openid email profile" && query["code_challenge_method"] == "S256")
        let secrets = ["state", "nonce", "code_challenge"].compactMap { query[$0] }
        #expect(Set(secrets).count == 3 && secrets.allSatisfy { $0.count == 43 })
        #expect(!secrets.contains { cookie.contains($0) })
        _ = try await round.finish(round.provider.authorize(address), cookie: cookie)
        let basic = round.provider.seen.exchange?.authorization
        #expect(basic == "Basic " + Data("payback:client%2Bsecret".utf8).base64EncodedString())

        let other = try await OpenIDRound()
        other.provider.set { $0.description["token_endpoint_auth_methods_supported"] = #"["client_secret_post"]"# }
        #expect(try other.viewer(try await other.signIn()) != nil)
        let exchange = other.provider.seen.exchange
        #expect(exchange?.authorization == nil && exchange?.form["client_secret"] == "client+secret")
    }

    @Test("Who signs in again is the same person, with the role of now")
    func again() async throws {
        let round = try await OpenIDRound()
        let first = try await round.signIn()
        round.provider.set { $0.claims = ["groups": #"["ops"]"#, "email": #""ann@new.example""#] }
        _ = try await round.signIn()
        let accounts = try round.made.registry.accounts()
        #expect(accounts.map(\.name) == ["ann@new.example"] && accounts.map(\.role) == [.admin])
        // The session that was there follows.
        #expect(try round.viewer(first)?.role == .admin)
        let changes = try round.made.registry.changes(limit: 50).count
        _ = try await round.signIn()
        #expect(try round.made.registry.changes(limit: 50).count == changes)
    }

    @Test("A state is good for its browser, once, for ten minutes")
    func states() async throws {
        let round = try await OpenIDRound()
        round.provider.set { $0.claims = ["exp": "\(Self.now + 900)"] }
        let (address, cookie) = try await round.begin()
        let back = round.provider.authorize(address)
        let (_, foreign) = try await round.begin()
        #expect(try await round.finish(back, cookie: nil).refusalCode == "sign_in_lost")
        #expect(try await round.finish(back, cookie: foreign).refusalCode == "sign_in_lost")
        #expect(try await round.finish(back, cookie: "x" + cookie).refusalCode == "sign_in_lost")
        let wrong = back.setting("state", to: "guess")
        #expect(try await round.finish(wrong, cookie: cookie).refusalCode == "sign_in_lost")
        let late = try await round.finish(back, cookie: cookie, at: OpenIDRound.later(600))
        #expect(late.refusalCode == "sign_in_lost")
        #expect(round.provider.seen.exchange == nil)
        #expect(try round.viewer(try await round.finish(back, cookie: cookie, at: OpenIDRound.later(599))) != nil)
        // The provider is not even asked: its refusal of the code would hide that ours is missing.
        let replayed = try await round.finish(back, cookie: cookie)
        #expect(replayed.refusalCode == "sign_in_lost")
        #expect(round.made.text(replayed, for: nil).contains("has ended already"))
    }

    private static let now = MadeSite.now.microseconds / 1_000_000

    @Test(
        "A token that is not for this sign-in is refused",
        arguments: [
            ["nonce": #""another""#], ["nonce": ""], ["aud": #""another""#], ["aud": #"["payback", "another"]"#],
            ["azp": #""another""#], ["aud": "[]"], ["iss": #""https://evil.example""#],
            ["iss": #""https://login.example/""#], ["exp": "\(now - 60)"], ["exp": ""], ["exp": #""never""#],
            ["iat": "\(now + 61)"], ["iat": ""], ["nbf": "\(now + 61)"], ["sub": ""], ["sub": "7"],
        ])
    func claims(_ changed: [String: String]) async throws {
        let round = try await OpenIDRound()
        round.provider.set { $0.claims = changed }
        #expect(try await round.signIn().refusalCode == "bad_id_token")
        #expect(try round.made.registry.accounts().isEmpty)
    }

    @Test(
        "Clocks may differ by a minute, and several programs may be meant",
        arguments: [
            ["exp": "\(now - 59)"], ["iat": "\(now + 60)"], ["exp": "\(now + 5).5"],
            ["aud": #"["another", "payback"]"#, "azp": #""payback""#],
        ])
    func leeway(_ changed: [String: String]) async throws {
        let round = try await OpenIDRound()
        round.provider.set { $0.claims = changed }
        #expect(try round.viewer(try await round.signIn()) != nil)
    }

    @Test("Forged signatures: none, the public key as a shared secret, another key, another algorithm, a changed text")
    func forgeries() async throws {
        let key = try await MadeSigningKey.make(.rs256)
        let (stranger, curve) = (try await MadeSigningKey.make(.rs256), try await MadeSigningKey.make(.es256))
        let shared = JWTKeyCollection()
        await shared.add(hmac: HMACKey(from: key.published), digestAlgorithm: .sha256, kid: "key-1")
        let secret = MadeSigningKey(
            id: "key-1", algorithm: try await shared.getKey(for: "key-1", alg: "HS256"), published: "")
        let forgeries: [@Sendable ([String: String]) throws -> String] = [
            { claims in
                let parts = try key.token(claims, alg: "none").split(separator: ".")
                return "\(parts[0]).\(parts[1])."
            },
            { try secret.token($0) }, { try secret.token($0, alg: "RS256") }, { try stranger.token($0) },
            { try curve.token($0) }, { try key.token($0, alg: "PS256") }, { try key.token($0, alg: "RS512") },
            { claims in
                let parts = try key.token(claims).split(separator: ".")
                let other = try key.token(claims.merging(["groups": #"["ops"]"#]) { $1 }).split(separator: ".")
                return "\(parts[0]).\(other[1]).\(parts[2])"
            },
        ]
        for (number, forge) in forgeries.enumerated() {
            let round = try await OpenIDRound(key)
            round.provider.set { $0.forge = forge }
            #expect(try await round.signIn().refusalCode == "bad_id_token", "forgery \(number)")
            round.provider.set { $0.forge = nil }
            #expect(try round.viewer(try await round.signIn()) != nil, "honest \(number)")
        }
        for text in ["", "a.b", "a.b.c", "a.b.c.d.e", "é.é.é"] {
            #expect(throws: Refusal.self) { _ = try IDToken(text) }
        }
    }

    @Test("Keys that the provider has changed are asked for, at most once a minute")
    func rotation() async throws {
        let round = try await OpenIDRound(try await MadeSigningKey.make(.es256, id: "old"))
        let fresh = try await MadeSigningKey.make(.es256, id: "new")
        let published = round.provider.seen.published
        round.provider.set { $0.key = fresh }
        // Unknown to the provider too: the keys are not asked for again within the minute of the first question.
        for second in [0, 20, 59] as [Int64] {
            let answer = try await round.signIn(at: OpenIDRound.later(second))
            #expect(answer.refusalCode == "bad_id_token")
        }
        #expect(round.provider.seen.keyQuestions == 1)
        round.provider.set { $0.published = published + [fresh.published] }
        #expect(try round.viewer(try await round.signIn(at: OpenIDRound.later(60))) != nil)
        #expect(round.provider.seen.keyQuestions == 2)
        // Withdrawn keys are forgotten within the hour.
        round.provider.set { $0.published = published }
        round.provider.set { $0.claims = ["exp": "\(Self.now + 9_000)"] }
        let later = try await round.signIn(at: OpenIDRound.later(3_700))
        #expect(later.refusalCode == "bad_id_token")
    }

    @Test("Keys of kinds that are not known stand beside those that are")
    func otherKeys() async throws {
        let round = try await OpenIDRound()
        round.provider.set {
            $0.published =
                [
                    #"{"kty": "oct", "k": "AAAA", "kid": "key-1"}"#,
                    #"{"kty": "EC", "crv": "secp256k1", "kid": "key-1"}"#,
                    #"{"kty": "RSA", "n": "AQ", "e": "AQAB", "kid": "key-1"}"#, "7",
                ] + $0.published
        }
        #expect(try round.viewer(try await round.signIn()) != nil)
    }
}
