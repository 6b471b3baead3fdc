/// A fast 64-bit hash of bytes, the same on every machine and in every release: record identities rest on it.
///
/// Multiply-and-fold over 8-byte words, as wyhash does. Not for secrets: prompts are hashed with a keyed SHA-256.
package enum ByteHash {
    static let first: UInt64 = 0xa076_1d64_78bd_642f
    static let second: UInt64 = 0xe703_7ed1_a0b4_28db

    /// The two halves of the 128-bit product, folded together.
    package static func mix(_ a: UInt64, _ b: UInt64) -> UInt64 {
        let product = a.multipliedFullWidth(by: b)
        return product.high ^ product.low
    }

    /// Hashes `count` bytes from `start`.
    package static func hash(_ start: UnsafePointer<UInt8>, count: Int, seed: UInt64 = 0) -> UInt64 {
        let raw = UnsafeRawPointer(start)
        var state = seed ^ first
        var position = 0
        while position &+ 8 <= count {
            let word = raw.loadUnaligned(fromByteOffset: position, as: UInt64.self).littleEndian
            state = mix(state ^ word, second)
            position &+= 8
        }
        var tail: UInt64 = 0
        var shift: UInt64 = 0
        while position < count {
            tail |= UInt64(start[position]) &<< shift
            shift &+= 8
            position &+= 1
        }
        return mix(state ^ tail, first ^ UInt64(truncatingIfNeeded: count) ^ second)
    }

    /// Hashes the UTF-8 of a string.
    package static func hash(_ text: String, seed: UInt64 = 0) -> UInt64 {
        var text = text
        return text.withUTF8 { bytes in
            guard let start = bytes.baseAddress else { return mix(seed ^ first, first ^ second) }
            return hash(start, count: bytes.count, seed: seed)
        }
    }
}
