import Foundation
import Testing

@Suite("payback import")
struct ImportCommandTests {
    private func json(_ outcome: Program.Outcome) throws -> [String: Any] {
        #expect(outcome.exitCode == 0, "\(outcome.error)")
        return try #require(try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
    }

    /// A part of a document in a form that can be compared.
    private func part(_ key: String, of document: [String: Any]) throws -> String {
        let data = try JSONSerialization.data(withJSONObject: [document[key] ?? NSNull()], options: [.sortedKeys])
        return String(decoding: data, as: UTF8.self)
    }

    @Test("The same file twice changes nothing, and the ledger's audit is the file's")
    func twice() throws {
        let folder = try Program.newFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let ledger = "sqlite:" + folder.appending(path: "ledger.sqlite").path
        let first = try json(
            try Program.run([
                "import", "golden/usage.jsonl", "--prices", "golden/prices.yaml", "--ledger", ledger, "--format",
                "json",
            ]))
        let second = try json(
            try Program.run([
                "import", "golden/usage.jsonl", "--prices", "golden/prices.yaml", "--ledger", ledger, "--format",
                "json",
            ]))
        #expect(first["records_added"] as? Int == second["records_repeated"] as? Int)
        #expect(second["records_added"] as? Int == 0 && first["records_added"] as? Int != 0)
        let file = try json(
            try Program.run(["audit", "golden/usage.jsonl", "--prices", "golden/prices.yaml", "--format", "json"]))
        for arguments in [[], ["--totals-only"]] {
            let kept = try json(try Program.run(["audit", "--ledger", ledger, "--format", "json"] + arguments))
            for key in ["requests", "calls", "spend", "tokens", "by_customer", "by_feature", "latency_ms"] {
                #expect(try part(key, of: kept) == part(key, of: file), "\(key)")
            }
        }
        let kept = try json(try Program.run(["audit", "--ledger", ledger, "--format", "json"]))
        for key in ["duplicates", "prefix_reuse", "untagged", "top_prompts"] {
            #expect(try part(key, of: kept) == part(key, of: file), "\(key)")
        }
    }

    @Test("Lines of a bill that look alike all count; the bill given twice counts once")
    func bills() throws {
        let folder = try Program.newFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let ledger = "sqlite:" + folder.appending(path: "ledger.sqlite").path
        for added in [3, 0] {
            let outcome = try json(
                try Program.run(["import", "focus/alike.csv", "--ledger", ledger, "--format", "json"]))
            #expect(outcome["control_totals_added"] as? Int == added)
        }
        for arguments in [["focus/alike.csv"], ["focus/alike.csv", "focus/alike.csv"], ["--ledger", ledger]] {
            let outcome = try Program.run(["audit", "--format", "json"] + arguments)
            #expect(outcome.output.contains("\"billed\": 3,"), "\(arguments)")
        }
    }

    @Test("A file that is not a ledger is refused, and left as it is")
    func foreign() throws {
        let folder = try Program.newFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: "notes.txt")
        let text = "these are my notes, and they are long enough to be taken for a database header by nobody"
        try Data(text.utf8).write(to: file)
        let outcome = try Program.run(["import", "golden/usage.jsonl", "--ledger", "sqlite:" + file.path])
        #expect(outcome.exitCode == 65)
        #expect(try String(contentsOf: file, encoding: .utf8) == text)
    }
}
