internal import Domain

/// How many input tokens a prompt cache could have read, per time to live.
///
/// A request's reusable tokens are its leading blocks that were last used at most the time to live ago; then all its
/// blocks become used now. Blocks are only shared within one model, as providers' caches are.
struct PrefixReuse: Sendable {
    /// Times to live in microseconds; the last one never ends.
    static let timesToLive: [Int64] = [300_000_000, 3_600_000_000, .max]

    private var lastUsed = HashMap64<Int64>(empty: 0)
    /// Input tokens of the requests that came with block hashes.
    private(set) var inputTokens: Int64 = 0
    /// Reusable tokens by time to live.
    private(set) var reusableTokens: [Int64] = Array(repeating: 0, count: 3)

    /// Takes in a record with block hashes.
    ///
    /// - Parameter scope: what a cache is shared within.
    /// - Returns: the tokens that a cache of five minutes could have read.
    mutating func add(_ record: UsageRecord, hashes: ArraySlice<UInt64>, scope: UInt64) -> Int64 {
        let input = record.usage.totalInput
        inputTokens &+= input
        var leading = (0, 0, 0)
        var unbroken = (true, true, true)
        let now = record.startedAt.microseconds
        for hash in hashes {
            let age = lastUsed.update(ByteHash.mix(hash ^ scope, 0x9e37_79b9_7f4a_7c15)) { last, isKnown in
                // Without a time nothing is known but that it came before.
                let age = isKnown ? (record.startedAt.isKnown ? now &- last : .max) : -1
                last = now
                return age
            }
            unbroken.0 = unbroken.0 && age >= 0 && age <= Self.timesToLive[0]
            unbroken.1 = unbroken.1 && age >= 0 && age <= Self.timesToLive[1]
            unbroken.2 = unbroken.2 && age >= 0
            if unbroken.0 { leading.0 &+= 1 }
            if unbroken.1 { leading.1 &+= 1 }
            if unbroken.2 { leading.2 &+= 1 }
        }
        let perBlock = record.prompt.prefixBlockTokens
        let tokens = [leading.0, leading.1, leading.2].map { blocks -> Int64 in
            if perBlock > 0 { return min(Int64(blocks) &* Int64(perBlock), input) }
            return blocks == hashes.count ? input : input &* Int64(blocks) / Int64(max(hashes.count, 1))
        }
        for position in 0..<3 { reusableTokens[position] &+= tokens[position] }
        return tokens[0]
    }
}
