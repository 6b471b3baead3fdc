internal import Domain
internal import Synchronization

/// Folds the journal into the ledger: the only writer of the gateway's records.
///
/// Entries are read from the segments, never handed over in memory, so what is folded is what would be found after a
/// crash. Record identities make folding twice the same as folding once.
package final class JournalFolder: Sendable {
    /// What folding has come to so far.
    package struct Progress: Sendable, Hashable {
        /// Records that are in the ledger now and were not before.
        package var added = 0
        /// Records that were there already.
        package var repeated = 0
        /// Bytes that were no entries, and were stepped over.
        package var damagedBytes = 0
        /// Requests that were open when a gateway died, settled at what they had reserved.
        package var settledAtReservation = 0
    }

    /// Where folding stands in one segment.
    private struct Position {
        var offset = JournalFrame.header.count
        /// Keys whose intents lie in this segment and whose final records have not come yet.
        var open: Set<UInt64> = []
    }

    private struct State {
        var positions: [String: Position] = [:]
        /// The segment of each open intent.
        var segmentOfIntent: [UInt64: String] = [:]
        var writer: (any LedgerWriter)?
        var batch = RecordBatch()
        var progress = Progress()
        /// What writers that are done with came to.
        var finished = AppendOutcome()
        var bytes: [UInt8] = []
    }

    private static let chunk = 4 << 20
    private static let mostNames = 200_000
    private let directory: JournalDirectory
    private let ledger: any UsageLedger
    // The lock is held by one thread for a whole fold; nobody waits for it but shutdown and queries of the progress.
    private let state: Mutex<UncheckedBox>

    /// The state as one reference: a writer is bound to the thread that holds the lock.
    private final class UncheckedBox {
        var state = State()
    }

    /// Creates a folder of a journal's entries into a ledger.
    package init(directory: JournalDirectory, ledger: any UsageLedger) {
        (self.directory, self.ledger) = (directory, ledger)
        state = Mutex(UncheckedBox())
    }

    /// What folding has come to so far.
    package var progress: Progress { state.withLock { $0.state.progress } }

    /// Folds everything that stands in the journal now.
    ///
    /// - Throws: ``LedgerError`` or ``JournalError``; nothing is lost, and the next call begins where this one did.
    package func fold() throws {
        try state.withLock { box in
            let before = (box.state.positions, box.state.segmentOfIntent, box.state.progress)
            do { try fold(&box.state) } catch {
                (box.state.positions, box.state.segmentOfIntent, box.state.progress) = before
                // Dropped without being finished, the writer takes back what it had not committed.
                box.state.finished.added = box.state.progress.added
                box.state.finished.repeated = box.state.progress.repeated
                (box.state.writer, box.state.batch) = (nil, RecordBatch())
                throw error
            }
        }
    }

    /// Settles the requests that nobody will finish any more: to be called once, before anybody writes.
    ///
    /// Their intents become their records: at the cost that was reserved, marked as estimated.
    package func recover() throws {
        try fold()
        try state.withLock { box in
            for (path, position) in box.state.positions where !position.open.isEmpty {
                try settleOpen(in: path, &box.state)
            }
            try commit(&box.state)
            try removeFinished(&box.state)
        }
    }

    private func fold(_ state: inout State) throws {
        for segment in directory.segments { try fold(segment, &state) }
        try commit(&state)
        try removeFinished(&state)
    }

    private func fold(_ segment: JournalDirectory.Segment, _ state: inout State) throws {
        let file = try JournalFile(reading: segment.path)
        var position = state.positions[segment.path] ?? Position()
        while true {
            state.bytes.removeAll(keepingCapacity: true)
            try file.read(at: position.offset, most: Self.chunk, into: &state.bytes)
            if state.bytes.isEmpty { break }
            let bytes = state.bytes
            let isWhole = bytes.count < Self.chunk
            let used = bytes.withUnsafeBufferPointer { buffer in
                take(buffer, from: segment, isLast: isWhole && segment.isClosed, &position, &state)
            }
            position.offset += used
            try flush(&state)
            if used == 0 || isWhole { break }
        }
        state.positions[segment.path] = position
    }

    /// Takes the entries of some bytes in.
    ///
    /// - Returns: how many bytes are done with.
    private func take(
        _ bytes: UnsafeBufferPointer<UInt8>, from segment: JournalDirectory.Segment, isLast: Bool,
        _ position: inout Position, _ state: inout State
    ) -> Int {
        var offset = 0
        while offset < bytes.count {
            switch JournalFrame.read(bytes, at: offset) {
            case .entry(let kind, let key, let payload, let next):
                let content = UnsafeBufferPointer(rebasing: bytes[payload])
                take(kind, key, content, segment, &position, &state)
                offset = next
            case .unfinished where !isLast: return offset
            case .unfinished, .damaged:
                // A torn tail, or damage: the next whole entry is looked for byte by byte.
                state.progress.damagedBytes += 1
                offset += 1
            }
        }
        return offset
    }

    private func take(
        _ kind: JournalFrame.Kind, _ key: UInt64, _ payload: UnsafeBufferPointer<UInt8>,
        _ segment: JournalDirectory.Segment, _ position: inout Position, _ state: inout State
    ) {
        if kind == .intent {
            position.open.insert(key)
            state.segmentOfIntent[key] = segment.path
            return
        }
        guard let record = RecordCoder.read(payload, into: &state.batch) else { return }
        state.batch.records.append(record)
        guard kind == .finalRecord, let home = state.segmentOfIntent.removeValue(forKey: key) else { return }
        if home == segment.path { position.open.remove(key) } else { state.positions[home]?.open.remove(key) }
    }

    private func settleOpen(in path: String, _ state: inout State) throws {
        let file = try JournalFile(reading: path)
        var bytes: [UInt8] = []
        try file.read(at: 0, most: state.positions[path]?.offset ?? 0, into: &bytes)
        let open = state.positions[path]?.open ?? []
        bytes.withUnsafeBufferPointer { buffer in
            var offset = JournalFrame.header.count
            while offset < buffer.count {
                guard case .entry(let kind, let key, let payload, let next) = JournalFrame.read(buffer, at: offset)
                else {
                    offset += 1
                    continue
                }
                offset = next
                let content = UnsafeBufferPointer(rebasing: buffer[payload])
                guard kind == .intent, open.contains(key), let record = RecordCoder.read(content, into: &state.batch)
                else { continue }
                state.batch.records.append(record)
                state.progress.settledAtReservation += 1
                state.segmentOfIntent[key] = nil
            }
        }
        state.positions[path]?.open = []
        try flush(&state)
    }

    /// Does something with the ledger while nothing is folded.
    package func exclusively<Result>(_ body: () throws -> Result) rethrows -> Result {
        try state.withLock { _ in try body() }
    }

    // MARK: The ledger

    private func flush(_ state: inout State) throws {
        if state.batch.records.isEmpty { return }
        if state.writer == nil { state.writer = try ledger.writer() }
        try state.writer?.append(state.batch, from: BatchOrigin(input: 0, parser: 0))
        state.batch.removeRecords()
    }

    private func commit(_ state: inout State) throws {
        try flush(&state)
        if let outcome = try state.writer?.commit() {
            state.progress.added = state.finished.added + outcome.added
            state.progress.repeated = state.finished.repeated + outcome.repeated
        }
        // Names come from callers: a vocabulary that grows without end is begun anew.
        guard state.batch.vocabulary.count > Self.mostNames, let outcome = try state.writer?.finish() else { return }
        state.finished.added += outcome.added
        state.finished.repeated += outcome.repeated
        (state.writer, state.batch) = (nil, RecordBatch())
    }

    /// Deletes segments that are folded whole and that nobody writes to, once the ledger is safe.
    private func removeFinished(_ state: inout State) throws {
        let finished = directory.segments.filter { segment in
            segment.isClosed && (state.positions[segment.path]?.open.isEmpty ?? false)
        }
        if finished.isEmpty { return }
        try state.writer?.checkpoint()
        for segment in finished {
            state.positions[segment.path] = nil
            directory.remove(segment.path)
        }
    }
}
