extension PatternReader {
    mutating func escape() throws(TextPattern.Problem) -> PatternNode {
        switch next {
        case "b":
            position += 1
            return .assertion(.boundary)
        case "B":
            position += 1
            return .assertion(.noBoundary)
        default: return .letter(try escapedSet())
        }
    }

    private mutating func escapedSet() throws(TextPattern.Problem) -> LetterSet {
        let letter = try takeAny()
        switch letter {
        case "d": return .digit
        case "D": return .digit.negated
        case "w": return .word
        case "W": return .word.negated
        case "s": return .space
        case "S": return .space.negated
        case "n": return .one("\n")
        case "r": return .one("\r")
        case "t": return .one("\t")
        case "f": return .one("\u{C}")
        case "v": return .one("\u{B}")
        case "x": return .one(try hexadecimal(2))
        case "u": return .one(try hexadecimal(4))
        case "0"..."9", "a"..."z", "A"..."Z": throw problem("has \\\(letter), which is not offered.")
        default: return .one(letter)
        }
    }

    private mutating func hexadecimal(_ count: Int) throws(TextPattern.Problem) -> Unicode.Scalar {
        var text = ""
        for _ in 0..<count { text.unicodeScalars.append(try takeAny()) }
        guard text.allSatisfy(\.isHexDigit), let value = UInt32(text, radix: 16), let letter = Unicode.Scalar(value)
        else {
            throw problem("has a letter by its number that is none.")
        }
        return letter
    }

    mutating func letterClass() throws(TextPattern.Problem) -> LetterSet {
        let isNegated = take("^")
        var ranges: [ClosedRange<UInt32>] = []
        while !take("]") {
            let first = try member()
            guard next == "-", position + 1 < letters.count, letters[position + 1] != "]" else {
                ranges += first
                continue
            }
            position += 1
            let last = try member()
            guard first.count == 1, last.count == 1, first[0].count == 1, last[0].count == 1,
                first[0].lowerBound <= last[0].lowerBound
            else { throw problem("has a range of letters out of order.") }
            ranges.append(first[0].lowerBound...last[0].lowerBound)
        }
        return LetterSet(ranges: ranges, isNegated: isNegated)
    }

    /// The ranges of one member of a class.
    private mutating func member() throws(TextPattern.Problem) -> [ClosedRange<UInt32>] {
        let letter = try takeAny()
        guard letter == "\\" else { return [letter.value...letter.value] }
        if take("b") { return [0x08...0x08] }
        let set = try escapedSet()
        return set.isNegated ? set.complement : set.ranges
    }
}

extension LetterSet {
    /// The ranges between a plain set's.
    fileprivate var complement: [ClosedRange<UInt32>] {
        var result: [ClosedRange<UInt32>] = []
        var start: UInt32 = 0
        for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if range.lowerBound > start { result.append(start...(range.lowerBound - 1)) }
            start = range.upperBound + 1
        }
        return result + [start...0x10FFFF]
    }
}
