/// Cuts a meter's name into words.
enum MeterWords {
    /// The words in lower case. A point between digits stays, capitals inside a word begin a new one, `>` reads `over`
    /// and `<` reads `upto`.
    static func split(_ text: String) -> [String] {
        var words: [String] = []
        var word = ""
        var characters = Array(text)
        characters.append(" ")
        for (position, character) in characters.enumerated() {
            if belongs(position, characters) {
                if character.isUppercase, word.last?.isLowercase == true { end(&word, &words, cased: true) }
                word.append(character)
            } else {
                end(&word, &words, cased: true)
                if character == ">" || character == "≥" { words.append("over") }
                if character == "<" || character == "≤" { words.append("upto") }
            }
        }
        return words
    }

    private static func belongs(_ position: Int, _ characters: [Character]) -> Bool {
        let character = characters[position]
        if character.isLetter || character.isNumber { return true }
        guard character == ".", position > 0, position + 1 < characters.count else { return false }
        return characters[position - 1].isNumber && characters[position + 1].isNumber
    }

    private static func end(_ word: inout String, _ words: inout [String], cased: Bool) {
        if !word.isEmpty { words.append(word.lowercased()) }
        word = ""
    }

    /// The code of AWS's region that a usage type begins with, for example `USE1`.
    static func awsRegion(_ text: String) -> String? {
        guard let first = text.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false).first,
            first.count < text.count, first.count >= 2, first.count <= 6
        else { return nil }
        let continents = ["US", "EU", "AP", "CA", "SA", "ME", "AF", "IL", "UG", "MX", "CN"]
        guard continents.contains(String(first.prefix(2))) else { return nil }
        let rest = first.dropFirst(2)
        let letters = rest.prefix { "NESWC".contains($0) }
        let digits = rest.dropFirst(letters.count)
        let isPlace = rest.isEmpty || (!letters.isEmpty && letters.count <= 2 && !digits.isEmpty)
        return isPlace && digits.allSatisfy(\.isNumber) ? String(first) : nil
    }
}
