import Foundation
import Testing

@Suite("Golden audits")
struct GoldenTests {
    /// Compares with a golden file, or writes it where PAYBACK_UPDATE_GOLDEN is set (make golden).
    private func check(_ text: String, _ name: String) throws {
        let file = Program.fixtures.appending(path: "golden/\(name)")
        if ProcessInfo.processInfo.environment["PAYBACK_UPDATE_GOLDEN"] != nil {
            try Data(text.utf8).write(to: file)
        }
        let golden = try String(contentsOf: file, encoding: .utf8)
        #expect(text == golden, "\(name) differs; if that is meant, run make golden")
    }

    @Test(arguments: [("text", "txt"), ("json", "json"), ("markdown", "md"), ("html", "html")])
    func audit(_ format: String, _ suffix: String) throws {
        let outcome = try Program.run([
            "audit", "golden/usage.jsonl", "litellm/spend_logs.jsonl", "--prices", "golden/prices.yaml", "--format",
            format,
            "--invoice", "openai=2026-10:0.05", "--top", "5",
        ])
        #expect(outcome.exitCode == 0, "\(outcome.error)")
        try check(outcome.output, "audit.\(suffix)")
    }

    @Test("A case page", arguments: [("text", "txt"), ("markdown", "md"), ("html", "html")])
    func casePage(_ format: String, _ suffix: String) throws {
        let outcome = try Program.run([
            "roi", "run", "--template", "document-processing", "--set", "first_month=2026-03", "--draws", "1024",
            "--format", format,
        ])
        #expect(outcome.exitCode == 0, "\(outcome.error)")
        try check(outcome.output, "case.\(suffix)")
    }

    @Test("JSON is JSON, with the keys that the documentation fixes")
    func keys() throws {
        let outcome = try Program.run(["audit", "golden/usage.jsonl", "--format", "json"])
        let root = try #require(try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
        let fixed = [
            "period", "requests", "rows_read", "rows_rejected", "spend", "tokens", "cost_per_request_usd", "latency_ms",
            "by_model", "by_feature", "by_customer", "duplicates", "prefix_reuse", "coverage", "untagged",
            "top_prompts",
            "top_templates", "diagnostics",
        ]
        for key in fixed { #expect(root[key] != nil, "\(key)") }
        let model = try #require((root["by_model"] as? [[String: Any]])?.first)
        for key in [
            "provider", "model", "requests", "cost_usd", "cost_share", "uncached_input", "cache_read",
            "cost_per_request_usd",
        ] {
            #expect(model[key] != nil, "\(key)")
        }
        let reuse = try #require(root["prefix_reuse"] as? [[String: Any]])
        #expect(reuse.map { $0["ttl_seconds"] as? Int } == [300, 3600, nil])
    }
}
