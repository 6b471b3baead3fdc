internal import Crypto
package import Domain

/// The key under which prompts are hashed, so that a hash cannot be looked up in a table of known prompts.
package struct PromptKey: Sendable {
    private let key: SymmetricKey

    /// Creates a key from at least 16 secret bytes.
    package init(secret: [UInt8]) { key = SymmetricKey(data: secret) }

    /// The documented fixed key of file audits: it makes the hashes of two audits comparable and protects nothing.
    package static let fileAudit = PromptKey(secret: Array("payback file audit, version 1".utf8))

    /// The identity of some bytes: the first 128 bits of their HMAC-SHA-256.
    package func hash(_ bytes: UnsafeRawBufferPointer) -> PromptHash {
        let code = HMAC<SHA256>.authenticationCode(for: bytes, using: key)
        return code.withUnsafeBytes { raw in
            PromptHash(
                high: UInt64(bigEndian: raw.loadUnaligned(as: UInt64.self)),
                low: UInt64(bigEndian: raw.loadUnaligned(fromByteOffset: 8, as: UInt64.self)))
        }
    }
}
