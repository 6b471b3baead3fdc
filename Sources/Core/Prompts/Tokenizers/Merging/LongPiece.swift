/// A long piece on its way to tokens: a linked list of tokens, and a heap of the merges that are possible.
///
/// Each merge puts at most two entries on the heap, so a piece of n bytes takes O(n log n).
struct LongPiece {
    private var tokens: [UInt32]
    /// What the token at each position and the next one become; none where the token is gone.
    private var merges: [PairTable.Merge]
    private var next: [Int32]
    private var previous: [Int32]
    private var heap = MergeHeap()

    init(_ piece: UnsafeBufferPointer<UInt8>, _ tables: MergeTables) {
        tokens = piece.map { tables.byteTokens[Int($0)] }
        merges = Array(repeating: PairTable.none, count: piece.count)
        next = (0..<piece.count).map { Int32($0) + 1 }
        previous = (0..<piece.count).map { Int32($0) - 1 }
        for position in 0..<piece.count { look(position, tables.pairs) }
    }

    /// Merges until nothing can be.
    mutating func mergeAll(_ pairs: PairTable) {
        while let entry = heap.pop() {
            let position = Int(entry & 0xFFFF_FFFF)
            // An entry whose pair has changed since is out of date.
            guard merges[position] != PairTable.none,
                PairTable.rank(of: merges[position]) == UInt32(truncatingIfNeeded: entry >> 32)
            else { continue }
            tokens[position] = PairTable.token(of: merges[position])
            removeNeighbour(of: position)
            look(position, pairs)
            if previous[position] >= 0 { look(Int(previous[position]), pairs) }
        }
    }

    /// The tokens that are left.
    var result: [UInt32] {
        var result: [UInt32] = []
        var position = 0
        while position < tokens.count {
            result.append(tokens[position])
            position = Int(next[position])
        }
        return result
    }

    /// Looks up what a token and its neighbour become.
    private mutating func look(_ position: Int, _ pairs: PairTable) {
        let neighbour = Int(next[position])
        guard neighbour < tokens.count else {
            merges[position] = PairTable.none
            return
        }
        merges[position] = pairs.merge(tokens[position], tokens[neighbour])
        guard merges[position] != PairTable.none else { return }
        heap.push(UInt64(PairTable.rank(of: merges[position])) << 32 | UInt64(position))
    }

    private mutating func removeNeighbour(of position: Int) {
        let gone = Int(next[position])
        merges[gone] = PairTable.none
        next[position] = next[gone]
        if Int(next[gone]) < tokens.count { previous[Int(next[gone])] = Int32(position) }
    }
}

/// A binary heap that gives the lowest entry first: a rank above a position, so equal ranks come from the left.
struct MergeHeap {
    private var entries: [UInt64] = []

    mutating func push(_ entry: UInt64) {
        entries.append(entry)
        var position = entries.count - 1
        while position > 0, entries[(position - 1) / 2] > entry {
            entries[position] = entries[(position - 1) / 2]
            position = (position - 1) / 2
        }
        entries[position] = entry
    }

    mutating func pop() -> UInt64? {
        guard let lowest = entries.first, let last = entries.popLast() else { return nil }
        guard !entries.isEmpty else { return lowest }
        var position = 0
        while true {
            var child = 2 * position + 1
            guard child < entries.count else { break }
            if child + 1 < entries.count, entries[child + 1] < entries[child] { child += 1 }
            guard entries[child] < last else { break }
            entries[position] = entries[child]
            position = child
        }
        entries[position] = last
        return lowest
    }
}
