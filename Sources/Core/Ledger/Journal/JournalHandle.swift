#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A segment that is being written, as another thread may hold it.
package final class JournalHandle: Sendable {
    private let descriptor: Int32
    private let path: String

    init?(duplicating descriptor: Int32, path: String) {
        self.descriptor = dup(descriptor)
        self.path = path
        if self.descriptor < 0 { return nil }
    }

    deinit { close(descriptor) }

    /// Makes what was written so far survive a power failure.
    package func synchronise() throws(JournalError) {
        #if canImport(Glibc)
            let result = fdatasync(descriptor)
        #else
            let result = fsync(descriptor)
        #endif
        guard result == 0 else { throw JournalFile.failure("written to the disk", path) }
    }
}
