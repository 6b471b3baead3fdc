internal import JSONScan

/// JSON by its grammar (RFC 8259), as a caller's parser takes it: models write line feeds into strings, and leave escapes
/// unfinished.
enum StrictJSON {
    /// The document of a text; `nil` where it is none, or a key stands twice in an object.
    static func document(_ text: String) -> JSONValue? {
        guard hasSoundStrings(text.utf8), let value = try? JSONValue.parse(text), isSound(value) else { return nil }
        return value
    }

    /// Whether strings hold no control characters and only whole escapes.
    private static func hasSoundStrings(_ bytes: String.UTF8View) -> Bool {
        var rest = bytes[...]
        var isInString = false
        while let byte = rest.popFirst() {
            switch (isInString, byte) {
            case (_, UInt8(ascii: "\"")): isInString.toggle()
            case (true, UInt8(ascii: "\\")):
                guard isSoundEscape(&rest) else { return false }
            case (true, 0..<0x20): return false
            default: continue
            }
        }
        return !isInString
    }

    private static func isSoundEscape(_ rest: inout Substring.UTF8View) -> Bool {
        guard let letter = rest.popFirst() else { return false }
        guard letter == UInt8(ascii: "u") else { return "\"\\/bfnrt".utf8.contains(letter) }
        let digits = rest.prefix(4)
        rest = rest.dropFirst(4)
        return digits.count == 4 && digits.allSatisfy { JSONText.hexadecimalDigit($0) != nil }
    }

    private static func isSound(_ value: JSONValue) -> Bool {
        switch value {
        case .number(let text): text.wholeMatch(of: /-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?/) != nil
        case .array(let elements): elements.allSatisfy(isSound)
        case .object(let members):
            Set(members.map(\.key)).count == members.count && members.allSatisfy { isSound($0.value) }
        case .null, .bool, .string: true
        }
    }
}
