internal import Foundation
internal import JSONScan
internal import JWTKit

/// The public keys of a provider (RFC 7517).
struct OpenIDKeySet: Sendable {
    /// The keys that sign, as the provider describes them.
    private let keys: [JSONValue]

    /// No provider has more; a set without end would cost a signature check for each.
    private static let mostKeys = 100

    /// Reads a set. Keys of kinds that are not known are left out: others may be in use beside them.
    ///
    /// - Throws: ``Refusal`` where it is none.
    init(_ reply: OpenIDReply) throws {
        guard reply.status == 200, let document = try? JSONValue.parse(reply.body),
            case .array(let keys)? = document["keys"]
        else {
            throw Refusal.provider(
                "The provider's keys cannot be read (status \(reply.status)). Try again in a minute.")
        }
        self.keys = keys.filter { ($0.string("use") ?? "sig") == "sig" }.prefix(Self.mostKeys).map { $0 }
    }

    /// Whether one of the keys has signed a token.
    func hasSigned(_ token: IDToken) async -> Bool {
        for key in keys where token.keyID == nil || key.string("kid") == token.keyID {
            if await Self.has(key, signed: token) { return true }
        }
        return false
    }

    private static func has(_ key: JSONValue, signed token: IDToken) async -> Bool {
        let id = JWKIdentifier(string: token.keyID ?? "")
        guard let jwk = jwk(key, token.algorithm, id) else { return false }
        do {
            // A collection of this key alone: none is taken in place of another.
            let verifier = try await JWTKeyCollection().add(jwk: jwk, isDefault: true)
                .getKey(for: id, alg: token.algorithm.rawValue)
            return try verifier.verify(token.signature, signs: token.signedBytes)
        } catch { return false }
    }

    /// The key for an algorithm; `nil` where it is of another kind, or meant for another algorithm. The key decides how it
    /// is used, not the token: a public key never becomes a shared secret.
    private static func jwk(_ key: JSONValue, _ algorithm: SigningAlgorithm, _ id: JWKIdentifier) -> JWK? {
        if let stated = key.string("alg"), stated != algorithm.rawValue { return nil }
        let (x, y) = (key.string("x"), key.string("y"))
        switch (algorithm, key.string("kty"), key.string("crv")) {
        case (.rs256, "RSA", _):
            return .rsa(.rs256, identifier: id, modulus: key.string("n"), exponent: key.string("e"))
        case (.ps256, "RSA", _):
            return .rsa(.ps256, identifier: id, modulus: key.string("n"), exponent: key.string("e"))
        case (.es256, "EC", "P-256"): return .ecdsa(.es256, identifier: id, x: x, y: y, curve: .p256)
        case (.edDSA, "OKP", "Ed25519"): return .octetKeyPair(.eddsa, identifier: id, x: x, y: y, curve: .ed25519)
        default: return nil
        }
    }
}
