#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Files that commands write.
enum OutputFile {
    /// Writes to a file, in the place of one that is there, or to standard output where none is named.
    ///
    /// - Throws: exit code 73 where the file cannot be written, to its close.
    static func write(to path: String?, _ body: (Descriptor) throws -> Void) throws {
        guard let path else { return try body(Descriptor(number: 1, name: "standard output")) }
        let number = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard number >= 0 else { throw failure(path) }
        do { try body(Descriptor(number: number, name: path)) } catch {
            close(number)
            throw error
        }
        guard close(number) == 0 else { throw failure(path) }
    }

    private static func failure(_ path: String) -> any Error {
        StandardError.fail(.cannotCreate, "\(path): It cannot be written: \(String(cString: strerror(errno))).")
    }
}
