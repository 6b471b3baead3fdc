/// A byte-pair vocabulary, ready to be applied.
struct MergeTables: Sendable {
    /// The pieces that are a token as a whole without a look at the merges.
    var wholePieces: TokenTable
    /// What neighbouring tokens become.
    var pairs: PairTable
    /// The token of each byte; ``TokenTable/none`` for a byte without one, which counts as a token all the same.
    var byteTokens: [UInt32]

    /// The token of each byte in a vocabulary.
    static func byteTokens(in tokens: TokenTable) -> [UInt32] {
        (UInt8.min...UInt8.max).map { byte in
            withUnsafePointer(to: byte) { tokens.number(of: UnsafeBufferPointer(start: $0, count: 1)) }
        }
    }
}
