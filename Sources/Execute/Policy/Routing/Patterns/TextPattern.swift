/// A regular expression whose work is bounded, found in a text or not.
///
/// Swift's own expressions go back and try again: some patterns take them time that doubles with every letter, and patterns
/// come with callers' schemas. Here all ways are followed side by side (Thompson, 1968), so the work is at most letters times
/// steps. What needs going back is refused: references, looking ahead and behind.
///
/// JavaScript's syntax, as JSON schemas have it: letters, `.`, classes, `\d \w \s \b`, groups, `|`, `* + ? {2,5}`, `^` and `$` for
/// the text's beginning and end. Letters are Unicode scalars; case counts.
package struct TextPattern: Sendable, Hashable {
    /// Why a pattern cannot be used.
    package struct Problem: Error, Sendable, Hashable {
        /// What is wrong, as the end of a sentence that begins with the pattern.
        package let reason: String
    }

    /// The most letters of a pattern.
    package static let mostLetters = 1_000
    /// The most letters times steps: some milliseconds.
    private static let mostWork = 4_000_000
    private let steps: [PatternStep]

    /// Reads a pattern.
    ///
    /// - Throws: ``Problem`` where it is too long, damaged, or needs more than is offered.
    package init(_ pattern: String) throws(Problem) {
        guard pattern.unicodeScalars.count <= Self.mostLetters else {
            throw Problem(reason: "is longer than \(Self.mostLetters) letters; write a shorter one.")
        }
        var reader = PatternReader(pattern)
        var program = PatternProgram()
        steps = try program.steps(of: try reader.read())
    }

    /// Whether it is found anywhere in a text; `nil` where the text is too long for it.
    package func isFound(in text: String) -> Bool? {
        let letters = Array(text.unicodeScalars)
        guard (letters.count + 1).multipliedReportingOverflow(by: steps.count).partialValue <= Self.mostWork else {
            return nil
        }
        var walk = PatternWalk(steps: steps, letters: letters)
        return walk.run()
    }
}

/// What a pattern does next.
enum PatternStep: Sendable, Hashable {
    case letter(LetterSet)
    case assertion(PatternNode.Assertion)
    /// Both ways.
    case split(Int, Int)
    case jump(Int)
    case found
}

/// Follows a pattern's ways through a text, all at once.
private struct PatternWalk {
    let steps: [PatternStep]
    let letters: [Unicode.Scalar]
    /// The steps that wait for a letter, and those that will wait for the next.
    private var waiting: [Int] = []
    private var isFound = false
    /// The position at which a step was reached last: each is taken once at a position.
    private var reached: [Int]
    private var open: [Int] = []

    init(steps: [PatternStep], letters: [Unicode.Scalar]) {
        (self.steps, self.letters) = (steps, letters)
        reached = Array(repeating: -1, count: steps.count)
    }

    mutating func run() -> Bool {
        for position in 0...letters.count {
            reach(0, at: position)
            if isFound { return true }
            guard position < letters.count else { break }
            let now = waiting
            waiting.removeAll(keepingCapacity: true)
            for step in now {
                if case .letter(let set) = steps[step], set.contains(letters[position]) {
                    reach(step + 1, at: position + 1)
                }
            }
        }
        return isFound
    }

    private mutating func reach(_ step: Int, at position: Int) {
        open.append(step)
        while let step = open.popLast() {
            guard reached[step] != position else { continue }
            reached[step] = position
            switch steps[step] {
            case .letter: waiting.append(step)
            case .assertion(let assertion): if holds(assertion, at: position) { open.append(step + 1) }
            case .split(let first, let second): open += [second, first]
            case .jump(let target): open.append(target)
            case .found: isFound = true
            }
        }
    }

    private func holds(_ assertion: PatternNode.Assertion, at position: Int) -> Bool {
        switch assertion {
        case .beginning: return position == 0
        case .end: return position == letters.count
        case .boundary, .noBoundary:
            let before = position > 0 && LetterSet.word.contains(letters[position - 1])
            let after = position < letters.count && LetterSet.word.contains(letters[position])
            return (before != after) == (assertion == .boundary)
        }
    }
}
