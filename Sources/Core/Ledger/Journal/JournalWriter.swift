package import Domain

/// Appends to the journal. Belongs to one event loop: each has a segment of its own, so nothing is locked.
package final class JournalWriter {
    private let directory: JournalDirectory
    private let segmentBytes: Int
    /// Whether entries wait in memory for ``flush()`` instead of being written at once.
    private let isBuffered: Bool
    private var file: JournalFile?
    private var payload: [UInt8] = []
    private var pending: [UInt8] = []

    /// Creates a writer; its first segment is created with its first entry.
    ///
    /// - Parameters:
    ///   - segmentBytes: bytes after which a new segment is begun.
    ///   - isBuffered: whether entries may wait in memory for ``flush()``.
    package init(directory: JournalDirectory, segmentBytes: Int, isBuffered: Bool = false) {
        (self.directory, self.segmentBytes, self.isBuffered) = (directory, segmentBytes, isBuffered)
    }

    deinit { if let path = file?.path { directory.close(segment: path) } }

    /// Appends an entry.
    ///
    /// - Parameters:
    ///   - key: the request's: its intent and its final record carry the same.
    ///   - record: a record of `batch`.
    /// - Throws: ``JournalError`` where it cannot be written. A record that could not be written is kept, and written
    ///   with the next entry or flush; an intent is not kept: its request is to be refused.
    package func append(
        _ kind: JournalFrame.Kind, key: UInt64, _ record: UsageRecord, of batch: RecordBatch
    ) throws(JournalError) {
        payload.removeAll(keepingCapacity: true)
        RecordCoder.append(record, of: batch, to: &payload)
        let length = pending.count
        JournalFrame.append(kind, key: key, payload: payload, to: &pending)
        if isBuffered { return }
        do { try flush() } catch {
            if kind == .intent { pending.removeLast(pending.count - length) }
            throw error
        }
    }

    /// Writes what waits in memory.
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

    /// Bytes that wait in memory.
    package var waitingBytes: Int { pending.count }

    private func roll() throws(JournalError) {
        if let size = file?.size, size + pending.count <= segmentBytes { return }
        let next = try directory.create()
        if let path = file?.path { directory.close(segment: path) }
        file = consume next
    }
}
