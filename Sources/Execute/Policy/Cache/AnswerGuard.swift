/// Rules that refuse a cached answer although the questions look alike. No threshold does what they do: encoders give
/// opposites and changed numbers nearly the similarity of a repetition.
package enum AnswerGuard {
    /// Why an answer is refused.
    package enum Refusal: String, Sendable, CaseIterable {
        /// The questions name different numbers, dates or amounts.
        case number
        /// One of them is negated.
        case negation
        /// One says the opposite of the other: on and off, before and after.
        case antonym
        /// The same words in another order: from A to B, from B to A.
        case wordOrder = "word_order"
        /// They carry different code or addresses.
        case identifier
        /// They name different days, months or times: Monday and Friday, today and tomorrow.
        case date
        /// One asks in a unit or currency that the other does not: days and hours, dollars and euros.
        case unit
        /// They carry different snippets, operators or kinds of file.
        case code
        /// They name different things or people: places, companies, quoted words.
        case entity
        /// What was said before is not the same.
        case conversation
    }

    /// Compares a question with one that was answered before.
    ///
    /// - Returns: `nil` where nothing speaks against serving the answer.
    package static func refusal(of question: String, answeredFor other: String) -> Refusal? {
        let (first, second) = (QuestionWords(question), QuestionWords(other))
        if first.numbers != second.numbers { return .number }
        if first.negations % 2 != second.negations % 2 { return .negation }
        if isOpposite(first.words, second.words) { return .antonym }
        if first.identifiers != second.identifiers { return .identifier }
        if let refusal = namedRefusal(question, other) { return refusal }
        if first.content != second.content, first.content.sorted() == second.content.sorted() { return .wordOrder }
        return nil
    }

    private static func namedRefusal(_ question: String, _ other: String) -> Refusal? {
        let (first, second) = (NamedThings(question), NamedThings(other))
        if first.dates != second.dates { return .date }
        if first.units.isOther(than: second.units) { return .unit }
        if first.code != second.code { return .code }
        return first.isOther(than: second) ? .entity : nil
    }

    /// Whether one question has a word that the other has the opposite of, where their words differ.
    private static func isOpposite(_ first: [String], _ second: [String]) -> Bool {
        let (onlyA, onlyB) = (surplus(first, over: second), surplus(second, over: first))
        return Antonyms.pairs.contains { pair in
            (onlyA.contains(pair.0) && onlyB.contains(pair.1)) || (onlyA.contains(pair.1) && onlyB.contains(pair.0))
        }
    }

    /// Words that stand more often in one than in the other: "buy or buy" and "buy or sell" differ by a word each.
    private static func surplus(_ words: [String], over others: [String]) -> Set<String> {
        var counts: [String: Int] = [:]
        for word in words { counts[word, default: 0] += 1 }
        for word in others { counts[word, default: 0] -= 1 }
        return Set(counts.filter { $1 > 0 }.keys)
    }
}

/// What a question is made of.
struct QuestionWords {
    /// Words in small letters.
    let words: [String]
    /// Words that carry meaning, in their order.
    let content: [String]
    /// Numbers, number words included, in their order: from 1 to 2 is not from 2 to 1.
    let numbers: [String]
    /// How often it says no.
    let negations: Int
    /// Addresses, paths, code: what has digits and letters or signs inside.
    let identifiers: [String]

    init(_ text: String) {
        let folded = TextWords.folded(text)
        words = TextWords.split(folded, also: "'")
        numbers = Self.quantities(in: folded).compactMap(Self.number)
        negations = words.count { Self.negationWords.contains($0) || $0.hasSuffix("n't") }
        content = words.filter { !Self.smallWords.contains($0) && Self.number($0) == nil }
        identifiers =
            folded.utf8.contains { "/_@(:+#".utf8.contains($0) }
            ? folded.split(separator: " ").map(String.init).filter(Self.isIdentifier).sorted() : []
    }

    /// Words with what belongs to a number: decimals, a sign, a currency, letters of a code.
    private static func quantities(in text: String) -> [String] {
        TextWords.split(text, also: ".,'-+#%$€£¥").map { word in
            var kept = Substring(word).unicodeScalars
            while let last = kept.last, ".,'-".unicodeScalars.contains(last) { kept.removeLast() }
            return String(Substring(kept))
        }
    }

