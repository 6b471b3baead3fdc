internal import Ledger
internal import Policy

/// The files of an archive: the one that is written, and how large all are together. One thread at a time.
struct ArchiveSegments: ~Copyable {
    private let directory: JournalDirectory
    private let mostBytes: Int
    private let segmentBytes: Int
    private let secret: UInt64
    private var file: JournalFile?
    private var sizes: [String: Int] = [:]
    /// Segments that were given up because all together had grown too large.
    private(set) var dropped = 0

    /// - Parameter secret: of the segments that are written from now on; random.
    init(directory: JournalDirectory, mostBytes: Int, secret: UInt64) {
        (self.directory, self.mostBytes, self.secret) = (directory, max(mostBytes, 1 << 16), secret)
        segmentBytes = min(self.mostBytes / 8, 8 << 20)
    }

    /// Bytes of all segments.
    var bytes: Int { sizes.values.reduce(0, +) }

    /// The longest entry that is written: what would push out most of the others is not worth keeping.
    var longestEntry: Int { min(mostBytes / 4, ArchiveFrame.longestPayload) }

    /// Reads all segments, the oldest first.
    mutating func readAll(_ body: (UnsafeBufferPointer<UInt8>) -> Void) throws(JournalError) {
        for segment in directory.segments {
            let file = try JournalFile(reading: segment.path)
            var bytes: [UInt8] = []
            try file.read(at: 0, most: try file.length(), into: &bytes)
            sizes[segment.path] = bytes.count
            bytes.withUnsafeBufferPointer(body)
        }
    }

    /// Writes answers into new segments, and deletes the old ones once the new are safe.
    ///
    /// - Throws: ``JournalError``; the old ones stay then.
    mutating func rewrite(_ answers: [StoredAnswer]) throws(JournalError) {
        let old = directory.segments.map(\.path)
        _ = try write(answers.map { .answer($0) })
        try file?.synchronise()
        // The oldest first: what takes answers back stands behind them, and has to outlast them.
        for path in old { remove(path) }
        trim()
    }

    /// Appends entries; those that take answers back are on the disk when this returns.
    ///
    /// - Returns: how many were too long.
    /// - Throws: ``JournalError``; some of the entries may be in the archive then.
    mutating func append(_ entries: [ArchiveEntry]) throws(JournalError) -> Int {
        let tooLong = try write(entries)
        if entries.contains(where: \.takesBack) { try file?.synchronise() }
        trim()
        return tooLong
    }

    /// Deletes everything: for when it cannot be noted what was taken back.
    mutating func clear() {
        file = nil
        for path in directory.segments.map(\.path) { remove(path) }
    }

    private mutating func write(_ entries: [ArchiveEntry]) throws(JournalError) -> Int {
        var bytes: [UInt8] = []
        var tooLong = 0
        for entry in entries {
            let start = bytes.count
            if !ArchiveFrame.append(entry, secret: secret, to: &bytes) || bytes.count - start > longestEntry {
                bytes.removeLast(bytes.count - start)
                tooLong += 1
            }
            if bytes.count >= segmentBytes { try write(&bytes) }
        }
        try write(&bytes)
        return tooLong
    }

    private mutating func write(_ bytes: inout [UInt8]) throws(JournalError) {
        if bytes.isEmpty { return }
        try roll(for: bytes.count)
        try file?.append(bytes)
        if let path = file?.path { sizes[path, default: 0] += bytes.count }
        bytes.removeAll(keepingCapacity: true)
    }

    private mutating func roll(for count: Int) throws(JournalError) {
        if let size = file?.size, size + count <= segmentBytes { return }
        try file?.synchronise()
        if let path = file?.path { directory.close(segment: path) }
        let header = ArchiveFrame.header + withUnsafeBytes(of: secret.littleEndian) { Array($0) }
        let next = try directory.create(header: header)
        sizes[next.path] = header.count
        file = consume next
    }

    private mutating func trim() {
        while bytes > mostBytes, let oldest = directory.segments.first?.path, oldest != file?.path {
            remove(oldest)
            dropped += 1
        }
    }

    private mutating func remove(_ path: String) {
        sizes[path] = nil
        directory.remove(path)
    }
}

extension ArchiveEntry {
    /// Whether it takes answers back.
    var takesBack: Bool { if case .answer = self { false } else { true } }
}
