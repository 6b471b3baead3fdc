import ArgumentParser
import Documents

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// How a result is written: for people, or for programs.
enum ResultFormat: String, ExpressibleByArgument, CaseIterable {
    case text, json
}

/// Where a result goes.
struct OutputOptions: ParsableArguments {
    @Option(help: "Write the result to this file instead of standard output.")
    var output: String?

    /// Whether the result goes to a terminal that shows colour.
    var usesColour: Bool { output == nil && isatty(1) == 1 && getenv("NO_COLOR") == nil }

    /// A document in a format for people; JSON is written by what knows its keys.
    func render(_ document: Document, as format: DocumentFormat) -> String {
        switch format {
        case .markdown: MarkdownRenderer().render(document)
        case .html: HTMLRenderer().render(document)
        case .text, .json: TextRenderer(width: 100, useColour: usesColour).render(document)
        }
    }

    /// Writes an answer for people or for programs; only the one that is asked for is made.
    ///
    /// - Throws: exit code 73 where it cannot be written.
    func write(
        _ document: @autoclosure () throws -> Document, _ json: @autoclosure () throws -> JSONOutput,
        as format: DocumentFormat
    ) throws {
        if format == .json { return try write(try json().text) }
        try write(render(try document(), as: format))
    }

    /// Writes a result.
    ///
    /// - Throws: exit code 73 where it cannot be written.
    func write(_ text: String) throws {
        guard let output else {
            return try StandardOutput.write(text)
        }
        try Self.write(text, to: output)
    }

    /// Writes a file whole, in the place of one that is there.
    ///
    /// - Throws: exit code 73 where it cannot be written.
    static func write(_ text: String, to file: String) throws {
        try OutputFile.write(to: file) { try $0.write(text) }
    }
}

/// An open file, by its number.
struct Descriptor {
    /// The number.
    let number: Int32
    /// The name for messages.
    let name: String

    /// Writes a text whole.
    ///
    /// - Throws: exit code 73 where it cannot be written. A reader that has left (a closed pipe) is no failure.
    func write(_ text: String) throws {
        var text = text
        try text.withUTF8 { try write(UnsafeRawBufferPointer($0)) }
    }

    /// Writes bytes whole; see ``write(_:)-(String)``.
    func write(_ bytes: UnsafeRawBufferPointer) throws {
        var rest = bytes
        while !rest.isEmpty {
            #if canImport(Glibc)
                let count = Glibc.write(number, rest.baseAddress, rest.count)
            #else
                let count = Darwin.write(number, rest.baseAddress, rest.count)
            #endif
            if count < 0, errno == EINTR { continue }
            guard count > 0 else {
                throw StandardError.fail(.cannotCreate, "\(name): Writing failed: \(String(cString: strerror(errno))).")
            }
            rest = UnsafeRawBufferPointer(rebasing: rest[count...])
        }
    }
}

/// Where results go.
enum StandardOutput {
    /// Writes a text whole; see ``Descriptor/write(_:)-(String)``.
    static func write(_ text: String) throws { try Descriptor(number: 1, name: "standard output").write(text) }
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
        // Where even standard error is closed there is nobody left to tell.
        try? Descriptor(number: 2, name: "standard error").write(text + "\n")
    }

    /// Writes why the command stops.
    ///
    /// - Returns: the error to throw.
    static func fail(_ code: SystemExit, _ text: String) -> ExitCode {
        print("payback: " + text)
        return ExitCode(code.rawValue)
    }
}
