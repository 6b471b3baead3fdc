internal import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What is kept in a folder of segments.
package struct SegmentFormat: Sendable, Hashable {
    /// What it is called in messages.
    package let name: String
    /// What its files' names end in.
    package let suffix: String

    /// Creates a format.
    package init(name: String, suffix: String) { (self.name, self.suffix) = (name, suffix) }

    /// The journal.
    package static let journal = SegmentFormat(name: "journal", suffix: ".journal")
}

/// The folder of a journal: its segments, and the lock that keeps a second gateway out.
package final class JournalDirectory: Sendable {
    /// A file of the journal.
    package struct Segment: Sendable, Hashable {
        /// Where it is.
        package let path: String
        /// Whether nobody writes to it any more.
        package internal(set) var isClosed: Bool
    }

    private struct State {
        var segments: [Segment] = []
        var next: UInt64 = 0
    }

    /// The folder.
    package let path: String
    private let state = Mutex(State())
    private let lock: Int32
    private let format: SegmentFormat

    /// Opens a journal's folder, and creates it where there is none. Segments that are there already are kept for
    /// folding.
    ///
    /// - Throws: ``JournalError`` where it cannot be used, or another gateway uses it.
    package init(path: String, format: SegmentFormat = .journal) throws(JournalError) {
        (self.path, self.format) = (path, format)
        guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw JournalFile.failure("created", path) }
        lock = open(path + "/lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard lock >= 0 else { throw JournalFile.failure("used", path) }
        guard flock(lock, LOCK_EX | LOCK_NB) == 0 else {
            _ = systemClose(lock)
            throw JournalError(
                .busy, "Another gateway writes to the \(format.name) \(path); give this one its own folder.")
        }
        let found = try Self.segmentNames(in: path, format)
        state.withLock { state in
            state.segments = found.map { Segment(path: path + "/" + $0, isClosed: true) }
            state.next = (found.last.flatMap { Self.number($0, format) } ?? 0) + 1
        }
    }

    deinit { _ = systemClose(lock) }

    /// All segments, the oldest first.
    package var segments: [Segment] { state.withLock { $0.segments } }

    /// Begins a segment.
    func create() throws(JournalError) -> JournalFile { try create(header: JournalFrame.header) }

    /// Begins a segment with some bytes.
    ///
    /// - Throws: ``JournalError``; no file is left then.
    package func create(header: [UInt8]) throws(JournalError) -> JournalFile {
        let path = state.withLock { state in
            let digits = String(state.next)
            state.next += 1
            let name = String(repeating: "0", count: max(12 - digits.count, 0)) + digits + format.suffix
            let segment = Segment(path: self.path + "/" + name, isClosed: false)
            state.segments.append(segment)
            return segment.path
        }
        do {
            var file = try JournalFile(creating: path)
            try file.append(header)
            return file
        } catch {
            remove(path)
            throw error
        }
    }

    /// Notes that nobody writes to a segment any more.
    package func close(segment path: String) {
        state.withLock { state in
            for position in state.segments.indices where state.segments[position].path == path {
                state.segments[position].isClosed = true
            }
        }
    }

    /// Deletes a segment.
    package func remove(_ path: String) {
        state.withLock { state in state.segments.removeAll { $0.path == path } }
        unlink(path)
    }

    /// Bytes that are free on the journal's disk; `nil` where that cannot be told.
    package var freeBytes: Int64? {
        var information = statvfs()
        guard statvfs(path, &information) == 0 else { return nil }
        return Int64(clamping: UInt64(information.f_bavail) * UInt64(information.f_frsize))
    }

    private static func number(_ name: String, _ format: SegmentFormat) -> UInt64? {
        UInt64(name.dropLast(format.suffix.count))
    }

    private static func segmentNames(in path: String, _ format: SegmentFormat) throws(JournalError) -> [String] {
        guard let folder = opendir(path) else { throw JournalFile.failure("read", path) }
        defer { closedir(folder) }
        var names: [String] = []
        while let entry = readdir(folder) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { raw in
                String(decoding: raw.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name.hasSuffix(format.suffix), number(name, format) != nil { names.append(name) }
        }
        return names.sorted()
    }
}

/// The system's `close`, under a name that no method hides.
private func systemClose(_ descriptor: Int32) -> Int32 { close(descriptor) }
