import Crypto
import CryptoExtras
import Domain
import Foundation
import JWTKit
import Synchronization

@testable import Dashboard

/// A key that a provider signs with, and how it publishes it.
struct MadeSigningKey: Sendable {
    let id: String
    let algorithm: any JWTAlgorithm
    /// Its public half as RFC 7517 writes it.
    let published: String

    static func make(_ algorithm: SigningAlgorithm, id: String = "key-1") async throws -> MadeSigningKey {
        let kid = JWKIdentifier(string: id)
        let keys = JWTKeyCollection()
        let members: String
        switch algorithm {
        case .es256:
            let key = P256.Signing.PrivateKey()
            await keys.add(ecdsa: try ES256PrivateKey(backing: key), kid: kid)
            let point = Array(key.publicKey.rawRepresentation)
            members = """
                "kty": "EC", "crv": "P-256", "x": "\(Base64URL.encode(point[..<32]))", "y": "\(Base64URL.encode(point[32...]))"
                """
        case .edDSA:
            let key = try EdDSA.PrivateKey()
            await keys.add(eddsa: key, kid: kid)
            members = """
                "kty": "OKP", "crv": "Ed25519", "x": "\(Base64URL.encode(key.publicKey.rawRepresentation))"
                """
        case .rs256, .ps256:
            let key = try Insecure.RSA.PrivateKey(backing: _RSA.Signing.PrivateKey(keySize: .bits2048))
            if algorithm == .rs256 {
                await keys.add(rsa: key, digestAlgorithm: .sha256, kid: kid)
            } else {
                await keys.add(pss: key, digestAlgorithm: .sha256, kid: kid)
            }
            let (modulus, exponent) = try key.publicKey.getKeyPrimitives()
            members = """
                "kty": "RSA", "n": "\(Base64URL.encode(modulus))", "e": "\(Base64URL.encode(exponent))"
                """
        }
        return MadeSigningKey(
            id: id, algorithm: try await keys.getKey(for: kid, alg: algorithm.rawValue),
            published: #"{"kid": "\#(id)", "use": "sig", \#(members)}"#)
    }

    /// A signed token; the header says what it is told to.
    func token(_ claims: [String: String], alg: String? = nil, kid: String? = nil) throws -> String {
        let header = #"{"alg": "\#(alg ?? algorithm.name)", "kid": "\#(kid ?? id)", "typ": "JWT"}"#
        let payload = "{" + claims.map { "\"\($0)\": \($1)" }.sorted().joined(separator: ", ") + "}"
        let text = "\(Base64URL.encode(header.utf8)).\(Base64URL.encode(payload.utf8))"
        return "\(text).\(Base64URL.encode(try algorithm.sign(Array(text.utf8))))"
    }
}

/// A provider of OpenID Connect that does what a test wants, without a socket.
final class FakeIdentityProvider: OpenIDTransport {
    static let issuer = "https://login.example"

    struct State: Sendable {
        /// What it signs with.
        var key: MadeSigningKey
        /// What it publishes.
        var published: [String]
        /// Claims beside or instead of the usual ones, as JSON; an empty text leaves one out.
        var claims: [String: String] = [:]
        /// A token instead of an honest one, made of honest claims.
        var forge: (@Sendable ([String: String]) throws -> String)?
        /// Members of its description beside or instead of the usual ones, as JSON.
        var description: [String: String] = [:]
        /// Codes that it has given out: nonce and challenge.
        var codes: [String: (nonce: String, challenge: String)] = [:]
        /// How often its keys were asked for.
        var keyQuestions = 0
        /// The last exchange: form and header.
        var exchange: (form: Fields, authorization: String?)?
        /// Whether it answers at all.
        var isDown = false
    }

    struct Down: Error {}

    private let state: Mutex<State>

    init(_ key: MadeSigningKey) { state = Mutex(State(key: key, published: [key.published])) }

    /// Changes what it does.
    func set(_ change: @Sendable (inout State) -> Void) { state.withLock { change(&$0) } }

    /// What it does and has seen.
    var seen: State { state.withLock { $0 } }

    /// Somebody signs in there.
    ///
    /// - Returns: what the browser brings back.
    func authorize(_ address: String) -> Fields {
        let query = Fields(String(address.drop { $0 != "?" }.dropFirst()))
        return state.withLock { state in
            let code = "code-\(state.codes.count + 1)"
            state.codes[code] = (query["nonce"] ?? "", query["code_challenge"] ?? "")
            return Fields([("code", code), ("state", query["state"] ?? "")])
        }
    }

    func get(_ url: String) async throws -> OpenIDReply {
        try state.withLock { state in
            if state.isDown { throw Down() }
            if url == Self.issuer + "/keys" {
                state.keyQuestions += 1
                return Self.reply("{\"keys\": [\(state.published.joined(separator: ", "))]}")
            }
            var members = [
                "issuer": "\"\(Self.issuer)\"", "authorization_endpoint": "\"\(Self.issuer)/authorize?p=1\"",
                "token_endpoint": "\"\(Self.issuer)/token\"", "jwks_uri": "\"\(Self.issuer)/keys\"",
            ]
            members.merge(state.description) { $1 }
            let isRight = url == Self.issuer + "/.well-known/openid-configuration"
            return Self.reply(
                "{" + members.map { "\"\($0)\": \($1)" }.joined(separator: ", ") + "}", isRight ? 200 : 404)
        }
    }

    func post(_ url: String, form: String, authorization: String?) async throws -> OpenIDReply {
        let fields = Fields(form)
        return try state.withLock { state in
            if state.isDown { throw Down() }
            state.exchange = (fields, authorization)
            let proof = Base64URL.encode(SHA256.hash(data: Data((fields["code_verifier"] ?? "").utf8)))
            guard url == Self.issuer + "/token", let code = state.codes.removeValue(forKey: fields["code"] ?? ""),
                code.challenge == proof
            else { return Self.reply(#"{"error": "invalid_grant"}"#, 400) }
            let claims = Self.claims(nonce: code.nonce, state.claims)
            let token = try state.forge?(claims) ?? state.key.token(claims)
            return Self.reply("{\"access_token\": \"x\", \"token_type\": \"Bearer\", \"id_token\": \"\(token)\"}")
        }
    }

    private static func claims(nonce: String, _ changed: [String: String]) -> [String: String] {
        let now = MadeSite.now.microseconds / 1_000_000
        let usual = [
            "iss": "\"\(issuer)\"", "aud": "\"payback\"", "sub": "\"person-1\"", "email": "\"ann@acme.example\"",
            "nonce": "\"\(nonce)\"", "iat": "\(now)", "exp": "\(now + 300)", "groups": #"["cfo", "all"]"#,
        ]
        return usual.merging(changed) { $1 }.filter { !$0.value.isEmpty }
    }

    private static func reply(_ text: String, _ status: Int = 200) -> OpenIDReply {
        OpenIDReply(status: status, body: Array(text.utf8))
    }
}
