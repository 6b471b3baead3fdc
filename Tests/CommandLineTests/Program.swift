import Foundation

/// The built `payback`, run as a user runs it.
struct Program {
    /// What a run left behind.
    struct Outcome {
        let exitCode: Int32
        let output: String
        let error: String
    }

    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    static let fixtures = root.appending(path: "Tests/Fixtures")

    /// The executable beside the tests' own.
    static var executable: URL {
        let beside = Bundle.main.executableURL?.deletingLastPathComponent().appending(path: "payback")
        if let beside, FileManager.default.isExecutableFile(atPath: beside.path) { return beside }
        return root.appending(path: ".build/debug/payback")
    }

    /// Runs the program in a folder.
    static func run(
        _ arguments: [String], input: Data = Data(), in folder: URL = fixtures, path: String = "/usr/bin:/bin",
        environment: [String: String] = [:]
    ) throws -> Outcome {
        let process = Process()
        process.executableURL = executable
        process.arguments = arguments
        process.currentDirectoryURL = folder
        process.environment = ["PATH": path].merging(environment) { $1 }
        let scratch = FileManager.default.temporaryDirectory.appending(path: "payback-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: scratch) }
        // Files, not pipes: what is written before anybody reads is never waited for.
        for name in ["in", "out", "error"] {
            try (name == "in" ? input : Data()).write(to: scratch.appending(path: name))
        }
        process.standardInput = try FileHandle(forReadingFrom: scratch.appending(path: "in"))
        process.standardOutput = try FileHandle(forWritingTo: scratch.appending(path: "out"))
        process.standardError = try FileHandle(forWritingTo: scratch.appending(path: "error"))
        try process.run()
        process.waitUntilExit()
        return Outcome(
            exitCode: process.terminationStatus,
            output: try String(contentsOf: scratch.appending(path: "out"), encoding: .utf8),
            error: try String(contentsOf: scratch.appending(path: "error"), encoding: .utf8))
    }

    /// A new folder for a test's files.
    static func newFolder() throws -> URL {
        let folder = FileManager.default.temporaryDirectory.appending(path: "payback-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return folder
    }
}
