/// The texts of JSON strings.
package enum JSONText {
    /// Appends the text of a JSON string whose escapes are still in it; a damaged escape becomes U+FFFD.
    package static func unescape(_ raw: UnsafeBufferPointer<UInt8>, into text: inout [UInt8]) {
        var position = 0
        while position < raw.count {
            let byte = raw[position]
            position += 1
            guard byte == UInt8(ascii: "\\"), position < raw.count else {
                text.append(byte)
                continue
            }
            let escape = raw[position]
            position += 1
            switch escape {
            case UInt8(ascii: "n"): text.append(0x0A)
            case UInt8(ascii: "t"): text.append(0x09)
            case UInt8(ascii: "r"): text.append(0x0D)
            case UInt8(ascii: "b"): text.append(0x08)
            case UInt8(ascii: "f"): text.append(0x0C)
            case UInt8(ascii: "u"): text.append(contentsOf: Array(String(scalar(raw, &position)).utf8))
            default: text.append(escape)
            }
        }
    }

    /// A text as it stands between the quotes of a JSON string.
    package static func escaped(_ text: String) -> String {
        let needsEscape = text.utf8.contains { $0 < 0x20 || $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\\") }
        guard needsEscape else { return text }
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            case _ where scalar.value < 0x20:
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// The scalar of `XXXX`, or of a surrogate pair `XXXX\uXXXX`.
    private static func scalar(_ raw: UnsafeBufferPointer<UInt8>, _ position: inout Int) -> Character {
        guard let first = hexadecimal(raw, position) else { return "\u{FFFD}" }
        position += 4
        if (0xD800..<0xDC00).contains(first), position + 6 <= raw.count, raw[position] == UInt8(ascii: "\\"),
            raw[position + 1] == UInt8(ascii: "u"), let second = hexadecimal(raw, position + 2),
            (0xDC00..<0xE000).contains(second)
        {
            position += 6
            let value = 0x10000 + (first - 0xD800) << 10 + (second - 0xDC00)
            return Unicode.Scalar(value).map(Character.init) ?? "\u{FFFD}"
        }
        return Unicode.Scalar(first).map(Character.init) ?? "\u{FFFD}"
    }

    private static func hexadecimal(_ raw: UnsafeBufferPointer<UInt8>, _ start: Int) -> UInt32? {
        guard start + 4 <= raw.count else { return nil }
        var value: UInt32 = 0
        for position in start..<(start + 4) {
            guard let digit = hexadecimalDigit(raw[position]) else { return nil }
            value = value << 4 | UInt32(digit)
        }
        return value
    }

    /// The value of a hexadecimal digit.
    package static func hexadecimalDigit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte &- UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte &- UInt8(ascii: "a") &+ 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte &- UInt8(ascii: "A") &+ 10
        default: nil
        }
    }
}
