/// Cuts a text into pieces, each exactly what the pattern's regular expression would match next.
///
/// Regular expressions try their alternatives in order; the functions here do the same, in the order of
/// ``PretokenizerPattern/regularExpression``. Each goes over the text a bounded number of times.
struct PieceSplitter {
    let reader: ScalarReader
    let pattern: PretokenizerPattern

    init(_ text: UnsafeBufferPointer<UInt8>, pattern: PretokenizerPattern) {
        reader = ScalarReader(text)
        self.pattern = pattern
    }

    /// Where the piece that begins at `start`, a position within the text, ends.
    func end(ofPieceAt start: Int) -> Int {
        switch pattern {
        case .gpt2, .r50kBase, .p50kBase: plainPiece(start)
        case .cl100kBase: wordPiece(start, digits: 3, endsWithSpace: true)
        case .llama3: wordPiece(start, digits: 3, endsWithSpace: false)
        case .qwen2: wordPiece(start, digits: 1, endsWithSpace: false)
        case .o200kBase: casedPiece(start)
        }
    }

    /// `'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+`
    private func plainPiece(_ start: Int) -> Int {
        if let end = contraction(start, foldsCase: false) { return end }
        let body = reader.text[start] == UInt8(ascii: " ") ? start + 1 : start
        for wanted in [ScalarClass.letters, .number, .symbols] where !reader.at(body).isDisjoint(with: wanted) {
            return reader.run(wanted, from: body)
        }
        return blankPiece(start)
    }

    /// `(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*` and spaces.
    ///
    /// - Parameter endsWithSpace: whether `\s++$` stands before `\s*[\r\n]`, so that the text's last run of spaces is
    ///   one piece even with line ends in it.
    private func wordPiece(_ start: Int, digits: Int, endsWithSpace: Bool) -> Int {
        if let end = contraction(start, foldsCase: true) { return end }
        let first = reader.read(start)
        let body = first.class.isSubset(of: .wordPrefix) ? start + first.width : start
        let end = reader.run(.letters, from: body)
        if end > body { return end }
        if first.class == .number { return reader.run(.number, from: start, most: digits) }
        if let end = symbolRun(start) { return reader.run(.newline, from: end) }
        if endsWithSpace {
            let end = reader.run(.space, from: start)
            if end == reader.text.count { return end }
        }
        return spacePiece(start)
    }

    /// ` ?[^\s\p{L}\p{N}]+`
    func symbolRun(_ start: Int) -> Int? {
        let body = reader.text[start] == UInt8(ascii: " ") ? start + 1 : start
        let end = reader.run(.symbols, from: body)
        return end > body ? end : nil
    }

    /// `\s*[\r\n]+|\s+(?!\S)|\s+`
    func spacePiece(_ start: Int) -> Int {
        var position = start
        var lineEnd = start
        while true {
            let next = reader.read(position)
            guard next.class.isSubset(of: .space), next.width > 0 else { break }
            position += next.width
            if next.class == .newline { lineEnd = position }
        }
        return lineEnd > start ? lineEnd : blankPiece(start)
    }

    /// `\s+(?!\S)|\s+`: leaves the last space to a word behind it.
    private func blankPiece(_ start: Int) -> Int {
        var position = start
        var last = start
        while true {
            let next = reader.read(position)
            guard next.class.isSubset(of: .space), next.width > 0 else { break }
            last = position
            position += next.width
        }
        return position < reader.text.count && last > start ? last : position
    }

    /// `'s|'t|'re|'ve|'m|'ll|'d`; with folded case also `ſ` (U+017F), the long s.
    func contraction(_ start: Int, foldsCase: Bool) -> Int? {
        let text = reader.text
        guard start + 1 < text.count, text[start] == UInt8(ascii: "'") else { return nil }
        let fold: UInt8 = foldsCase ? 0x20 : 0
        let first = text[start + 1] | fold
        let second = start + 2 < text.count ? text[start + 2] : 0
        switch first {
        case UInt8(ascii: "s"), UInt8(ascii: "t"), UInt8(ascii: "m"), UInt8(ascii: "d"): return start + 2
        case UInt8(ascii: "r"), UInt8(ascii: "v"):
            return second | fold == UInt8(ascii: "e") ? start + 3 : nil
        case UInt8(ascii: "l"): return second | fold == UInt8(ascii: "l") ? start + 3 : nil
        default: return foldsCase && text[start + 1] == 0xC5 && second == 0xBF ? start + 3 : nil
        }
    }
}
