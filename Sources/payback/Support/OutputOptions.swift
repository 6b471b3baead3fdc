import ArgumentParser

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Where a result goes.
struct OutputOptions: ParsableArguments {
    @Option(help: "Write the result to this file instead of standard output.")
    var output: String?

    /// Whether the result goes to a terminal that shows colour.
    var usesColour: Bool { output == nil && isatty(1) == 1 && getenv("NO_COLOR") == nil }

    /// Writes a result.
    ///
    /// - Throws: exit code 73 where it cannot be written.
    func write(_ text: String) throws {
        guard let output else {
            try Self.write(text, to: stdout, named: "standard output")
            return
        }
        guard let file = fopen(output, "w") else {
            throw StandardError.fail(.cannotCreate, "\(output): It cannot be written: \(String(cString: strerror(errno))).")
        }
        defer { fclose(file) }
        try Self.write(text, to: file, named: output)
    }

    private static func write(_ text: String, to file: UnsafeMutablePointer<FILE>?, named name: String) throws {
        guard let file else { return }
        let bytes = Array(text.utf8)
        guard fwrite(bytes, 1, bytes.count, file) == bytes.count, fflush(file) == 0 else {
            throw StandardError.fail(.cannotCreate, "\(name): Writing failed: \(String(cString: strerror(errno))).")
        }
    }
}

/// Exit codes after sysexits.h.
enum SystemExit: Int32 {
    case usage = 64
    case data = 65
    case noInput = 66
    case unavailable = 69
    case ourFault = 70
    case cannotCreate = 73
    case configuration = 78
}

/// Words to people beside the result.
enum StandardError {
    /// Writes a line.
    static func print(_ text: String) {
        let line = Array((text + "\n").utf8)
        fwrite(line, 1, line.count, stderr)
    }

    /// Writes why the command stops.
    ///
    /// - Returns: the error to throw.
    static func fail(_ code: SystemExit, _ text: String) -> ExitCode {
        print("payback: " + text)
        return ExitCode(code.rawValue)
    }
}
