import ArgumentParser
import Sampling

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// `payback sample`: composed traffic to try Payback with.
struct SampleCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sample",
        abstract: "Write composed sample traffic as JSON lines.",
        discussion: """
            No request in it ever happened, and every audit of it says so. Its shapes are computed from published traces: \
            customers from ServeGen (m-large), token lengths from the Azure LLM inference trace 2023 (conversation), cached \
            input from Mooncake (conversation). docs/sample.md says which numbers, and what is assumed. The same number of \
            requests, seed and content give the same bytes.

            Examples:
              payback sample --output usage.jsonl
              payback sample --requests 2000000 --content hashes --output large.jsonl
              payback sample | payback audit -
            """)

    @Option(help: "How many requests.")
    var requests = 20_000

    @Option(help: "Another seed gives other traffic.")
    var seed: UInt64 = 1

    @Option(help: "prompts: each line carries a prompt's text; hashes: short lines with a prompt's hash and a cost.")
    var content = SampleTraffic.Content.prompts

    @Option(help: "Write to this file instead of standard output.")
    var output: String?

    mutating func validate() throws {
        if requests < 0 { throw ValidationError("--requests must not be negative.") }
    }

    mutating func run() throws {
        let traffic = SampleTraffic(requests: requests, seed: seed, content: content)
        guard let path = output else {
            try Self.write(traffic, to: STDOUT_FILENO, named: "standard output")
            return
        }
        let file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard file >= 0 else { throw Self.failure(path) }
        do { try Self.write(traffic, to: file, named: path) } catch {
            close(file)
            throw error
        }
        guard close(file) == 0 else { throw Self.failure(path) }
    }

    private static func write(_ traffic: SampleTraffic, to file: Int32, named name: String) throws {
        try traffic.write { piece in try writeAll(piece, to: file, named: name) }
    }

    private static func writeAll(_ piece: UnsafeRawBufferPointer, to file: Int32, named name: String) throws {
        var rest = piece[...]
        while !rest.isEmpty {
            let bytes = UnsafeRawBufferPointer(rebasing: rest)
            #if canImport(Glibc)
                let written = Glibc.write(file, bytes.baseAddress, bytes.count)
            #else
                let written = Darwin.write(file, bytes.baseAddress, bytes.count)
            #endif
            if written < 0, errno == EINTR { continue }
            guard written > 0 else { throw failure(name) }
            rest = rest.dropFirst(written)
        }
    }

    private static func failure(_ name: String) -> ExitCode {
        StandardError.fail(.cannotCreate, "\(name): It cannot be written: \(String(cString: strerror(errno))).")
    }
}

extension SampleTraffic.Content: ExpressibleByArgument {}
