package import Domain

/// Appends to the journal. Belongs to one event loop: each has a segment of its own, so nothing is locked.
package final class JournalWriter {
    private let directory: JournalDirectory
    private let segmentBytes: Int
    private var file: JournalFile?
    private var payload: [UInt8] = []
    private var pending: [UInt8] = []

    /// Creates a writer; its first segment is created with its first entry.
    ///
    /// - Parameters:
    ///   - segmentBytes: bytes after which a new segment is begun.
    package init(directory: JournalDirectory, segmentBytes: Int) {
        (self.directory, self.segmentBytes) = (directory, segmentBytes)
    }

    deinit { if let path = file?.path { directory.close(segment: path) } }

    /// Takes an entry in; ``flush()`` writes it.
    ///
    /// - Parameters:
    ///   - key: the request's: its intent and its final record carry the same.
    ///   - record: a record of `batch`.
    package func append(_ kind: JournalFrame.Kind, key: UInt64, _ record: UsageRecord, of batch: RecordBatch) {
        payload.removeAll(keepingCapacity: true)
        RecordCoder.append(record, of: batch, to: &payload)
        JournalFrame.append(kind, key: key, payload: payload, to: &pending)
    }

    /// Writes what was taken in, in one piece.
    ///
    /// - Throws: ``JournalError`` where it cannot be written; it is kept, and written with the next flush.
    package func flush() throws(JournalError) {
        if pending.isEmpty { return }
        try roll()
        try file?.append(pending)
        pending.removeAll(keepingCapacity: true)
    }

    /// The present segment, for writing it through to the disk on another thread; `nil` before the first entry.
    package var handle: JournalHandle? {
        guard let descriptor = file?.descriptor, let path = file?.path else { return nil }
        return JournalHandle(duplicating: descriptor, path: path)
    }

    private func roll() throws(JournalError) {
        if let size = file?.size, size + pending.count <= segmentBytes { return }
        let next = try directory.create()
        if let path = file?.path { directory.close(segment: path) }
        file = consume next
    }
}
