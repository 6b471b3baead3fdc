internal import Domain
internal import Prompts

/// Computes the identities of prompts; keeps its memory from one to the next.
struct PromptIdentities {
    private var text: [UInt8] = []
    private var folded: [UInt8] = []

    /// Puts the identity of a prompt into a record.
    ///
    /// - Parameters:
    ///   - ranges: where what the model is prompted with stands in the body.
    ///   - batch: takes the hashes of the prompt's leading blocks.
    mutating func identify(
        _ record: inout UsageRecord, body: UnsafeBufferPointer<UInt8>, ranges: [Range<Int>], key: PromptKey,
        batch: inout RecordBatch
    ) {
        guard !ranges.isEmpty else { return }
        text.removeAll(keepingCapacity: true)
        for range in ranges {
            text += body[range]
            // What ends one part cannot be taken for the beginning of the next.
            text.append(0)
        }
        let start = batch.prefixHashes.count
        text.withUnsafeBufferPointer { text in
            record.prompt.exact = key.hash(UnsafeRawBufferPointer(text))
            folded.removeAll(keepingCapacity: true)
            PromptNormalisation.append(text, to: &folded)
            record.prompt.normalised = folded.withUnsafeBytes { key.hash($0) }
            let count = PrefixBlocks.append(text, to: &batch.prefixHashes)
            record.prompt.prefix = ItemSpan(start: UInt32(start), count: UInt32(count))
        }
    }
}
