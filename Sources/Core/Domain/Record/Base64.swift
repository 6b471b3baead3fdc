/// Base64 with its ordinary alphabet, strict: full groups of four, padding only at the end.
package enum Base64 {
    /// Replaces `result` with the decoded bytes; `false` where the text is not base64.
    package static func decode(_ text: ArraySlice<UInt8>, into result: inout [UInt8]) -> Bool {
        result.removeAll(keepingCapacity: true)
        guard !text.isEmpty, text.count % 4 == 0 else { return false }
        let padding = text.suffix(2).reversed().prefix { $0 == UInt8(ascii: "=") }.count
        var group: UInt32 = 0
        for (position, letter) in text.dropLast(padding).enumerated() {
            guard let value = value(of: letter) else { return false }
            group = group << 6 | UInt32(value)
            // 6, 12, 18 and 24 bits are there after the four letters; a byte is whole after the last three.
            let left = (position % 4) * 2
            if left > 0 { result.append(UInt8(truncatingIfNeeded: group >> UInt32(6 - left))) }
        }
        return true
    }

    /// The text of some bytes.
    package static func encode(_ bytes: [UInt8]) -> String {
        var text = ""
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            let bits = group.reduce(UInt32(0)) { $0 << 8 | UInt32($1) } << UInt32(8 * (3 - group.count))
            for letter in 0...group.count { text.append(letters[Int(bits >> UInt32(18 - 6 * letter) & 63)]) }
            text += String(repeating: "=", count: 3 - group.count)
        }
        return text
    }

    private static let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")

    private static func value(of letter: UInt8) -> UInt8? {
        switch letter {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): letter - UInt8(ascii: "A")
        case UInt8(ascii: "a")...UInt8(ascii: "z"): letter - UInt8(ascii: "a") + 26
        case UInt8(ascii: "0")...UInt8(ascii: "9"): letter - UInt8(ascii: "0") + 52
        case UInt8(ascii: "+"): 62
        case UInt8(ascii: "/"): 63
        default: nil
        }
    }
}
