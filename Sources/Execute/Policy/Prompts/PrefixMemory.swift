package import Domain

/// Remembers when blocks of prompts were used last, as a provider's prompt cache does.
package struct PrefixMemory: Sendable {
    private struct Slot: Sendable {
        var hash: UInt64
        var lastUsed: Int64
        /// Whether the block is in the provider's cache: with writes that are predicted, the first use is not written.
        var isWritten: Bool
    }

    private var slots = [Slot](repeating: Slot(hash: 0, lastUsed: 0, isWritten: false), count: 1_024)
    private var count = 0
    private let terms: PrefixTerms

    /// Creates an empty memory.
    package init(_ terms: PrefixTerms) { self.terms = terms }

    /// What a request would have read from the cache, and what it would have written.
    package struct Use: Sendable, Hashable {
        /// Tokens read.
        package var read: Int64 = 0
        /// Tokens written.
        package var written: Int64 = 0

        /// Creates a use of nothing.
        package init() {}
    }

    /// Uses the leading blocks of a prompt.
    ///
    /// A request's reusable tokens are its leading blocks that were last used at most the time to live ago; then all its
    /// blocks become used now.
    ///
    /// - Parameters:
    ///   - scope: what the cache is shared within: a model of a provider.
    ///   - hashes: the batch's list of block hashes.
    ///   - tokens: the prompt's tokens.
    package mutating func use(_ request: PolicyRequest, hashes: [UInt64], scope: UInt64, tokens: Int64) -> Use {
        var (read, known, leading) = (0, 0, true)
        let now = request.at.microseconds
        for position in request.prefix {
            let slot = place(of: ByteHash.mix(hashes[position] ^ scope, 0x9e37_79b9_7f4a_7c15))
            let isAlive = slots[slot].lastUsed > 0 && now &- (slots[slot].lastUsed &- 1) <= terms.timeToLive
            if leading, isAlive, slots[slot].isWritten { read += 1 } else { leading = false }
            let isWritten = isWritten(slots[slot], isAlive)
            if !(isAlive && slots[slot].isWritten), isWritten { known += 1 }
            slots[slot].isWritten = isWritten
            // One more than the moment, so that 0 means never.
            slots[slot].lastUsed = now &+ 1
        }
        var use = Use()
        // Shorter prompts are neither read nor written by providers.
        if tokens < terms.leastTokens { return use }
        use.read = share(read, of: request, tokens: tokens)
        if use.read < terms.leastTokens { use.read = 0 }
        if terms.writes != .automatic {
            use.written = min(share(read + known, of: request, tokens: tokens), tokens) - use.read
        }
        return use
    }

    private func isWritten(_ slot: Slot, _ isAlive: Bool) -> Bool {
        switch terms.writes {
        case .automatic, .every: true
        // A block that came before, and came again in time, is worth a write.
        case .predicted: isAlive
        }
    }

    private func share(_ blocks: Int, of request: PolicyRequest, tokens: Int64) -> Int64 {
        if request.prefixBlockTokens > 0 { return min(Int64(blocks) &* request.prefixBlockTokens, tokens) }
        return blocks == request.prefix.count ? tokens : tokens &* Int64(blocks) / Int64(max(request.prefix.count, 1))
    }

    private mutating func place(of hash: UInt64) -> Int {
        if count &* 4 >= slots.count &* 3 { grow() }
        let hash = hash == 0 ? 1 : hash
        var position = Int(truncatingIfNeeded: hash) & (slots.count &- 1)
        while slots[position].hash != hash {
            if slots[position].hash == 0 {
                slots[position].hash = hash
                count &+= 1
                return position
            }
            position = (position &+ 1) & (slots.count &- 1)
        }
        return position
    }

    private mutating func grow() {
        let old = slots
        slots = [Slot](repeating: Slot(hash: 0, lastUsed: 0, isWritten: false), count: old.count * 2)
        for slot in old where slot.hash != 0 {
            var position = Int(truncatingIfNeeded: slot.hash) & (slots.count - 1)
            while slots[position].hash != 0 { position = (position + 1) & (slots.count - 1) }
            slots[position] = slot
        }
    }
}
