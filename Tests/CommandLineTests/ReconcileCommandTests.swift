import Foundation
import JSONScan
import Testing

@Suite("payback reconcile")
struct ReconcileCommandTests {
    /// What the composed month calls a cause, and what reconciling calls it.
    private static let names = [
        "missing_day": "missing_days", "tier_priced_as_standard": "tier_mispriced", "unpriced_model": "unpriced",
    ]

    @Test("A rate that no currency has is refused by file and line")
    func rates() throws {
        let folder = try Program.newFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        #expect(try Program.run(["sample", "--requests", "50", "--output", "u.jsonl"], in: folder).exitCode == 0)
        #expect(try Program.run(["import", "u.jsonl"], in: folder).exitCode == 0)
        try Data("date,currency,usd\n2026-10-01,EUR,1e37\n".utf8).write(to: folder.appending(path: "rates.csv"))
        let outcome = try Program.run(["reconcile", "--rates", "rates.csv"], in: folder)
        #expect(outcome.exitCode == 65 && outcome.error.contains("rates.csv:2: One EUR"), "\(outcome.error)")
    }

    @Test("A composed month of five providers: all ten planted errors are found, and tie exactly", arguments: [1, 2])
    func planted(seed: Int) throws {
        let folder = try Program.newFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let made = try Program.run(
            ["sample", "--requests", "20000", "--seed", "\(seed)", "--with-bills", "month"], in: folder)
        #expect(made.exitCode == 0)
        let bills = ["openai.csv", "anthropic.csv", "bedrock-cur.csv", "vertex-billing.jsonl", "mistral.csv"]
        let imported = try Program.run(["import"] + (["usage.jsonl"] + bills).map { "month/" + $0 }, in: folder)
        #expect(imported.exitCode == 0)
        let found = try JSONValue.parse(try Program.run(["reconcile", "--format", "json"], in: folder).output)
        let truth = try JSONValue.parse(
            try String(contentsOf: folder.appending(path: "month/truth.json"), encoding: .utf8))
        var causes: [String: String] = [:]
        for provider in found["providers"]?.elements ?? [] {
            for cause in provider["causes"]?.elements ?? [] {
                let key = "\(provider["provider"]?.text ?? "") \(cause["cause"]?.text ?? "")"
                causes[key] = cause["amount_usd"]?.text ?? "0"
                #expect((cause["detail"]?.text ?? "").count > 40, "\(key)")
            }
        }
        let errors = truth["errors"]?.elements ?? []
        #expect(errors.count == 10)
        for error in errors {
            let (cause, provider) = (error["cause"]?.text ?? "", error["provider"]?.text ?? "")
            let key = "\(provider) \(Self.names[cause] ?? cause)"
            #expect(causes.removeValue(forKey: key) == error["amount_usd"]?.text, "\(key)")
        }
        // Nothing is found that is not there.
        #expect(causes.isEmpty)
        for provider in truth["providers"]?.elements ?? [] {
            let own = found["providers"]?.elements.first { $0["provider"]?.text == provider["provider"]?.text }
            #expect(own?["difference_usd"]?.text == provider["difference_usd"]?.text)
        }
        let page = try Program.run(["reconcile", "--format", "markdown"], in: folder).output
        #expect(page.contains("Records twice") && page.contains("import that export once"))
    }
}
