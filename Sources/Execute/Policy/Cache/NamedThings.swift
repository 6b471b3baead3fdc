/// What a question names, apart from its numbers.
struct NamedThings {
    /// Days, months and times, in one word each.
    let dates: Set<String>
    /// Units and currencies.
    let units: Set<String>
    /// Code in backticks, operators, kinds of file.
    let code: [String]
    /// Known names: places, languages, companies.
    private let known: Set<String>
    /// What looks like a name: in quotes, or with a capital inside a sentence.
    private let likely: Set<String>
    /// All words in small letters.
    private let words: Set<String>

    init(_ text: String) {
        let folded = TextWords.folded(text)
        let plain = TextWords.split(folded)
        let list = KnownNames.mayJoin(plain) ? TextWords.split(KnownNames.joined(folded)) : plain
        let words = Set(list)
        self.words = words
        dates = Set(list.compactMap { KnownNames.dates[$0] }).union(Self.relativeDates(list))
        units = Set(list.compactMap { KnownNames.units[$0] })
        known = Set(list.compactMap { KnownNames.entities[$0] })
        // What the lists know has been compared already, and by all its writings.
        likely = Self.quoted(text).union(
            Self.capitalised(text).subtracting(plain.filter { !words.contains($0) })
                .filter { !KnownNames.contains($0) })
        code = Self.code(text)
    }

    /// Whether either names what the other does not. What only looks like a name has to be missing from the other's words
    /// altogether: capitals come and go.
    func isOther(than other: NamedThings) -> Bool {
        known != other.known || !likely.isSubset(of: other.words.union(other.likely))
            || !other.likely.isSubset(of: words.union(likely))
    }

    /// Next week, last month: two words that mean a time together.
    private static func relativeDates(_ words: [String]) -> [String] {
        zip(words, words.dropFirst()).filter { first, second in
            ["next", "last", "this", "previous"].contains(first) && KnownNames.periods.contains(second)
        }.map { $0 == "previous" ? "last \($1)" : "\($0) \($1)" }
    }

    private static func quoted(_ text: String) -> Set<String> {
        guard text.unicodeScalars.contains(where: { $0 == "\"" || $0 == "“" }) else { return [] }
        return Set(text.matches(of: /["“]([^"“”]{1,60})["”]/).map { $0.output.1.lowercased() })
    }

    /// Words with a capital that no sentence begins with; none where the whole text shouts.
    private static func capitalised(_ text: String) -> Set<String> {
        guard text.unicodeScalars.contains(where: \.properties.isLowercase) else { return [] }
        var names: Set<String> = []
        var isStart = true
        for word in text.split(whereSeparator: \.isWhitespace) {
            let core = word.drop { !$0.isLetter && !$0.isNumber }.prefix { $0.isLetter || $0.isNumber }
            if !isStart, let first = core.first, first.isUppercase, core.count > 1 { names.insert(core.lowercased()) }
            isStart = word.last.map { ".!?:".contains($0) } ?? false
        }
        return names
    }

    private static func code(_ text: String) -> [String] {
        // Most questions carry none, and expressions are slow.
        guard text.utf8.contains(where: { "`=<>&|.".utf8.contains($0) }) else { return [] }
        let snippets = text.matches(of: /`+([^`]{1,2000})`+/).map { String($0.output.1) }
        let operators = text.matches(of: /[=!<>]=|[<>]|&&|\|\|/).map { String($0.output) }
        let files = text.matches(of: /[A-Za-z0-9_]\.([a-z]{1,5}[0-9]?)\b/).map { String($0.output.1) }
        return snippets.sorted() + operators + files.filter(KnownNames.fileKinds.contains).sorted()
    }
}

extension Set<String> {
    /// Whether each has what the other has not: one more on one side alone is no other.
    func isOther(than other: Set<String>) -> Bool { !isSubset(of: other) && !other.isSubset(of: self) }
}
