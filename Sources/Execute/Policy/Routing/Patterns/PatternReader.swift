/// Reads a pattern's text.
struct PatternReader {
    private static let deepest = 50
    private static let mostTimes = 1_000
    let letters: [Unicode.Scalar]
    var position = 0
    private var depth = 0

    init(_ pattern: String) { letters = Array(pattern.unicodeScalars) }

    /// - Throws: where it is damaged, or needs more than is offered.
    mutating func read() throws(TextPattern.Problem) -> PatternNode {
        let node = try alternatives()
        guard position == letters.count else { throw problem("closes a bracket that is not open.") }
        return node
    }

    var next: Unicode.Scalar? { position < letters.count ? letters[position] : nil }

    mutating func take(_ letter: Unicode.Scalar) -> Bool {
        guard next == letter else { return false }
        position += 1
        return true
    }

    mutating func takeAny() throws(TextPattern.Problem) -> Unicode.Scalar {
        guard let letter = next else { throw problem("ends too early.") }
        position += 1
        return letter
    }

    func problem(_ reason: String) -> TextPattern.Problem { TextPattern.Problem(reason: reason) }

    private mutating func alternatives() throws(TextPattern.Problem) -> PatternNode {
        var branches = [try sequence()]
        while take("|") { branches.append(try sequence()) }
        return branches.count == 1 ? branches[0] : .either(branches)
    }

    private mutating func sequence() throws(TextPattern.Problem) -> PatternNode {
        var nodes: [PatternNode] = []
        while let letter = next, letter != "|", letter != ")" {
            position += 1
            nodes.append(try repeated(try atom(letter)))
        }
        return .sequence(nodes)
    }

    private mutating func atom(_ letter: Unicode.Scalar) throws(TextPattern.Problem) -> PatternNode {
        switch letter {
        case "(": return try group()
        case "[": return .letter(try letterClass())
        case ".": return .letter(.any)
        case "^": return .assertion(.beginning)
        case "$": return .assertion(.end)
        case "*", "+", "?": throw problem("has nothing to repeat before \(letter).")
        case "\\": return try escape()
        default: return .letter(.one(letter))
        }
    }

    private mutating func group() throws(TextPattern.Problem) -> PatternNode {
        depth += 1
        guard depth <= Self.deepest else { throw problem("is nested too deep.") }
        if take("?"), !take(":") {
            throw problem("looks ahead or behind, or has a named or special group; use plain ones.")
        }
        let node = try alternatives()
        guard take(")") else { throw problem("has a group that is not closed.") }
        depth -= 1
        return node
    }

    // MARK: Repetition

    private mutating func repeated(_ node: PatternNode) throws(TextPattern.Problem) -> PatternNode {
        guard let (least, most) = try times() else { return node }
        guard max(least, most ?? 0) <= Self.mostTimes else {
            throw problem("repeats more than \(Self.mostTimes) times.")
        }
        guard most.map({ $0 >= least }) ?? true else { throw problem("has counts out of order.") }
        // Whether as few or as many as possible makes no difference to whether it is found.
        _ = take("?")
        return .repeated(node, least: least, most: most)
    }

    private mutating func times() throws(TextPattern.Problem) -> (least: Int, most: Int?)? {
        if take("*") { return (0, nil) }
        if take("+") { return (1, nil) }
        if take("?") { return (0, 1) }
        let start = position
        guard take("{"), let least = number() else {
            position = start
            return nil
        }
        if take("}") { return (least, least) }
        guard take(",") else { throw problem("has braces that are no count.") }
        if take("}") { return (least, nil) }
        guard let most = number(), take("}") else { throw problem("has braces that are no count.") }
        return (least, most)
    }

    private mutating func number() -> Int? {
        var value: Int?
        while let digit = next, ("0"..."9").contains(digit) {
            value = min((value ?? 0) * 10 + Int(digit.value - 0x30), 1_000_000)
            position += 1
        }
        return value
    }
}
