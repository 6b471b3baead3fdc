internal import Crypto
internal import Domain
internal import Foundation

/// A browser's way to the provider and back: what it has to bring along so that the way was one.
struct SignInErrand: Sendable, Hashable {
    /// What the provider hands back with the browser.
    var state: String
    /// What the token has to contain.
    var nonce: String
    /// What proves that the code is exchanged by whoever asked for it (RFC 7636).
    var verifier: String
    /// Where the reader wanted to go; a path of our own.
    var target: String
    /// When it began.
    var begunAt: Timestamp

    /// How long it may take, microseconds.
    static let lifetime: Int64 = 10 * 60 * 1_000_000
    /// A cookie holds 4096 bytes.
    private static let mostTargetBytes = 1_024

    /// Sets out.
    init(to target: String, at now: Timestamp, using random: inout some RandomNumberGenerator) {
        (state, nonce, verifier) = (Self.text(&random), Self.text(&random), Self.text(&random))
        self.target = target.utf8.count <= Self.mostTargetBytes ? target : "/"
        begunAt = now
    }

    /// Where the browser goes.
    func address(at provider: OpenIDProvider, _ settings: OpenIDSettings) -> String {
        let fields = Fields([
            ("response_type", "code"), ("client_id", settings.clientID), ("redirect_uri", settings.callback),
            ("scope", settings.scopes.joined(separator: " ")), ("state", state), ("nonce", nonce),
            ("code_challenge", Base64URL.encode(SHA256.hash(data: Array(verifier.utf8)))),
            ("code_challenge_method", "S256"),
        ])
        let endpoint = provider.authorizationEndpoint
        return endpoint.contains("?") ? "\(endpoint)&\(fields.link.dropFirst())" : endpoint + fields.link
    }

    /// 256 random bits.
    private static func text(_ random: inout some RandomNumberGenerator) -> String {
        Base64URL.encode((0..<32).map { _ in UInt8.random(in: .min ... .max, using: &random) })
    }
}

/// Keeps errands in the browsers that run them, sealed: nothing has to be remembered of those that never come back, however
/// many there are.
struct ErrandSeal: Sendable {
    private let key = SymmetricKey(size: .bits256)

    /// An errand as a cookie carries it.
    func seal(_ errand: SignInErrand) throws -> String {
        let lines = [String(errand.begunAt.microseconds), errand.state, errand.nonce, errand.verifier, errand.target]
        let box = try AES.GCM.seal(Array(lines.joined(separator: "\n").utf8), using: key)
        return Base64URL.encode(box.combined ?? Data())
    }

    /// The errand of a cookie; `nil` where it is none of ours, or has taken too long.
    func open(_ text: String, at now: Timestamp) -> SignInErrand? {
        guard let bytes = Base64URL.decode(text), let box = try? AES.GCM.SealedBox(combined: bytes),
            let plain = try? AES.GCM.open(box, using: key)
        else { return nil }
        let lines = String(decoding: plain, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
            .map(String.init)
        guard lines.count == 5, let begun = Int64(lines[0]), now.microseconds - begun < SignInErrand.lifetime else {
            return nil
        }
        return SignInErrand(
            state: lines[1], nonce: lines[2], verifier: lines[3], target: lines[4],
            begunAt: Timestamp(microseconds: begun))
    }
}

extension SignInErrand {
    fileprivate init(state: String, nonce: String, verifier: String, target: String, begunAt: Timestamp) {
        (self.state, self.nonce, self.verifier) = (state, nonce, verifier)
        (self.target, self.begunAt) = (target, begunAt)
    }
}

/// States that browsers have come back with: each is good once.
struct UsedStates: Sendable {
    private var times: [String: Timestamp] = [:]
    /// Beyond this many the oldest are forgotten; their codes are used up at the provider all the same.
    private static let most = 10_000

    /// Takes note of a state; `false` where it was there already.
    mutating func use(_ state: String, at now: Timestamp) -> Bool {
        guard times[state] == nil else { return false }
        if times.count >= Self.most {
            times = times.filter { now.microseconds - $0.value.microseconds < SignInErrand.lifetime }
        }
        if times.count >= Self.most, let oldest = times.min(by: { $0.value < $1.value }) { times[oldest.key] = nil }
        times[state] = now
        return true
    }
}
