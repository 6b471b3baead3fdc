/// Text as it stands in a row of equally wide cells.
enum PlainText {
    /// The text without characters that would move a cursor, break a line or reverse the order of reading.
    ///
    /// Names come from files that others wrote; they must not reach a terminal or a page as commands.
    static func clean(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0..<0x20, 0x7F..<0xA0, 0x2028, 0x2029, 0x202A...0x202E, 0x2066...0x2069:
                result.append(" ")
            default:
                result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// How many cells a text takes.
    static func width(_ text: String) -> Int { text.reduce(0) { $0 + width($1) } }

    /// Two for East Asian wide characters and emoji, one for all others.
    private static func width(_ character: Character) -> Int {
        guard let scalar = character.unicodeScalars.first?.value else { return 0 }
        switch scalar {
        case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60,
            0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F680...0x1F6FF, 0x1F900...0x1F9FF, 0x20000...0x3FFFD:
            return 2
        default:
            return 1
        }
    }

    /// The text cut to a width, with `…` where something is missing.
    static func cut(_ text: String, to limit: Int) -> String {
        if width(text) <= limit { return text }
        var result = ""
        var used = 0
        for character in text {
            let next = width(character)
            if used + next > limit - 1 { break }
            result.append(character)
            used += next
        }
        return result + "…"
    }

    /// The text with blanks on its right.
    static func padded(_ text: String, to width: Int) -> String { text + blanks(width - self.width(text)) }

    /// The text with blanks on its left.
    static func rightAligned(_ text: String, to width: Int) -> String { blanks(width - self.width(text)) + text }

    /// Blanks, or nothing for a negative count.
    static func blanks(_ count: Int) -> String { String(repeating: " ", count: max(count, 0)) }

    /// The text without blanks at its end.
    static func trimmed(_ text: String) -> String {
        var result = text
        while result.last == " " { result.removeLast() }
        return result
    }

    /// The text in lines of at most a width, broken at blanks, and within words that are longer than a line.
    static func wrapped(_ text: String, to limit: Int) -> [String] {
        var lines: [String] = []
        var line = ""
        for word in text.split(separator: " ").map(String.init) {
            if !line.isEmpty, width(line) + 1 + width(word) <= limit {
                line += " " + word
                continue
            }
            if !line.isEmpty { lines.append(line) }
            line = word
            while width(line) > limit, limit > 1 {
                let head = prefix(of: line, limit)
                lines.append(head)
                line = String(line.dropFirst(head.count))
            }
        }
        return line.isEmpty ? lines : lines + [line]
    }

    private static func prefix(of text: String, _ limit: Int) -> String {
        var result = ""
        var used = 0
        for character in text {
            used += width(character)
            if used > limit { break }
            result.append(character)
        }
        return result
    }
}
