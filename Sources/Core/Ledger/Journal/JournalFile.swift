#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The system calls of the journal, with errors for results.
package struct JournalFile: ~Copyable, Sendable {
    let descriptor: Int32
    /// Where it is.
    package let path: String
    /// Bytes that were appended.
    package private(set) var size: Int

    /// Creates a file that must not exist yet.
    init(creating path: String) throws(JournalError) {
        let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Self.failure("created", path) }
        (self.descriptor, self.path, size) = (descriptor, path, 0)
    }

    /// Opens a file for reading.
    ///
    /// - Throws: ``JournalError`` where it cannot be read.
    package init(reading path: String) throws(JournalError) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Self.failure("read", path) }
        (self.descriptor, self.path, size) = (descriptor, path, 0)
    }

    deinit { close(descriptor) }

    /// Appends bytes whole, or not at all.
    ///
    /// - Throws: ``JournalError`` where they cannot be written.
    package mutating func append(_ bytes: borrowing [UInt8]) throws(JournalError) {
        var done = 0
        while done < bytes.count {
            let written = bytes.withUnsafeBytes { buffer in
                write(descriptor, buffer.baseAddress.map { $0 + done }, buffer.count - done)
            }
            if written < 0, errno == EINTR { continue }
            guard written > 0 else {
                let error = Self.failure("written", path)
                // A part of an entry would hide all that follows it.
                _ = ftruncate(descriptor, off_t(size))
                throw error
            }
            done += written
        }
        size += bytes.count
    }

    /// Reads up to `most` bytes from a position; fewer at the end of the file.
    ///
    /// - Throws: ``JournalError`` where they cannot be read.
    package func read(at position: Int, most: Int, into bytes: inout [UInt8]) throws(JournalError) {
        let count = bytes.count
        bytes.append(contentsOf: repeatElement(0, count: most))
        var done = 0
        while done < most {
            let got = bytes.withUnsafeMutableBytes { buffer in
                pread(descriptor, buffer.baseAddress.map { $0 + count + done }, most - done, off_t(position + done))
            }
            if got < 0, errno == EINTR { continue }
            guard got >= 0 else { throw Self.failure("read", path) }
            if got == 0 { break }
            done += got
        }
        bytes.removeLast(most - done)
    }

    /// Makes what was written so far survive a power failure.
    ///
    /// - Throws: ``JournalError`` where the disk refuses.
    package func synchronise() throws(JournalError) {
        guard fsync(descriptor) == 0 else { throw Self.failure("written to the disk", path) }
    }

    /// Bytes that the file has.
    ///
    /// - Throws: ``JournalError`` where that cannot be told.
    package func length() throws(JournalError) -> Int {
        let end = lseek(descriptor, 0, SEEK_END)
        guard end >= 0 else { throw Self.failure("read", path) }
        return Int(end)
    }

    /// The error of the last system call.
    static func failure(_ what: String, _ path: String) -> JournalError {
        let code: JournalError.Code = [ENOSPC, EFBIG, EDQUOT].contains(errno) ? .notWritable : .unavailable
        let advice = code == .notWritable ? " Free some space; nothing was lost." : ""
        return JournalError(code, "\(path) cannot be \(what): \(String(cString: strerror(errno))).\(advice)")
    }
}
