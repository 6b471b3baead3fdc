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

    @Test("Provisioned hours on a bill are spread over the teams that used them")
    func commitment() throws {
        let folder = try Program.newFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let bill = """
            BilledCost,EffectiveCost,BillingCurrency,ChargePeriodStart,ChargePeriodEnd,ChargeCategory,ProviderName,ServiceName,ServiceCategory,CommitmentDiscountStatus,SkuPriceDetails,ConsumedQuantity,ConsumedUnit
            10.00,0,USD,2026-10-01T00:00:00Z,2026-10-02T00:00:00Z,Purchase,OpenAI,API,AI and Machine Learning,,,,
            0,6.00,USD,2026-10-01T00:00:00Z,2026-10-02T00:00:00Z,Usage,OpenAI,API,AI and Machine Learning,Used,"{""ModelId"":""gpt-5"",""TokenDirection"":""Input"",""TokenCacheAction"":""Uncached""}",1000,Tokens
            0,4.00,USD,2026-10-01T00:00:00Z,2026-10-02T00:00:00Z,Usage,OpenAI,API,AI and Machine Learning,Unused,,,
            """
        try bill.write(to: folder.appending(path: "bill.csv"), atomically: true, encoding: .utf8)
        let mapping = "id,time,provider,model,team,input_tokens,output_tokens\n"
        let usage =
            mapping
            + "1,2026-10-01T10:00:00Z,openai,gpt-5,search,750,0\n2,2026-10-01T11:00:00Z,openai,gpt-5,sales,250,0\n"
        try usage.write(to: folder.appending(path: "usage.csv"), atomically: true, encoding: .utf8)
        #expect(try Program.run(["import", "usage.csv", "bill.csv"], in: folder).exitCode == 0)
        let found = try JSONValue.parse(
            try Program.run(["reconcile", "--commitments-by", "team", "--format", "json"], in: folder).output)
        let use = found["providers"]?.elements.first?["commitments"]?.elements.first
        #expect(use?["billed_usd"]?.text == "10" && use?["unused_usd"]?.text == "4", "\(String(describing: use))")
        let shares = use?["shares"]?.elements.map { "\($0["name"]?.text ?? "") \($0["cost_usd"]?.text ?? "")" }
        #expect(shares == ["search 4.5", "sales 1.5"])
        let page = try Program.run(["reconcile", "--format", "markdown"], in: folder).output
        #expect(page.contains("Unused commitment"))
        #expect(try Program.run(["reconcile", "--commitments-by", "mood"], in: folder).exitCode == 64)
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
