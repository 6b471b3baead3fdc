/// Ways to say the same in fewer tokens that cannot change a meaning.
package enum TextReduction {
    /// Without trailing blanks, and with at most one empty line between others. Blanks at the beginning of lines stay:
    /// code and lists mean something by them.
    package static func withoutIdleSpace(_ text: String) -> String {
        var lines: [Substring] = []
        var empty = 0
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            let kept = line.trimmedEnd
            empty = kept.isEmpty ? empty + 1 : 0
            if empty <= 1 { lines.append(kept) }
        }
        while lines.last?.isEmpty == true { lines.removeLast() }
        return lines.joined(separator: "\n")
    }

    /// JSON without blanks between its parts; texts inside stay as they are.
    ///
    /// - Returns: the same text where it does not begin like JSON, or ends within a string.
    package static func minifiedJSON(_ text: String) -> String {
        guard let first = text.first(where: { !$0.isWhitespace }), first == "{" || first == "[" else { return text }
        var result: [UInt8] = []
        result.reserveCapacity(text.utf8.count)
        var (isInString, isEscaped) = (false, false)
        for byte in text.utf8 {
            if isInString {
                result.append(byte)
                if isEscaped {
                    isEscaped = false
                } else if byte == UInt8(ascii: "\\") {
                    isEscaped = true
                } else if byte == UInt8(ascii: "\"") {
                    isInString = false
                }
            } else if ![UInt8(ascii: " "), UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: "\t")].contains(byte) {
                isInString = byte == UInt8(ascii: "\"")
                result.append(byte)
            }
        }
        return isInString ? text : String(decoding: result, as: UTF8.self)
    }
}

extension Substring {
    fileprivate var trimmedEnd: Substring {
        var kept = self
        while let last = kept.last, last.isWhitespace { kept.removeLast() }
        return kept
    }
}
