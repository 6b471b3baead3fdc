/// Bytes of a batch's `text`: where they start and how many they are.
@usableFromInline
package struct TextSpan: Sendable, Hashable {
    /// First byte.
    package var start: UInt32
    /// Number of bytes.
    @usableFromInline
    package var count: UInt32

    /// Creates a span.
    package init(start: UInt32, count: UInt32) { (self.start, self.count) = (start, count) }

    /// No text.
    package static let empty = TextSpan(start: 0, count: 0)

    /// Whether there is no text.
    @inlinable
    package var isEmpty: Bool { count == 0 }
}

/// Consecutive elements of one of a batch's lists.
package struct ItemSpan: Sendable, Hashable {
    /// First element.
    package var start: UInt32
    /// Number of elements.
    package var count: UInt32

    /// Creates a span.
    package init(start: UInt32, count: UInt32) { (self.start, self.count) = (start, count) }

    /// Nothing.
    package static let empty = ItemSpan(start: 0, count: 0)

    /// The positions, for subscripting.
    package var range: Range<Int> { Int(start)..<(Int(start) + Int(count)) }
}

/// Something billed by the piece: so many searches, images or seconds.
package struct ExtraUsage: Sendable, Hashable {
    /// What was billed, for example `web_search`.
    package var kind: Term
    /// How many units, in millionths of the unit.
    package var millionths: Int64

    /// Creates an entry of `millionths` × 10⁻⁶ units.
    package init(kind: Term, millionths: Int64) { (self.kind, self.millionths) = (kind, millionths) }
}

/// Records and everything that they refer to: the unit in which records travel between the stages.
package struct RecordBatch: Sendable {
    /// What happened, in the order in which it was read.
    package var records: [UsageRecord] = []
    /// The names behind the records' terms.
    package var vocabulary = Vocabulary()
    /// The bytes behind the records' text spans, UTF-8.
    package var text: [UInt8] = []
    /// Chained block hashes behind the records' prefix spans.
    package var prefixHashes: [UInt64] = []
    /// Extras behind the records' spans.
    package var extras: [ExtraUsage] = []
    /// What bills and admin APIs said, found among the records. Never added to them.
    package var controlTotals: [ControlTotal] = []

    /// Creates an empty batch.
    package init() {}

    /// Removes the records and their texts, and keeps the vocabulary and the memory.
    package mutating func removeRecords() {
        records.removeAll(keepingCapacity: true)
        text.removeAll(keepingCapacity: true)
        prefixHashes.removeAll(keepingCapacity: true)
        extras.removeAll(keepingCapacity: true)
        controlTotals.removeAll()
    }

    /// Keeps bytes and returns where they are.
    package mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) -> TextSpan {
        if bytes.isEmpty { return .empty }
        let span = TextSpan(start: UInt32(text.count), count: UInt32(bytes.count))
        text.append(contentsOf: bytes)
        return span
    }

    /// Keeps a string and returns where its bytes are.
    package mutating func append(_ string: String) -> TextSpan {
        var string = string
        return string.withUTF8 { append($0) }
    }

    /// The string of a span; `nil` where it is empty.
    package func string(_ span: TextSpan) -> String? {
        span.isEmpty
            ? nil : String(decoding: text[Int(span.start)..<(Int(span.start) + Int(span.count))], as: UTF8.self)
    }
}
