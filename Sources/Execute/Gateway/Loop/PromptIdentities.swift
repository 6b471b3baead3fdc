internal import Domain
internal import Prompts

/// Computes the identities of prompts; keeps its memory from one to the next.
struct PromptIdentities {
    private var text: [UInt8] = []
    private var folded: [UInt8] = []

    /// The longest prompt, in bytes, that is hashed in its folded form as well: long prompts differ by more than case
    /// and white space, and folding them would cost more than passing them on.
    static let longestFolded = 32 * 1024

    /// Puts the identity of a prompt into a record.
    ///
    /// - Parameters:
    ///   - ranges: where what the model is prompted with stands in the body.
    ///   - batch: takes the hashes of the prompt's leading blocks.
    mutating func identify(
        _ record: inout UsageRecord, body: UnsafeBufferPointer<UInt8>, ranges: [Range<Int>], key: PromptKey,
        batch: inout RecordBatch
    ) {
        guard let first = ranges.first else { return }
        if ranges.count == 1 {
            return identify(&record, UnsafeBufferPointer(rebasing: body[first]), key, &batch)
        }
        text.removeAll(keepingCapacity: true)
        for range in ranges {
            text += body[range]
            // What ends one part cannot be taken for the beginning of the next.
            text.append(0)
        }
        let whole = text
        whole.withUnsafeBufferPointer { identify(&record, $0, key, &batch) }
    }

    private mutating func identify(
        _ record: inout UsageRecord, _ text: UnsafeBufferPointer<UInt8>, _ key: PromptKey, _ batch: inout RecordBatch
    ) {
        let start = batch.prefixHashes.count
        record.prompt.exact = key.hash(UnsafeRawBufferPointer(text))
        if text.count <= Self.longestFolded {
            folded.removeAll(keepingCapacity: true)
            PromptNormalisation.append(text, to: &folded)
            record.prompt.normalised = folded.withUnsafeBytes { key.hash($0) }
        }
        let count = PrefixBlocks.append(text, to: &batch.prefixHashes)
        record.prompt.prefix = ItemSpan(start: UInt32(start), count: UInt32(count))
    }
}
