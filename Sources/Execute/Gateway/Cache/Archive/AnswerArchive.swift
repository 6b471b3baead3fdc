internal import Dispatch
package import Domain
package import Ledger
package import Policy
internal import Synchronization

/// Keeps cached answers across restarts, in files that one writer appends to, off the event loops.
///
/// An archive only ever makes the cache warmer: what cannot be written is counted and given up, and no request waits
/// for it. What is taken back is written in its turn with the answers, so that a restart cannot bring it back.
package final class AnswerArchive: Sendable {
    /// What has come of the archive so far.
    package struct Progress: Sendable, Hashable {
        /// Answers that were there and can still be served, as of the start.
        package var restored = 0
        /// Answers that were there and were too old, taken back or replaced, as of the start.
        package var outdated = 0
        /// Bytes that were no entries: torn ends and damage, as of the start.
        package var damagedBytes = 0
        /// Entries that were written since.
        package var written = 0
        /// Entries that were not: too long, too many at once, or the disk refused.
        package var notWritten = 0
        /// Segments that were given up for new ones.
        package var droppedSegments = 0
        /// Bytes of all segments.
        package var bytes = 0
        /// Why the disk refused last; absent where it worked since.
        package var failure: JournalError?
    }

    private struct State: Sendable {
        var waiting: [ArchiveEntry] = []
        var waitingBytes = 0
        var isScheduled = false
        var progress = Progress()
    }

    /// The most bytes that wait to be written; more means that the disk cannot keep up.
    private static let mostWaiting = 32 << 20
    private static let format = SegmentFormat(name: "cache of answers", suffix: ".answers")
    private let state = Mutex(State())
    private let segments: Mutex<ArchiveSegments>
    private let queue = DispatchQueue(label: "payback.answers")

    /// Opens an archive's folder, and creates it where there is none.
    ///
    /// - Parameters:
    ///   - mostBytes: of all files together; the oldest go first.
    ///   - secret: random, new for each start: it keeps an answer's text from passing for an entry.
    /// - Throws: ``JournalError`` where the folder cannot be used, or another gateway uses it.
    package init(path: String, mostBytes: Int, secret: UInt64) throws(JournalError) {
        let directory = try JournalDirectory(path: path, format: Self.format)
        segments = Mutex(ArchiveSegments(directory: directory, mostBytes: mostBytes, secret: secret))
    }

    /// Reads what is there, and writes it anew without what is out of date. To be called once, before anything is kept.
    ///
    /// - Returns: the answers that can still be served, the oldest first.
    /// - Throws: ``JournalError``; what is there stays then.
    package func restore(at now: Timestamp) throws(JournalError) -> [StoredAnswer] {
        let result = segments.withLock { segments in
            Result { () throws(JournalError) in
                var log = AnswerLog()
                try segments.readAll { log.take(segment: $0) }
                let answers = log.survivors(at: now)
                try segments.rewrite(answers)
                return (answers, log.read, log.damagedBytes, segments.bytes)
            }
        }
        let (answers, read, damaged, bytes) = try result.get()
        state.withLock { state in
            (state.progress.restored, state.progress.outdated) = (answers.count, read - answers.count)
            (state.progress.damagedBytes, state.progress.bytes) = (damaged, bytes)
        }
        return answers
    }

    /// What has come of it so far.
    package var progress: Progress { state.withLock { $0.progress } }

    /// Takes an entry in, to be written soon. Costs a lock and no system call.
    ///
    /// What takes answers back is never given up for want of room.
    package func append(_ entry: ArchiveEntry) {
        let bytes = if case .answer(let answer) = entry { answer.bytes } else { 0 }
        let isNew = state.withLock { state in
            guard state.waitingBytes + bytes <= Self.mostWaiting || bytes == 0 else {
                state.progress.notWritten += 1
                return false
            }
            state.waiting.append(entry)
            state.waitingBytes += bytes
            defer { state.isScheduled = true }
            return !state.isScheduled
        }
        if isNew { queue.async { [self] in write() } }
    }

    /// Writes everything that waits, and returns when it is written; not to be called on an event loop.
    package func flush() { queue.sync { write() } }

    private func write() {
        let entries = state.withLock { state in
            defer { (state.waiting, state.waitingBytes, state.isScheduled) = ([], 0, false) }
            return state.waiting
        }
        if entries.isEmpty { return }
        let (result, bytes, dropped) = segments.withLock { segments in
            let result = Result { () throws(JournalError) in try segments.append(entries) }
            // Better a cold cache than answers that were taken back.
            if case .failure = result, entries.contains(where: \.takesBack) { segments.clear() }
            return (result, segments.bytes, segments.dropped)
        }
        state.withLock { state in
            (state.progress.bytes, state.progress.droppedSegments) = (bytes, dropped)
            switch result {
            case .success(let tooLong):
                state.progress.notWritten += tooLong
                state.progress.written += entries.count - tooLong
                state.progress.failure = nil
            case .failure(let error):
                state.progress.notWritten += entries.count
                state.progress.failure = error
            }
        }
    }
}
