package import Domain

/// Gives rows without an id of their source an identity that survives a second import.
///
/// Equal rows of one input are told apart by their order: the n-th of them is the n-th again the next time.
package struct RowOrdinals: Sendable {
    private var input: Int?
    private var counts: [UInt64: UInt32] = [:]

    /// Creates an empty count.
    package init() {}

    /// The identity to keep for a record of an input.
    package mutating func identity(of record: UsageRecord, input: Int) -> UInt64 {
        record.hasSourceID ? record.identity : identity(ofRow: record.identity, input: input)
    }

    /// The identity to keep for a row of an input, by the row's hash.
    package mutating func identity(ofRow row: UInt64, input: Int) -> UInt64 {
        if self.input != input {
            self.input = input
            counts.removeAll(keepingCapacity: true)
        }
        let ordinal = counts[row, default: 0]
        counts[row] = ordinal + 1
        return ordinal == 0 ? row : ByteHash.mix(row ^ UInt64(ordinal), 0x9e37_79b9_7f4a_7c15)
    }
}

extension RecordBatch {
    /// A 64-bit hash of a span's bytes; `nil` where it is empty.
    package func hash(of span: TextSpan) -> UInt64? {
        if span.isEmpty { return nil }
        return text.withUnsafeBufferPointer { bytes in
            bytes.baseAddress.map { ByteHash.hash($0 + Int(span.start), count: Int(span.count)) }
        }
    }
}
