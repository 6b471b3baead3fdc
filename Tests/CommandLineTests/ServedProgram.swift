import Foundation

/// `payback serve`, running.
final class ServedProgram {
    private let process = Process()
    private let log: URL
    let folder: URL
    private(set) var port = 0
    private(set) var adminPort = 0

    enum ServeError: Error { case didNotStart(String) }

    /// Starts the gateway in a folder, and waits until it serves.
    init(
        in folder: URL, environment: [String: String], arguments: [String] = [], limits: String = ""
    ) async throws {
        self.folder = folder
        log = folder.appending(path: "log-\(UUID().uuidString)")
        try Data().write(to: log)
        process.executableURL = URL(filePath: "/bin/sh")
        let command = ([Program.executable.path, "serve", "--port", "0", "--admin-port", "0"] + arguments)
            .map { "'\($0)'" }.joined(separator: " ")
        process.arguments = ["-c", "\(limits) exec \(command)"]
        process.currentDirectoryURL = folder
        process.environment = ["PATH": "/usr/bin:/bin"].merging(environment) { $1 }
        process.standardError = try FileHandle(forWritingTo: log)
        try process.run()
        for _ in 0..<500 {
            if let line = text.split(separator: "\n").first(where: { $0.contains("\"Serving\"") }) {
                port = Self.port(in: line, after: "\"callers\"")
                adminPort = Self.port(in: line, after: "\"operators\"")
                return
            }
            guard process.isRunning else { break }
            try await Task.sleep(for: .milliseconds(20))
        }
        throw ServeError.didNotStart(text)
    }

    deinit { if process.isRunning { kill(process.processIdentifier, SIGKILL) } }

    /// What it has written to its log.
    var text: String { (try? String(contentsOf: log, encoding: .utf8)) ?? "" }

    /// Kills it at once, as a crash would.
    func killHard() {
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }

    /// Sends a signal.
    func signal(_ number: Int32) { kill(process.processIdentifier, number) }

    /// Asks it to end, and waits for that.
    func end() -> Int32 {
        process.terminate()
        process.waitUntilExit()
        return process.terminationStatus
    }

    private static func port(in line: Substring, after key: String) -> Int {
        guard let start = line.range(of: key), let colon = line[start.upperBound...].range(of: "127.0.0.1:") else {
            return 0
        }
        return Int(line[colon.upperBound...].prefix { $0.isNumber }) ?? 0
    }
}
