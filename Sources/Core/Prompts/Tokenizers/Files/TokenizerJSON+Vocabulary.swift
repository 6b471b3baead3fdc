internal import JSONScan

extension TokenizerJSON {
    /// The tables of a model's vocabulary.
    func tables(of model: JSONValue) throws(TokenizerError) -> MergeTables {
        let tokens = try vocabulary(model)
        let byteTokens = MergeTables.byteTokens(in: tokens)
        let missing = byteTokens.indices.first { byteTokens[$0] == TokenTable.none && ByteAlphabet.isUsed($0) }
        if let missing {
            throw fault("model.vocab", "it has no token for the byte \(missing): only byte-level BPE is supported")
        }
        let pairs = try merges(model, tokens)
        let tables = MergeTables(wholePieces: tokens, pairs: pairs, byteTokens: byteTokens)
        return model["ignore_merges"]?.isTrue == true ? tables : Self.withoutUnmerged(tables)
    }

    private func vocabulary(_ model: JSONValue) throws(TokenizerError) -> TokenTable {
        let members = model["vocab"]?.members ?? []
        guard !members.isEmpty, members.count <= TokenizerLimits.tokens else {
            throw fault("model.vocab", "it has to be an object of 1 to \(TokenizerLimits.tokens) tokens")
        }
        var tokens = TokenTable(capacity: members.count)
        var bytes: [UInt8] = []
        for member in members {
            guard let number = member.value.integer, (0..<Int64(TokenizerLimits.tokens)).contains(number) else {
                throw fault("model.vocab", "the number of a token is not from 0 to \(TokenizerLimits.tokens - 1)")
            }
            // Special tokens may be written with other characters; no text leads to them.
            guard ByteAlphabet.decode(member.key, into: &bytes), !bytes.isEmpty else { continue }
            let isNew = bytes.withUnsafeBufferPointer { tokens.insert($0, number: UInt32(number)) }
            guard isNew, bytes.count <= TokenizerLimits.tokenBytes else {
                throw fault(
                    "model.vocab", "token \(number) stands twice or has more than \(TokenizerLimits.tokenBytes) bytes")
            }
        }
        return tokens
    }

    private func merges(_ model: JSONValue, _ tokens: TokenTable) throws(TokenizerError) -> PairTable {
        guard case .array(let merges)? = model["merges"], merges.count <= TokenizerLimits.tokens else {
            throw fault("model.merges", "it has to be an array of at most \(TokenizerLimits.tokens) merges")
        }
        var pairs = PairTable(capacity: merges.count)
        var bytes: [UInt8] = []
        for (rank, merge) in merges.enumerated() {
            guard let (left, right) = Self.parts(of: merge) else {
                throw fault("model.merges[\(rank)]", "a merge is \"a b\" or [\"a\", \"b\"]")
            }
            let numbers = [left, right, left + right].map { token in
                ByteAlphabet.decode(token, into: &bytes)
                    ? bytes.withUnsafeBufferPointer { tokens.number(of: $0) } : TokenTable.none
            }
            guard !numbers.contains(TokenTable.none) else {
                throw fault("model.merges[\(rank)]", "a token of it is not in model.vocab; fetch the file again")
            }
            pairs.set(numbers[0], numbers[1], rank: UInt32(rank), token: numbers[2])
        }
        return pairs
    }

    /// The two tokens of a merge in either spelling.
    private static func parts(of merge: JSONValue) -> (left: String, right: String)? {
        switch merge {
        case .string(let text):
            let parts = text.split(separator: " ", omittingEmptySubsequences: false)
            return parts.count == 2 ? (String(parts[0]), String(parts[1])) : nil
        case .array(let parts):
            guard parts.count == 2, case .string(let left) = parts[0], case .string(let right) = parts[1] else {
                return nil
            }
            return (left, right)
        default: return nil
        }
    }

    /// Keeps those whole pieces that the merges lead to as well, so that looking a piece up never changes the result.
    private static func withoutUnmerged(_ tables: MergeTables) -> MergeTables {
        let tokens = tables.wholePieces
        var kept = TokenTable(capacity: tokens.count)
        var merger = PieceMerger(tables)
        for position in 0..<tokens.count {
            let number = tokens.number(at: position)
            tokens.withBytes(at: position) { token in
                if merger.merge(token) == 1, merger.tokens[0] == number { _ = kept.insert(token, number: number) }
            }
        }
        var tables = tables
        tables.wholePieces = kept
        return tables
    }
}
