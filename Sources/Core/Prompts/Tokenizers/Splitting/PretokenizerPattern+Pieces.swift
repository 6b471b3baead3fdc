extension PretokenizerPattern {
    /// The pieces into which a text is cut, in order; together they are the text.
    package func pieces(of text: String) -> [String] {
        Array(text.utf8).withUnsafeBufferPointer { bytes in
            let splitter = PieceSplitter(bytes, pattern: self)
            var pieces: [String] = []
            var position = 0
            while position < bytes.count {
                let end = splitter.end(ofPieceAt: position)
                pieces.append(String(decoding: bytes[position..<end], as: UTF8.self))
                position = end
            }
            return pieces
        }
    }
}
