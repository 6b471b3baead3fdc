/// The pattern of o200k_base, which also cuts where a word's case changes.
///
/// With `A = [\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]`, `B = [\p{Ll}\p{Lm}\p{Lo}\p{M}]` and `C` their contractions:
/// `[^\r\n\p{L}\p{N}]?A*B+C?|[^\r\n\p{L}\p{N}]?A+B*C?|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+`
extension PieceSplitter {
    private static let capitals: ScalarClass = [.upper, .uncased, .mark]
    private static let smalls: ScalarClass = [.lower, .uncased, .mark]

    func casedPiece(_ start: Int) -> Int {
        let first = reader.read(start)
        let body = first.class.isSubset(of: .wordPrefix) ? start + first.width : start
        if let end = mixedWord(body) ?? mixedWord(start) ?? capitalWord(body) {
            return contraction(end, foldsCase: true) ?? end
        }
        if first.class == .number { return reader.run(.number, from: start, most: 3) }
        if let end = symbolRun(start) { return lineEndsAndSlashes(end) }
        return spacePiece(start)
    }

    /// `A*B+`: a run of A gives back characters until one of them, or what follows, is a B.
    private func mixedWord(_ start: Int) -> Int? {
        var position = start
        var afterUncased: Int?
        while true {
            let next = reader.read(position)
            guard !next.class.isDisjoint(with: Self.capitals) else { break }
            position += next.width
            if next.class != .upper { afterUncased = position }
        }
        let end = reader.run(Self.smalls, from: position)
        return end > position ? end : afterUncased
    }

    /// `A+B*`, where `A*B+` has not matched: nothing but capitals. What stands before them is no mark, or it had.
    private func capitalWord(_ start: Int) -> Int? {
        let end = reader.run(Self.capitals, from: start)
        return end > start ? end : nil
    }

    /// `[\r\n/]*`
    private func lineEndsAndSlashes(_ start: Int) -> Int {
        var position = start
        while position < reader.text.count {
            let byte = reader.text[position]
            guard byte == 0x0A || byte == 0x0D || byte == UInt8(ascii: "/") else { break }
            position += 1
        }
        return position
    }
}
