internal import Crypto
package import Domain

/// The key under which prompts are hashed, so that a hash cannot be looked up in a table of known prompts.
package struct PromptKey: Sendable {
    // HMAC (RFC 2104) begins with a block that depends on the key alone: both of its hashes are kept behind that block.
    private let inner: SHA256
    private let outer: SHA256

    /// Creates a key from at least 16 secret bytes.
    package init(secret: [UInt8]) {
        var block = secret.count > 64 ? Array(SHA256.hash(data: secret)) : secret
        block += Array(repeating: 0, count: 64 - block.count)
        (inner, outer) = (Self.begun(with: block, 0x36), Self.begun(with: block, 0x5C))
    }

    private static func begun(with block: [UInt8], _ mask: UInt8) -> SHA256 {
        var hash = SHA256()
        hash.update(data: block.map { $0 ^ mask })
        return hash
    }

    /// The documented fixed key of file audits: it makes the hashes of two audits comparable and protects nothing.
    package static let fileAudit = PromptKey(secret: Array("payback file audit, version 1".utf8))

    /// The identity of some bytes: the first 128 bits of their HMAC-SHA-256.
    package func hash(_ bytes: UnsafeRawBufferPointer) -> PromptHash {
        var inner = inner
        inner.update(bufferPointer: bytes)
        var outer = outer
        inner.finalize().withUnsafeBytes { outer.update(bufferPointer: $0) }
        return outer.finalize().withUnsafeBytes { raw in
            PromptHash(
                high: UInt64(bigEndian: raw.loadUnaligned(as: UInt64.self)),
                low: UInt64(bigEndian: raw.loadUnaligned(fromByteOffset: 8, as: UInt64.self)))
        }
    }
}
