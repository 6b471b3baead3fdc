/// Words of texts, scalar by scalar: guards look at many texts, and characters are slow to tell apart.
enum TextWords {
    /// The runs of letters, digits, marks on letters, and what else is told.
    static func split(_ text: String, also: String = "") -> [String] {
        text.unicodeScalars.split { !isPart($0) && !also.unicodeScalars.contains($0) }.map { String(Substring($0)) }
    }

    /// Small letters, with one kind of apostrophe.
    static func folded(_ text: String) -> String {
        let small = text.lowercased()
        return small.utf8.contains(0xE2) ? small.replacing("’", with: "'") : small
    }

    /// Whether a word has a digit, or another sign for a number.
    static func hasNumber(_ word: String) -> Bool {
        word.unicodeScalars.contains { $0.isASCII ? ("0"..."9").contains($0) : $0.properties.numericType != nil }
    }

    private static func isPart(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9": true
        case "\0"..."\u{7F}": false
        default:
            scalar.properties.isAlphabetic || scalar.properties.numericType != nil
                || scalar.properties.generalCategory == .nonspacingMark
        }
    }
}
