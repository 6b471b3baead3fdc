import Foundation
import Testing

@Suite("payback audit")
struct AuditCommandTests {
    private static let row =
        #"{"timestamp":"2026-10-01T00:00:00Z","request_id":"1","model":"gpt-5-mini","input_tokens":10,"output":1}"#
        + "\n"

    @Test(
        "Exit codes follow sysexits, and the message says what to do",
        arguments: [
            (["audit", "missing.jsonl"], 66, "no such file"), (["audit", "."], 66, "directory"),
            (["audit", "nothing-*.csv"], 66, "No file matches"), (["audit", "--frobnicate"], 64, "Unknown option"),
            (["audit", "golden/usage.jsonl", "--format", "pdf"], 64, "pdf"),
            (["audit", "golden/usage.jsonl", "--source", "nobody"], 64, "There is no format nobody"),
            (["audit", "golden/usage.jsonl", "--since", "soon"], 64, "not a date"),
            (["audit", "golden/usage.jsonl", "--invoice", "openai=soon"], 64, "invoice"),
            (["audit", "golden/usage.jsonl", "--mapping", "bad/mapping.yaml"], 65, "mapping.yaml:2: colour"),
            (["audit", "golden/usage.jsonl", "--prices", "bad/prices.yaml"], 65, "prices.yaml:"),
            (["audit", "bad/truncated.jsonl.gz"], 65, "cut off"),
            (["audit", "golden/usage.jsonl", "--output", "/nonexistent/folder/file"], 73, "cannot be written"),
            (["audit", "--ledger", "sqlite:/nonexistent/ledger.sqlite"], 69, "There is no ledger"),
            (["audit", "--ledger", "postgres://x"], 69, "names no ledger"),
        ] as [([String], Int32, String)])
    func failures(_ arguments: [String], _ exitCode: Int32, _ words: String) throws {
        let outcome = try Program.run(arguments)
        #expect(outcome.exitCode == exitCode, "\(outcome.error)")
        #expect(outcome.error.contains(words), "\(outcome.error)")
        #expect(outcome.output.isEmpty)
    }

    @Test("Standard input, gzip, a pattern and several files give the same sums")
    func inputs() throws {
        let plain = try Data(contentsOf: Program.fixtures.appending(path: "golden/usage.jsonl"))
        let expected = try sums(try Program.run(["audit", "golden/usage.jsonl", "--format", "json"]))
        #expect(try sums(try Program.run(["audit", "-", "--format", "json"], input: plain)) == expected)
        #expect(try sums(try Program.run(["audit", "golden/usag?.jsonl", "--format", "json"])) == expected)
        #expect(
            try sums(try Program.run(["audit", "golden/usage.jsonl", "golden/usage.jsonl", "--format", "json"]))
                == expected)
        let folder = try Program.newFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        try plain.write(to: folder.appending(path: "usage.jsonl"))
        let zip = Process()
        zip.executableURL = URL(filePath: "/usr/bin/gzip")
        zip.arguments = [folder.appending(path: "usage.jsonl").path]
        try zip.run()
        zip.waitUntilExit()
        #expect(try sums(try Program.run(["audit", "usage.jsonl.gz", "--format", "json"], in: folder)) == expected)
    }

    private func sums(_ outcome: Program.Outcome) throws -> [String] {
        let root = try #require(try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
        let spend = try #require(root["spend"] as? [String: Any])
        return [
            "\(root["requests"] ?? "")", "\(spend["total_usd"] ?? "")",
            "\(root["tokens"] ?? "")".filter { !$0.isWhitespace }.sorted().map { "\($0)" }.joined(),
        ]
    }

    @Test("An empty input is no failure; it says that there is nothing")
    func empty() throws {
        let outcome = try Program.run(["audit", "-", "--format", "json"])
        #expect(outcome.exitCode == 0)
        #expect(outcome.output.contains("\"empty_file\"") && outcome.output.contains("\"requests\": 0"))
        #expect(try Program.run(["audit", "-"]).exitCode == 0)
    }

    @Test("Rejected rows are named with file and line, and the run goes on")
    func rejected() throws {
        let outcome = try Program.run(["audit", "-"], input: Data((Self.row + "{oops\n").utf8))
        #expect(outcome.exitCode == 0)
        #expect(outcome.output.contains("standard input:2"))
    }

    @Test("In a pipe there is no colour and no progress")
    func quiet() throws {
        let outcome = try Program.run(["audit", "golden/usage.jsonl"])
        #expect(!outcome.output.contains("\u{1B}") && outcome.error.isEmpty)
        #expect(outcome.output.split(separator: "\n").allSatisfy { $0.count <= 100 })
    }

    @Test("A mapping names the columns, constants included")
    func mapping() throws {
        let outcome = try Program.run([
            "audit", "mapped/usage.csv", "--mapping", "mapped/columns.yaml", "--format", "json",
        ])
        #expect(
            outcome.output.contains("\"model\": \"gpt-5-mini\"") && outcome.output.contains("\"customer\": \"acme\""))
        #expect(outcome.output.contains("\"uncached_input\": 60, \"cache_read\": 40"))
    }

    @Test("Every command has help with an example", arguments: ["audit", "import", "sample", "prices"])
    func help(_ command: String) throws {
        let outcome = try Program.run([command, "--help"])
        #expect(outcome.exitCode == 0 && outcome.output.contains("payback \(command)"))
    }
}
