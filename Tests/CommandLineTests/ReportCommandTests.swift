import Foundation
import Testing

@Suite("payback report")
struct ReportCommandTests {
    /// A folder with a ledger of composed traffic.
    private func withLedger(_ body: (URL) throws -> Void) throws {
        let folder = try Program.newFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let sample = try Program.run(
            ["sample", "--requests", "2000", "--seed", "6", "--output", "usage.jsonl"], in: folder)
        #expect(sample.exitCode == 0, "\(sample.error)")
        #expect(try Program.run(["import", "usage.jsonl", "--ledger", "sqlite:l.sqlite"], in: folder).exitCode == 0)
        try body(folder)
    }

    private static let ledger = ["--ledger", "sqlite:l.sqlite"]

    @Test("Each report exists in each format, and its sums agree with the audit's")
    func formats() throws {
        try withLedger { folder in
            let audit = try Program.run(["audit", "--format", "json"] + Self.ledger, in: folder)
            let audited = try #require(
                try JSONSerialization.jsonObject(with: Data(audit.output.utf8)) as? [String: Any])
            let spend = try #require((audited["spend"] as? [String: Any])?["total_usd"] as? Double)
            for (report, key) in [("executive", "realized_usd"), ("monthly", "spend_usd"), ("savings", "realized_usd")]
            {
                for (format, mark) in [
                    ("text", "October 2026"), ("markdown", "# "), ("html", "</html>"), ("csv", "key,value\r\n"),
                ] {
                    let outcome = try Program.run(["report", report, "--format", format] + Self.ledger, in: folder)
                    #expect(
                        outcome.exitCode == 0 && outcome.output.contains(mark), "\(report) \(format) \(outcome.error)")
                }
                let json = try Program.run(["report", report, "--format", "json"] + Self.ledger, in: folder)
                let root = try #require(
                    try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
                #expect(root[key] as? Double == spend, "\(report)")
            }
        }
    }

    @Test("The business case recommends what the numbers say")
    func businessCase() throws {
        func recommendation(_ arguments: [String]) throws -> String? {
            let outcome = try Program.run(
                ["report", "business-case", "--draws", "512", "--format", "json", "--registry", "none.sqlite"]
                    + arguments)
            let root = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any]
            return root?["recommendation"] as? String
        }
        #expect(try recommendation(["--template", "customer-support"]) == "decline")
        #expect(try recommendation(["--template", "conversational-agent"]) == "stage", "its value is only stated")
        let text = try Program.run([
            "report", "business-case", "--template", "customer-support", "--draws", "512", "--registry", "none.sqlite",
        ])
        #expect(text.output.contains("Do not fund it as planned") && !text.output.contains("Expand"))
    }

    @Test(
        "Bad use and bad input have their exit codes and words",
        arguments: [
            (["executive", "--month", "2031-01"], Int32(65), "nothing of January 2031"),
            (["executive", "--month", "soon"], 64, "2026-10"), (["monthly", "--format", "pdf"], 64, "--output"),
            (["monthly", "--month", "2026-10", "--since", "2026-10-01"], 64, "not both"),
            (["monthly", "--showback", "nowhere.yaml"], 66, "nowhere.yaml"),
            (["savings", "--plan", "usage.jsonl"], 65, "usage.jsonl"),
        ])
    func refused(arguments: [String], exitCode: Int32, words: String) throws {
        try withLedger { folder in
            let outcome = try Program.run(["report"] + arguments + Self.ledger, in: folder)
            #expect(outcome.exitCode == exitCode, "\(outcome.error)")
            #expect(outcome.error.contains(words) && outcome.output.isEmpty, "\(outcome.error)")
        }
    }

    @Test("A PDF without a browser is refused with what to do instead")
    func withoutBrowser() throws {
        try withLedger { folder in
            let outcome = try Program.run(
                ["report", "executive", "--format", "pdf", "--output", "r.pdf"] + Self.ledger, in: folder,
                path: "/nowhere")
            #expect(outcome.exitCode == 69 && outcome.error.contains("apt-get install chromium"), "\(outcome.error)")
            #expect(!FileManager.default.fileExists(atPath: folder.appending(path: "r.pdf").path))
        }
    }
}
