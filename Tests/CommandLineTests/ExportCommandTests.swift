import Foundation
import Testing

@Suite("payback export")
struct ExportCommandTests {
    private func spend(_ arguments: [String], in folder: URL) throws -> [String: Any] {
        let outcome = try Program.run(["audit", "--format", "json"] + arguments, in: folder)
        #expect(outcome.exitCode == 0, "\(outcome.error)")
        return try #require(try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
    }

    private func withLedger(_ body: (URL) throws -> Void) throws {
        let folder = try Program.newFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let sample = try Program.run(
            ["sample", "--requests", "1500", "--seed", "8", "--output", "usage.jsonl"], in: folder)
        #expect(sample.exitCode == 0, "\(sample.error)")
        #expect(try Program.run(["import", "usage.jsonl", "--ledger", "sqlite:l.sqlite"], in: folder).exitCode == 0)
        try body(folder)
    }

    @Test("What is exported is read back with the same sums, to the nano-dollar", arguments: ["csv", "jsonl"])
    func roundTrip(target: String) throws {
        try withLedger { folder in
            let file = "out.\(target)"
            let written = try Program.run(
                ["export", target, "--output", file, "--ledger", "sqlite:l.sqlite"], in: folder)
            #expect(written.exitCode == 0, "\(written.error)")
            let (ledger, exported) = (
                try spend(["--ledger", "sqlite:l.sqlite"], in: folder), try spend([file], in: folder)
            )
            for key in ["requests", "cost_per_request_usd"] {
                #expect(ledger[key] as? Double == exported[key] as? Double && ledger[key] != nil, "\(key)")
            }
            let (a, b) = (ledger["tokens"] as? [String: Double], exported["tokens"] as? [String: Double])
            #expect(a == b && a?["output"] ?? 0 > 0)
            let total = (ledger["spend"] as? [String: Any])?["total_usd"] as? Double
            #expect(total == (exported["spend"] as? [String: Any])?["total_usd"] as? Double && total != nil)
        }
    }

    @Test("A FOCUS bill of the ledger is a bill that the ledger explains whole")
    func focus() throws {
        try withLedger { folder in
            let written = try Program.run(
                ["export", "focus", "--output", "focus.csv", "--ledger", "sqlite:l.sqlite"], in: folder)
            #expect(written.exitCode == 0, "\(written.error)")
            let bill = try Program.run(["import", "focus.csv", "--ledger", "sqlite:l.sqlite"], in: folder)
            #expect(bill.exitCode == 0, "\(bill.error)")
            let audit = try spend(["--ledger", "sqlite:l.sqlite"], in: folder)
            let coverage = try #require(audit["coverage"] as? [[String: Any]])
            let openAI = try #require(coverage.first { $0["provider"] as? String == "openai" })
            let (billed, explained) = (openAI["billed_usd"] as? Double, openAI["explained_usd"] as? Double)
            #expect(billed == explained && billed != nil, "\(openAI)")
            let reconciled = try Program.run(["reconcile", "--ledger", "sqlite:l.sqlite"], in: folder)
            #expect(reconciled.exitCode == 0 && reconciled.output.contains("100.0"), "\(reconciled.output)")
            for format in ["json", "markdown", "html"] {
                let outcome = try Program.run(
                    ["reconcile", "--format", format, "--ledger", "sqlite:l.sqlite"], in: folder)
                #expect(outcome.exitCode == 0 && outcome.output.contains("openai"))
            }
        }
    }

    @Test("Bad use has its exit code")
    func refused() throws {
        let folder = try Program.newFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let kind = try Program.run(["export", "parquet"], in: folder)
        #expect(kind.exitCode == 64 && kind.error.contains("focus"))
        let missing = try Program.run(["export", "csv", "--ledger", "sqlite:none.sqlite"], in: folder)
        #expect(missing.exitCode == 69, "\(missing.error)")
    }
}
