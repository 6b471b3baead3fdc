#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A file that is written bit by bit, or standard output.
struct OutputFile {
    /// What is written to.
    let descriptor: Descriptor

    /// Opens a file, in the place of one that is there; standard output where none is named.
    ///
    /// - Throws: exit code 73 where it cannot be written.
    init(_ path: String?) throws {
        guard let path else {
            descriptor = Descriptor(number: 1, name: "standard output")
            return
        }
        let number = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard number >= 0 else {
            throw StandardError.fail(
                .cannotCreate, "\(path): It cannot be written: \(String(cString: strerror(errno))).")
        }
        descriptor = Descriptor(number: number, name: path)
    }

    /// Closes the file; standard output stays open.
    func close() { if descriptor.number != 1 { _ = Glibc.close(descriptor.number) } }
}
