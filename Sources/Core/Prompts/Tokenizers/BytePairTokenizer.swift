/// Counts the tokens of a text as a model's own byte-pair tokenizer does, from the file that the operator supplies.
///
/// Special and added tokens are not recognised in the text: `<|endoftext|>` that a user writes is ordinary text, as in
/// tiktoken's `encode_ordinary`. What a model's template puts around a text is not counted.
package struct BytePairTokenizer: Sendable {
    private let tables: MergeTables
    private let pattern: PretokenizerPattern
    private let normalisation: TextNormalisation

    init(_ tables: MergeTables, pattern: PretokenizerPattern, normalisation: TextNormalisation) {
        (self.tables, self.pattern, self.normalisation) = (tables, pattern, normalisation)
    }

    /// Reads a tiktoken file: a token in base64, a space and its rank in each line.
    ///
    /// - Parameters:
    ///   - bytes: the file's content, at most ``TokenizerLimits/tiktokenBytes``.
    ///   - encoding: how texts are cut, which the file does not say.
    ///   - file: the file as the user named it, for messages.
    /// - Throws: ``TokenizerError`` with the line at fault.
    package init(tiktoken bytes: [UInt8], encoding: PretokenizerPattern, file: String) throws(TokenizerError) {
        var reader = TiktokenFile(bytes: bytes, file: file)
        self.init(try reader.tables(), pattern: encoding, normalisation: .asIs)
    }

    /// Reads a Hugging Face tokenizer.json of the type BPE with byte-level tokens.
    ///
    /// - Parameters:
    ///   - bytes: the file's content, at most ``TokenizerLimits/jsonBytes``.
    ///   - file: the file as the user named it, for messages.
    /// - Throws: ``TokenizerError`` with the part at fault, also for what is not supported.
    package init(tokenizerJSON bytes: [UInt8], file: String) throws(TokenizerError) {
        let reader = try TokenizerJSON(bytes: bytes, file: file)
        // The model first: of a SentencePiece file, that says best what is not supported.
        let model = try reader.model()
        let (pattern, normalisation) = (try reader.pattern(), try reader.normalisation())
        try reader.checkAddedTokens()
        self.init(try reader.tables(of: model), pattern: pattern, normalisation: normalisation)
    }

    /// How many tokens a UTF-8 text has; a byte that is not UTF-8 is read as a symbol.
    package func count(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
        var count = 0
        visit(bytes, whole: { _ in count += 1 }, merged: { count += $1 })
        return count
    }

    /// The numbers of a text's tokens; -1 for a byte that has none.
    package func encode(_ text: String) -> [Int] {
        var numbers: [Int] = []
        func append(_ token: UInt32) { numbers.append(token == TokenTable.none ? -1 : Int(token)) }
        Array(text.utf8).withUnsafeBufferPointer { bytes in
            visit(bytes, whole: append, merged: { tokens, count in tokens.prefix(count).forEach(append) })
        }
        return numbers
    }

    @inline(__always)
    private func visit(
        _ bytes: UnsafeBufferPointer<UInt8>, whole: (UInt32) -> Void, merged: ([UInt32], Int) -> Void
    ) {
        if let normalised = normalisation.normalised(bytes) {
            normalised.withUnsafeBufferPointer { visitPieces($0, whole: whole, merged: merged) }
        } else {
            visitPieces(bytes, whole: whole, merged: merged)
        }
    }

    @inline(__always)
    private func visitPieces(
        _ text: UnsafeBufferPointer<UInt8>, whole: (UInt32) -> Void, merged: ([UInt32], Int) -> Void
    ) {
        let splitter = PieceSplitter(text, pattern: pattern)
        var merger = PieceMerger(tables)
        var position = 0
        while position < text.count {
            let end = splitter.end(ofPieceAt: position)
            let piece = UnsafeBufferPointer(rebasing: text[position..<end])
            let token = tables.wholePieces.number(of: piece)
            if token != TokenTable.none {
                whole(token)
            } else {
                let count = merger.merge(piece)
                merged(merger.tokens, count)
            }
            position = end
        }
    }
}