    /// What a word counts as; `nil` where it names no number.
    private static func number(_ word: String) -> String? {
        if let value = numberWords[word] { return value }
        return TextWords.hasNumber(word) ? word.filter { $0 != "," } : nil
    }

    private static func isIdentifier(_ word: String) -> Bool {
        ["/", "_", "@", "()", "::", "++", "#"].contains { word.contains($0) }
    }

    private static let negationWords: Set<String> = [
        "not", "no", "never", "without", "cannot", "cant", "dont", "didnt", "doesnt", "isnt", "wasnt", "wont", "arent",
        "havent", "hasnt", "couldnt", "shouldnt", "wouldnt", "neither", "nor", "none", "nobody", "nothing",
    ]

    private static let numberWords: [String: String] = {
        let names = [
            "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
            "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
        ]
        var words = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, "\($0)") })
        let more = [
            ("thirty", 30), ("forty", 40), ("fifty", 50), ("sixty", 60), ("seventy", 70), ("eighty", 80),
            ("ninety", 90), ("hundred", 100), ("thousand", 1_000), ("million", 1_000_000), ("once", 1), ("twice", 2),
            ("first", 1), ("second", 2), ("third", 3), ("double", 2), ("dozen", 12), ("both", 2),
        ]
        for (word, value) in more { words[word] = "\(value)" }
        return words
    }()

    private static let smallWords: Set<String> = [
        "a", "an", "the", "is", "are", "was", "were", "be", "been", "am", "do", "does", "did", "i", "my", "me", "you",
        "your", "it", "its", "this", "that", "there", "of", "please", "can", "could", "would", "will", "shall", "have",
        "has", "had", "and", "or", "so", "what", "how", "why", "when", "where", "which", "who", "with", "for", "just",
    ]
}

/// Words that turn an answer round.
enum Antonyms {
    static let pairs: [(String, String)] = [
        ("on", "off"), ("open", "close"), ("open", "closed"), ("opened", "closed"), ("enable", "disable"),
        ("enabled", "disabled"), ("activate", "deactivate"), ("increase", "decrease"), ("increased", "decreased"),
        ("raise", "lower"), ("up", "down"), ("before", "after"), ("above", "below"), ("over", "under"),
        ("more", "less"), ("most", "least"), ("more", "fewer"), ("high", "low"), ("higher", "lower"),
        ("highest", "lowest"), ("maximum", "minimum"), ("max", "min"), ("start", "stop"), ("start", "end"),
        ("begin", "end"), ("employer", "employee"),
        ("first", "last"), ("buy", "sell"), ("send", "receive"), ("sent", "received"), ("add", "remove"),
        ("added", "removed"), ("add", "delete"), ("create", "delete"), ("accept", "reject"), ("accept", "decline"),
        ("accepted", "declined"), ("accepted", "rejected"), ("allow", "deny"), ("allow", "block"),
        ("allowed", "denied"), ("block", "unblock"), ("lock", "unlock"), ("locked", "unlocked"), ("freeze", "unfreeze"),
        ("win", "lose"), ("gain", "lose"), ("push", "pull"), ("import", "export"), ("upload", "download"),
        ("deposit", "withdraw"), ("deposit", "withdrawal"), ("credit", "debit"), ("in", "out"), ("inside", "outside"),
        ("old", "new"), ("early", "late"), ("earlier", "later"), ("fast", "slow"), ("cheap", "expensive"),
        ("cheaper", "dearer"), ("always", "never"), ("all", "none"), ("same", "different"), ("true", "false"),
        ("yes", "no"), ("pass", "fail"), ("passed", "failed"), ("success", "failure"), ("valid", "invalid"),
        ("possible", "impossible"), ("legal", "illegal"), ("with", "without"), ("left", "right"), ("import", "send"),
        ("incoming", "outgoing"), ("internal", "external"), ("public", "private"), ("physical", "virtual"),
        ("domestic", "international"), ("online", "offline"), ("connect", "disconnect"), ("subscribe", "unsubscribe"),
        ("verify", "unverify"), ("verified", "unverified"), ("top", "bottom"), ("from", "to"), ("charged", "refunded"),
        ("charge", "refund"), ("pay", "receive"), ("lost", "found"), ("good", "bad"), ("best", "worst"),
        ("better", "worse"), ("right", "wrong"), ("correct", "incorrect"), ("correct", "wrong"), ("mother", "father"),
        ("husband", "wife"), ("son", "daughter"), ("brother", "sister"),
    ]
}
