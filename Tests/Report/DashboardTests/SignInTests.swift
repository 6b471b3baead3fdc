import Domain
import Registry
import Testing

@testable import Dashboard

@Suite("Signing in")
struct SignInTests {
    private static let now = MadeSite.now

    private static func later(_ seconds: Int64) -> Timestamp {
        Timestamp(microseconds: now.microseconds + seconds * 1_000_000)
    }

    @Test("The one-time link makes the administrator once")
    func link() throws {
        let made = try MadeSite(adminToken: nil)
        var random = SystemRandomNumberGenerator()
        let secret = try #require(try made.site.signIn.setupSecret(using: &random))
        #expect(throws: Refusal.self) {
            _ = try made.site.signIn.setUp(secret: "sk-pb-guess", password: "correct horse", at: Self.now)
        }
        let cookie = try made.site.signIn.setUp(secret: secret, password: "correct horse", at: Self.now)
        #expect(try made.site.signIn.session(secret: cookie, at: Self.now)?.1.role == .admin)
        #expect(throws: Refusal.self) {
            _ = try made.site.signIn.setUp(secret: secret, password: "another password", at: Self.now)
        }
        #expect(try made.site.signIn.setupSecret(using: &random) == nil)
        _ = try made.site.signIn.signIn(name: "admin", password: "correct horse", address: "::1", at: Self.now)
    }

    @Test("After five failures even the right password waits, by name and by address")
    func throttle() throws {
        let made = try MadeSite()
        func status(_ name: String, _ password: String, _ address: String, at moment: Timestamp) -> Int {
            do {
                _ = try made.site.signIn.signIn(name: name, password: password, address: address, at: moment)
                return 200
            } catch { return (error as? Refusal)?.status ?? 0 }
        }
        for number in 0..<5 {
            #expect(status("admin", "guess", "10.0.0.\(number)", at: Self.later(Int64(number))) == 401)
        }
        #expect(status("admin", "s3cret-of-the-tests", "10.9.9.9", at: Self.later(10)) == 429)
        #expect(status("admin", "s3cret-of-the-tests", "10.9.9.9", at: Self.later(901)) == 200)
        for number in 0..<5 { #expect(status("name \(number)", "guess", "10.1.1.1", at: Self.later(2_000)) == 401) }
        #expect(status("admin", "s3cret-of-the-tests", "10.1.1.1", at: Self.later(2_001)) == 429)
    }

    @Test("A session ends twelve hours after its last use, and after a week")
    func sessions() {
        let hour = Timestamp.microsecondsPerHour
        func session(created: Int64, seen: Int64) -> Session {
            Session(
                secretHash: "", account: "", formToken: "",
                createdAt: Timestamp(microseconds: Self.now.microseconds - created * hour),
                seenAt: Timestamp(microseconds: Self.now.microseconds - seen * hour))
        }
        #expect(session(created: 100, seen: 11).isValid(at: Self.now))
        #expect(!session(created: 100, seen: 12).isValid(at: Self.now))
        #expect(!session(created: 168, seen: 1).isValid(at: Self.now))
    }

    @Test("Tokens end when they are revoked, and when their time is over")
    func tokens() throws {
        let made = try MadeSite()
        let (token, secret) = try TokenFields.make(
            Fields("name=ci&role=team&teams=blue,+red&expires=2026-12-01"), at: Self.now)
        try made.registry.add(token, at: Self.now)
        #expect(try made.site.signIn.viewer(token: secret.text, at: Self.now)?.teams == ["blue", "red"])
        #expect(try made.site.signIn.viewer(token: secret.text, at: Timestamp(year: 2026, month: 12, day: 1)) == nil)
        try made.registry.revokeToken(id: token.id, at: Self.now)
        #expect(try made.site.signIn.viewer(token: secret.text, at: Self.now) == nil)
        #expect(try made.site.signIn.viewer(token: "s3cret-of-the-tests", at: Self.now)?.role == .admin)
        #expect(throws: Refusal.self) { _ = try TokenFields.make(Fields("name=ci&role=team"), at: Self.now) }
    }

    @Test("A password's hash knows it, and no other; no two are the same")
    func passwords() throws {
        var random = SystemRandomNumberGenerator()
        let hash = try PasswordHash("correct horse battery", using: &random)
        #expect(hash.matches("correct horse battery") && !hash.matches("correct horse batterx"))
        #expect(try PasswordHash("correct horse battery", using: &random) != hash)
        for broken in ["", "scrypt$15$x", "plain", "scrypt$99$AAAA$AAAA"] {
            #expect(!PasswordHash(kept: broken).matches("correct horse battery"))
        }
    }
}
