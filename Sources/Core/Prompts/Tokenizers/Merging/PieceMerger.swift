/// Merges the bytes of one piece after the other: the pair of the lowest rank first, of equal ones the leftmost.
///
/// Keeps its memory from piece to piece, so that the usual short piece needs none of its own.
struct PieceMerger {
    /// Longer pieces go over a heap: looking through all pairs for each merge would be quadratic.
    static let longestScan = 100

    private let tables: MergeTables
    /// The tokens of the last piece; only the first ones, as many as ``merge(_:)`` has said.
    private(set) var tokens: [UInt32]
    /// What each token and the next one become.
    private var merges: [PairTable.Merge]

    init(_ tables: MergeTables) {
        self.tables = tables
        tokens = Array(repeating: TokenTable.none, count: Self.longestScan)
        merges = Array(repeating: PairTable.none, count: Self.longestScan)
    }

    /// Merges a piece.
    ///
    /// - Returns: how many tokens it has.
    mutating func merge(_ piece: UnsafeBufferPointer<UInt8>) -> Int {
        if piece.count <= Self.longestScan { return mergeByScan(piece) }
        guard piece.count <= TokenizerLimits.pieceBytes else {
            tokens = piece.map { tables.byteTokens[Int($0)] }
            return tokens.count
        }
        var long = LongPiece(piece, tables)
        long.mergeAll(tables.pairs)
        tokens = long.result
        let missing = merges.count - tokens.count
        let count = tokens.count
        if missing > 0 { tokens.append(contentsOf: repeatElement(TokenTable.none, count: missing)) }
        return count
    }

    private mutating func mergeByScan(_ piece: UnsafeBufferPointer<UInt8>) -> Int {
        var count = piece.count
        for position in 0..<count { tokens[position] = tables.byteTokens[Int(piece[position])] }
        for position in 0..<max(count - 1, 0) {
            merges[position] = tables.pairs.merge(tokens[position], tokens[position + 1])
        }
        while let best = lowest(count - 1) {
            tokens[best] = PairTable.token(of: merges[best])
            remove(best + 1, of: count)
            count -= 1
            if best > 0 { merges[best - 1] = tables.pairs.merge(tokens[best - 1], tokens[best]) }
            if best + 1 < count { merges[best] = tables.pairs.merge(tokens[best], tokens[best + 1]) }
        }
        return count
    }

    /// The first of the first `count` pairs with the lowest rank; `nil` where none can be merged.
    @inline(__always)
    private func lowest(_ count: Int) -> Int? {
        var best: Int?
        var lowest = PairTable.none
        for position in 0..<max(count, 0) where merges[position] < lowest {
            (best, lowest) = (position, merges[position])
        }
        return best
    }

    /// Takes a token out; the pair before it is looked up anew afterwards.
    @inline(__always)
    private mutating func remove(_ gone: Int, of count: Int) {
        for position in gone..<(count - 1) {
            tokens[position] = tokens[position + 1]
            merges[position] = merges[position + 1]
        }
    }
}
