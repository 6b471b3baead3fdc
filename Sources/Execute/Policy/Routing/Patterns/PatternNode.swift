/// A part of a pattern.
indirect enum PatternNode: Sendable, Hashable {
    /// A condition on where the text is.
    enum Assertion: Sendable, Hashable {
        case beginning
        case end
        case boundary
        case noBoundary
    }

    case letter(LetterSet)
    case assertion(Assertion)
    case sequence([PatternNode])
    case either([PatternNode])
    /// From `least` times to `most`, or any number.
    case repeated(PatternNode, least: Int, most: Int?)
}

/// Some letters.
struct LetterSet: Sendable, Hashable {
    var ranges: [ClosedRange<UInt32>]
    var isNegated = false

    func contains(_ letter: Unicode.Scalar) -> Bool {
        ranges.contains { $0.contains(letter.value) } != isNegated
    }

    /// All others.
    var negated: LetterSet {
        var other = self
        other.isNegated.toggle()
        return other
    }

    static func one(_ letter: Unicode.Scalar) -> LetterSet { LetterSet(ranges: [letter.value...letter.value]) }
    static let digit = LetterSet(ranges: [0x30...0x39])
    static let word = LetterSet(ranges: [0x30...0x39, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A])
    static let space = LetterSet(
        ranges: [
            0x09...0x0D, 0x20...0x20, 0xA0...0xA0, 0x1680...0x1680, 0x2000...0x200A, 0x2028...0x2029, 0x202F...0x202F,
            0x205F...0x205F, 0x3000...0x3000, 0xFEFF...0xFEFF,
        ])
    /// Everything but ends of lines.
    static let any = LetterSet(ranges: [0x0A...0x0A, 0x0D...0x0D, 0x2028...0x2029], isNegated: true)
}

/// The steps of a pattern.
struct PatternProgram {
    /// Counts in braces are written out, so they are bounded.
    private static let mostSteps = 5_000
    private var steps: [PatternStep] = []
    private var work = 0

    /// - Throws: where there are too many.
    mutating func steps(of node: PatternNode) throws(TextPattern.Problem) -> [PatternStep] {
        try emit(node)
        return steps + [.found]
    }

    private mutating func emit(_ node: PatternNode) throws(TextPattern.Problem) {
        work += 1
        guard work <= Self.mostSteps, steps.count <= Self.mostSteps else {
            throw TextPattern.Problem(reason: "repeats too much; use smaller counts.")
        }
        switch node {
        case .letter(let set): steps.append(.letter(set))
        case .assertion(let assertion): steps.append(.assertion(assertion))
        case .sequence(let nodes): for node in nodes { try emit(node) }
        case .either(let nodes): try emit(either: nodes[...])
        case .repeated(let node, let least, let most): try emit(node, least, most)
        }
    }

    private mutating func emit(either nodes: ArraySlice<PatternNode>) throws(TextPattern.Problem) {
        guard let first = nodes.first else { return }
        guard nodes.count > 1 else { return try emit(first) }
        let split = steps.count
        steps.append(.jump(0))
        try emit(first)
        let jump = steps.count
        steps.append(.jump(0))
        steps[split] = .split(split + 1, steps.count)
        try emit(either: nodes.dropFirst())
        steps[jump] = .jump(steps.count)
    }

    private mutating func emit(_ node: PatternNode, _ least: Int, _ most: Int?) throws(TextPattern.Problem) {
        for _ in 0..<least { try emit(node) }
        guard let most else {
            let split = steps.count
            steps.append(.jump(0))
            try emit(node)
            steps.append(.jump(split))
            steps[split] = .split(split + 1, steps.count)
            return
        }
        var splits: [Int] = []
        for _ in least..<max(most, least) {
            splits.append(steps.count)
            steps.append(.jump(0))
            try emit(node)
        }
        for split in splits { steps[split] = .split(split + 1, steps.count) }
    }
}
