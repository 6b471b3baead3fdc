internal import Foundation
internal import JSONScan

/// Signatures that are accepted: by a provider's private key alone. `none`, and keys that both sides know, are not.
enum SigningAlgorithm: String, Sendable, CaseIterable {
    case rs256 = "RS256"
    case ps256 = "PS256"
    case es256 = "ES256"
    case edDSA = "EdDSA"
}

/// A signed statement about somebody (RFC 7519), taken apart and not yet believed.
struct IDToken: Sendable {
    /// How it is signed.
    let algorithm: SigningAlgorithm
    /// Which key has signed it; `nil` where it does not say.
    let keyID: String?
    /// What it says.
    let claims: JSONValue
    /// What is signed.
    let signedBytes: [UInt8]
    /// The signature.
    let signature: [UInt8]

    /// A token of a person with a thousand groups is smaller.
    private static let mostBytes = 256 << 10

    /// Takes a token apart.
    ///
    /// - Throws: ``Refusal`` where it is none, or is signed in a way that is not accepted.
    init(_ text: String) throws {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard text.utf8.count <= Self.mostBytes, parts.count == 3, let header = Self.json(parts[0]),
            let claims = Self.json(parts[1]), let signature = Base64URL.decode(parts[2])
        else {
            throw Refusal.provider(
                "The provider's ID token cannot be read. Encrypted ones are not supported: have them signed only.")
        }
        let name = header.string("alg") ?? "nothing"
        guard let algorithm = SigningAlgorithm(rawValue: name), header["crit"] == nil else {
            throw Refusal.signIn(
                "The provider signs its ID tokens with \(name.prefix(20)). Have it use one of \(SigningAlgorithm.allCases.map(\.rawValue).joined(separator: ", ")).",
                code: "bad_id_token")
        }
        (self.algorithm, keyID, self.claims) = (algorithm, header.string("kid"), claims)
        (signedBytes, self.signature) = (Array("\(parts[0]).\(parts[1])".utf8), signature)
    }

    private static func json(_ part: Substring) -> JSONValue? {
        guard let bytes = Base64URL.decode(part), let value = try? JSONValue.parse(bytes), case .object = value else {
            return nil
        }
        return value
    }
}

/// Base 64 as addresses and tokens carry it: `-` and `_`, nothing at the end (RFC 4648, section 5).
enum Base64URL {
    /// The bytes of a text; `nil` where it is none.
    static func decode(_ text: some StringProtocol) -> [UInt8]? {
        let isPlain = text.utf8.allSatisfy {
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0)
                || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || $0 == UInt8(ascii: "-")
                || $0 == UInt8(ascii: "_")
        }
        guard isPlain else { return nil }
        let standard = String(text).replacing("-", with: "+").replacing("_", with: "/")
        let padding = String(repeating: "=", count: (4 - standard.utf8.count % 4) % 4)
        return Data(base64Encoded: standard + padding).map { Array($0) }
    }

    /// The text of some bytes.
    static func encode(_ bytes: some Sequence<UInt8>) -> String {
        Data(Array(bytes)).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_")
            .replacing("=", with: "")
    }
}
