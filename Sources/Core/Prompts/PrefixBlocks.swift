internal import Domain

/// Chained hashes of a prompt's leading blocks: equal hashes at position n mean equal first n blocks.
package enum PrefixBlocks {
    /// Bytes per block: about 512 tokens of English.
    package static let blockSize = 2048
    /// The most blocks that are hashed; a longer prompt's tail does not count as a prefix.
    package static let most = 256

    /// Appends the hashes of a prompt's whole blocks, and of its last one if it is at least half full.
    package static func append(_ bytes: UnsafeBufferPointer<UInt8>, to hashes: inout [UInt64]) -> Int {
        guard let base = bytes.baseAddress else { return 0 }
        var chain: UInt64 = 0x9e37_79b9_7f4a_7c15
        var position = 0
        var count = 0
        while position < bytes.count, count < most {
            let size = min(blockSize, bytes.count - position)
            chain = ByteHash.hash(base + position, count: size, seed: chain)
            hashes.append(chain)
            position += size
            count += 1
        }
        return count
    }
}
