internal import Crypto

/// The secret of a virtual key: shown once, kept as its SHA-256 only.
package struct KeySecret: Sendable {
    /// What every secret of ours begins with, so that scanners of leaked secrets can know it.
    package static let prefix = "sk-pb-"

    /// The secret itself.
    package let text: String

    /// Makes a secret of 256 random bits.
    package init(using random: inout some RandomNumberGenerator) {
        let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
        var text = Self.prefix
        // 43 digits of six bits are 258.
        for _ in 0..<43 { text.append(digits[Int(random.next() & 63)]) }
        self.text = text
    }

    /// SHA-256 of the secret, 64 lower-case hexadecimal digits.
    package var hash: String { Self.hash(text) }

    /// The first characters, by which a person can tell keys apart.
    package var hint: String { String(text.prefix(12)) }

    /// SHA-256 of any secret, 64 lower-case hexadecimal digits.
    package static func hash(_ secret: String) -> String {
        SHA256.hash(data: Array(secret.utf8)).reduce(into: "") { text, byte in
            text += String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
        }
    }

    /// SHA-256 of some bytes as four words, the first bytes highest.
    package static func hash(_ bytes: UnsafeRawBufferPointer) -> (UInt64, UInt64, UInt64, UInt64) {
        SHA256.hash(data: bytes).withUnsafeBytes { raw in
            let word = { (position: Int) in
                UInt64(bigEndian: raw.loadUnaligned(fromByteOffset: position * 8, as: UInt64.self))
            }
            return (word(0), word(1), word(2), word(3))
        }
    }
}
