internal import Domain

/// Reads the lines `<base64 token> <rank>`; a token's rank is its number and also the order of its merge.
struct TiktokenFile {
    let bytes: [UInt8]
    let file: String
    private var seenRanks: [Bool] = []
    private var token: [UInt8] = []

    init(bytes: [UInt8], file: String) { (self.bytes, self.file) = (bytes, file) }

    /// The tables of the vocabulary.
    ///
    /// - Throws: ``TokenizerError`` with the line at fault.
    mutating func tables() throws(TokenizerError) -> MergeTables {
        let tokens = try readTokens()
        let byteTokens = MergeTables.byteTokens(in: tokens)
        if let missing = byteTokens.firstIndex(of: TokenTable.none) {
            throw TokenizerError(
                file: file, "it has no token for the byte \(missing), so it is cut short; fetch it again")
        }
        return MergeTables(wholePieces: tokens, pairs: Self.pairs(of: tokens), byteTokens: byteTokens)
    }

    /// Each token is what any two tokens that make it up become: tiktoken looks a pair up by its bytes alone.
    private static func pairs(of tokens: TokenTable) -> PairTable {
        var pairs = PairTable(capacity: tokens.count * 2)
        for position in 0..<tokens.count {
            let number = tokens.number(at: position)
            tokens.withBytes(at: position) { token in
                for cut in 1..<max(token.count, 1) {
                    let left = tokens.number(of: UnsafeBufferPointer(rebasing: token[..<cut]))
                    guard left != TokenTable.none else { continue }
                    let right = tokens.number(of: UnsafeBufferPointer(rebasing: token[cut...]))
                    if right != TokenTable.none { pairs.set(left, right, rank: number, token: number) }
                }
            }
        }
        return pairs
    }

    private mutating func readTokens() throws(TokenizerError) -> TokenTable {
        guard bytes.count <= TokenizerLimits.tiktokenBytes else {
            throw TokenizerError(file: file, "a tiktoken file has at most 64 MiB; name the right file")
        }
        var tokens = TokenTable(capacity: min(bytes.count / 6, TokenizerLimits.tokens))
        var line = 0
        var start = 0
        while start < bytes.count {
            line += 1
            let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
            let content = bytes[start..<end].last == 0x0D ? bytes[start..<(end - 1)] : bytes[start..<end]
            if !content.isEmpty { try readLine(content, line, into: &tokens) }
            start = end + 1
        }
        return tokens
    }

    private mutating func readLine(
        _ content: ArraySlice<UInt8>, _ line: Int, into tokens: inout TokenTable
    ) throws(TokenizerError) {
        guard let blank = content.firstIndex(of: UInt8(ascii: " ")) else {
            throw fault(line, "a line is a token in base64, a space and its rank; is this a tiktoken file?")
        }
        guard Base64.decode(content[..<blank], into: &token), token.count <= TokenizerLimits.tokenBytes else {
            throw fault(line, "the token is not base64 of at most \(TokenizerLimits.tokenBytes) bytes; fetch it again")
        }
        let rank = try readRank(content[(blank + 1)...], line)
        let isNew = token.withUnsafeBufferPointer { tokens.insert($0, number: UInt32(rank)) }
        guard isNew else { throw fault(line, "the token stands twice; fetch the file again") }
    }

    private mutating func readRank(_ digits: ArraySlice<UInt8>, _ line: Int) throws(TokenizerError) -> Int {
        guard let rank = Int(String(decoding: digits, as: UTF8.self)), (0..<TokenizerLimits.tokens).contains(rank)
        else { throw fault(line, "the rank is not a number from 0 to \(TokenizerLimits.tokens - 1)") }
        while seenRanks.count <= rank { seenRanks.append(false) }
        guard !seenRanks[rank] else { throw fault(line, "the rank \(rank) stands twice; fetch the file again") }
        seenRanks[rank] = true
        return rank
    }

    private func fault(_ line: Int, _ message: String) -> TokenizerError {
        TokenizerError(file: file, line: line, message)
    }
}
