/// A piece of an input that holds whole documents: lines, CSV records or elements of a JSON array.
///
/// One thread fills it, another parses it; it changes hands, it is never shared.
package final class Chunk {
    /// The bytes; the first `count` of them are valid.
    package private(set) var bytes: UnsafeMutablePointer<UInt8>
    /// How many bytes are valid.
    package internal(set) var count = 0
    private(set) var capacity: Int
    /// The documents' ranges, where the reader had to find them; `nil` where each line is a document.
    package internal(set) var documents: [Document]?
    /// Line feeds in the chunk, where the reader counted them.
    package internal(set) var lineCount: Int?
    /// Documents that were longer than the limit and have been skipped: their lines, from the chunk's start.
    package internal(set) var skippedLines: [Int] = []
    /// Whether the input ends inside of quotes: the last document has swallowed what follows its opening quote.
    package internal(set) var hasUnclosedQuote = false
    /// Line feeds of skipped documents before the chunk's first byte.
    package internal(set) var leadingLines = 0
    /// The number of this chunk in its file, from 0.
    package internal(set) var ordinal = 0

    /// A document's bytes, and the line it starts on, from 0 at the chunk's start.
    package struct Document: Sendable {
        /// The bytes.
        package let range: Range<Int>
        /// The line.
        package let line: Int
    }

    /// Creates a chunk with room for `capacity` bytes.
    package init(capacity: Int = ChunkReader.chunkSize) {
        self.capacity = capacity
        bytes = .allocate(capacity: capacity)
    }

    deinit { bytes.deallocate() }

    /// The valid bytes.
    package var buffer: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: bytes, count: count) }

    func reset() {
        count = 0
        documents = nil
        lineCount = nil
        skippedLines.removeAll(keepingCapacity: true)
        leadingLines = 0
        hasUnclosedQuote = false
    }

    /// Makes room for `capacity` bytes and keeps those that are valid.
    func grow(to capacity: Int) {
        guard capacity > self.capacity else { return }
        let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
        larger.update(from: bytes, count: count)
        bytes.deallocate()
        bytes = larger
        self.capacity = capacity
    }
}
