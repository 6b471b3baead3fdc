internal import Crypto
internal import CryptoExtras
internal import Domain
internal import Foundation

/// Passwords as they are kept: scrypt (RFC 7914) with 16 bytes of salt, `scrypt$15$SALT$HASH`.
struct PasswordHash: Sendable, Hashable {
    /// As it is kept.
    let text: String

    private static let cost = 15
    private static let saltBytes = 16

    /// What a password must at least be: long. Rules about its characters only make people write it down.
    static let leastCharacters = 12

    /// A hash that was kept.
    init(kept text: String) { self.text = text }

    /// Hashes a password.
    init(_ password: String, using random: inout some RandomNumberGenerator) throws {
        let salt = (0..<Self.saltBytes).map { _ in UInt8.random(in: .min ... .max, using: &random) }
        let hash = try Self.derive(password, salt: salt)
        text = "scrypt$\(Self.cost)$\(Data(salt).base64EncodedString())$\(Data(hash).base64EncodedString())"
    }

    /// Whether it is the hash of a password; compared in a time that does not depend on where they differ.
    func matches(_ password: String) -> Bool {
        let parts = text.split(separator: "$").map(String.init)
        guard parts.count == 4, parts[0] == "scrypt", parts[1] == String(Self.cost),
            let salt = Data(base64Encoded: parts[2]), let kept = Data(base64Encoded: parts[3]),
            let hash = try? Self.derive(password, salt: Array(salt))
        else { return false }
        return ConstantTime.isEqual(hash, Array(kept))
    }

    private static func derive(_ password: String, salt: [UInt8]) throws -> [UInt8] {
        let key = try KDF.Scrypt.deriveKey(
            from: Array(password.utf8), salt: salt, outputByteCount: 32, rounds: 1 << cost, blockSize: 8,
            parallelism: 1)
        return key.withUnsafeBytes { Array($0) }
    }
}

/// Comparisons whose time tells nothing.
enum ConstantTime {
    /// Whether bytes are equal.
    static func isEqual(_ a: [UInt8], _ b: [UInt8]) -> Bool {
        guard a.count == b.count else { return false }
        return zip(a, b).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }

    /// Whether texts are equal.
    static func isEqual(_ a: String, _ b: String) -> Bool { isEqual(Array(a.utf8), Array(b.utf8)) }
}
