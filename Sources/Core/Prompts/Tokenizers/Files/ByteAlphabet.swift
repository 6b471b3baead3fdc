/// The letters by which byte-level tokenizers write bytes: a printable character stands for itself, and the others are
/// counted from U+0100 on, so that a blank is `Ġ`.
enum ByteAlphabet {
    /// Replaces `result` with the bytes of a token; `false` where a character is none of the alphabet.
    static func decode(_ token: some StringProtocol, into result: inout [UInt8]) -> Bool {
        result.removeAll(keepingCapacity: true)
        for scalar in token.unicodeScalars {
            guard scalar.value < bytes.count, let byte = bytes[Int(scalar.value)] else { return false }
            result.append(byte)
        }
        return true
    }

    /// The byte of each code point up to the last of the alphabet.
    private static let bytes: [UInt8?] = {
        var bytes: [UInt8?] = Array(repeating: nil, count: 0x144)
        var next = 0x100
        for byte in UInt8.min...UInt8.max {
            switch byte {
            case 0x21...0x7E, 0xA1...0xAC, 0xAE...0xFF: bytes[Int(byte)] = byte
            default:
                bytes[next] = byte
                next += 1
            }
        }
        return bytes
    }()

    /// Whether a byte occurs in UTF-8; tokenizers need no token for the others.
    static func isUsed(_ byte: Int) -> Bool { byte < 0xC0 || (0xC2...0xF4).contains(byte) }
}
