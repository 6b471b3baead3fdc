internal import Domain

/// Tokens by their bytes: an open-addressing table over one flat array of bytes.
struct TokenTable: Sendable {
    /// The number that no token has.
    static let none = UInt32.max

    private var bytes: [UInt8] = []
    /// Where each token's bytes begin; one more entry than there are tokens.
    private var starts: [Int32] = [0]
    private var numbers: [UInt32] = []
    /// 0 is free, else the upper half of the hash above an entry's position + 1.
    private var buckets: [UInt64]

    /// Creates an empty table for at most `capacity` tokens.
    init(capacity: Int) {
        var size = 16
        while size < capacity * 2 { size *= 2 }
        buckets = Array(repeating: 0, count: size)
    }

    /// How many tokens it holds.
    var count: Int { numbers.count }

    /// The number of a token of the table by its position, in the order of insertion.
    func number(at position: Int) -> UInt32 { numbers[position] }

    /// Calls a function with the bytes of a token by its position.
    func withBytes<Result>(at position: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        let range = Int(starts[position])..<Int(starts[position + 1])
        return bytes.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[range])) }
    }

    /// Adds a token of at least one byte; `false` where its bytes stand already.
    mutating func insert(_ token: UnsafeBufferPointer<UInt8>, number: UInt32) -> Bool {
        guard let start = token.baseAddress, !token.isEmpty else { return false }
        let hash = ByteHash.hash(start, count: token.count)
        let bucket = search(token, hash: hash)
        guard buckets[bucket] == 0 else { return false }
        bytes.append(contentsOf: token)
        starts.append(Int32(bytes.count))
        numbers.append(number)
        buckets[bucket] = (hash & ~0xFFFF_FFFF) | UInt64(numbers.count)
        return true
    }

    /// The number of a token; ``none`` where the table does not have it.
    func number(of token: UnsafeBufferPointer<UInt8>) -> UInt32 {
        guard let start = token.baseAddress, !token.isEmpty else { return Self.none }
        let entry = buckets[search(token, hash: ByteHash.hash(start, count: token.count))]
        return entry == 0 ? Self.none : numbers[Int(entry & 0xFFFF_FFFF) - 1]
    }

    /// The bucket of a token, or the free one where it would go.
    private func search(_ token: UnsafeBufferPointer<UInt8>, hash: UInt64) -> Int {
        let mask = buckets.count - 1
        var bucket = Int(truncatingIfNeeded: hash) & mask
        while buckets[bucket] != 0 {
            let entry = buckets[bucket]
            if entry >> 32 == hash >> 32, isEqual(Int(entry & 0xFFFF_FFFF) - 1, token) { return bucket }
            bucket = (bucket + 1) & mask
        }
        return bucket
    }

    private func isEqual(_ position: Int, _ token: UnsafeBufferPointer<UInt8>) -> Bool {
        let start = Int(starts[position])
        guard Int(starts[position + 1]) - start == token.count else { return false }
        for offset in 0..<token.count where bytes[start + offset] != token[offset] { return false }
        return true
    }
}
