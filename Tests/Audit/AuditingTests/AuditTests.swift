import Auditing
import Documents
import Domain
import Testing

@Suite("The audit")
struct AuditTests {
    private func line(
        _ id: Int, customer: String? = "acme", feature: String? = "search", prompt: String? = nil,
        cost: String = "0.01",
        model: String = "gpt-5-mini", status: Int = 200, at: String = "2026-10-01T00:00:00Z"
    ) -> String {
        var fields = [
            "\"timestamp\":\"\(at)\"", "\"request_id\":\"r\(id)\"", "\"model\":\"\(model)\"", "\"uncached_input\":100",
            "\"cache_read\":50", "\"output\":10", "\"cost_usd\":\(cost)", "\"latency_ms\":\(id * 10)",
            "\"status\":\(status)",
        ]
        if let customer { fields.append("\"customer\":\"\(customer)\"") }
        if let feature { fields.append("\"feature\":\"\(feature)\"") }
        if let prompt { fields.append("\"prompt\":\"\(prompt)\"") }
        return "{" + fields.joined(separator: ",") + "}"
    }

    @Test("Spend adds up by model, feature and customer, with shares")
    func groups() async throws {
        let text = [
            line(1), line(2, customer: "beta", cost: "0.03"), line(3, feature: "chat", cost: "0.05", model: "gpt-5"),
            line(4, customer: nil, feature: nil, cost: "0.01"),
        ].joined(separator: "\n")
        let findings = try await AuditFiles.findings([text])
        #expect(findings.totals.cost.decimalText == "0.1")
        #expect(
            findings.byModel.map(\.name) == ["gpt-5-mini", "gpt-5"]
                || findings.byModel.map(\.name) == ["gpt-5", "gpt-5-mini"])
        for groups in [findings.byModel, findings.byFeature, findings.byCustomer] {
            #expect(groups.reduce(NanoUSD.zero) { $0 + $1.measures.cost } == findings.totals.cost)
        }
        #expect(
            findings.byCustomer.first?.name == "acme" && findings.byCustomer.first?.measures.cost.decimalText == "0.06")
        #expect(findings.untagged.requests == 1 && findings.untagged.cost.decimalText == "0.01")
        #expect(findings.totals.cacheRead == 200 && findings.totals.uncachedInput == 400)
        #expect(findings.byModel.allSatisfy { $0.provider == "openai" })
    }

    @Test("Repeated prompts: exact, and after folding case and white space, with the dollars behind them")
    func duplicates() async throws {
        let text = [
            line(1, prompt: "What is up?"), line(2, prompt: "What is up?"), line(3, prompt: "what  IS up?"),
            line(4, prompt: "Something else"), line(5),
        ].joined(separator: "\n")
        let duplicates = try await AuditFiles.findings([text]).duplicates
        #expect(duplicates.requestsWithPrompt == 4 && duplicates.distinctPrompts == 3)
        #expect(duplicates.duplicateRequests == 1 && duplicates.duplicateCost.decimalText == "0.01")
        #expect(duplicates.normalisedRequests == 2 && duplicates.normalisedCost?.decimalText == "0.02")
        #expect(duplicates.rate == 0.25)
    }

    @Test("The same file twice counts once; the same record in two files counts once")
    func twice() async throws {
        let text = [line(1), line(2)].joined(separator: "\n")
        let findings = try await AuditFiles.findings([text, text, line(2) + "\n" + line(3)])
        #expect(findings.totals.requests == 3 && findings.recordsRepeated == 3)
        let withoutID = #"{"model":"gpt-5-mini","input_tokens":1,"output":1,"cost_usd":1}"#
        let pair = withoutID + "\n" + withoutID
        #expect(try await AuditFiles.findings([pair]).totals.requests == 2)
        #expect(try await AuditFiles.findings([pair, pair]).totals.requests == 2)
        #expect(try await AuditFiles.findings([withoutID, pair]).totals.requests == 2)
    }

    @Test("Calls of one request, a retry among them, all count")
    func retries() async throws {
        let first =
            #"{"timestamp":"2026-10-01T00:00:00Z","request_id":"a","model":"gpt-5-mini","output":1,"cost_usd":1,"status":500}"#
        let second =
            #"{"timestamp":"2026-10-01T00:00:02Z","request_id":"a","model":"gpt-5-mini","output":1,"cost_usd":1,"purpose":"retry"}"#
        let findings = try await AuditFiles.findings([first + "\n" + second, second])
        #expect(findings.totals.calls == 2 && findings.totals.requests == 1 && findings.totals.cost.decimalText == "2")
        #expect(findings.recordsRepeated == 1)
    }

    @Test("Two formats in one run, and the same response from two sources is not counted twice")
    func twoFormats() async throws {
        let generic =
            #"{"request_id":"a","response_id":"chatcmpl-1","model":"gpt-5-mini","input_tokens":1,"output":1,"cost_usd":1}"#
        let csv = "request_id,response_id,model,input_tokens,output,cost_usd\nb,chatcmpl-2,gpt-5-mini,1,1,2\n"
        let findings = try await AuditFiles.findings([generic, csv])
        #expect(findings.totals.cost.decimalText == "3")
    }

    @Test("A period is half open")
    func period() async throws {
        let text = [
            line(1, at: "2026-10-01T00:00:00Z"), line(2, at: "2026-10-02T00:00:00Z"),
            line(3, at: "2026-10-03T00:00:00Z"),
        ]
        .joined(separator: "\n")
        let period = Period(
            start: Timestamp(year: 2026, month: 10, day: 1), end: Timestamp(year: 2026, month: 10, day: 3))
        let findings = try await AuditFiles.findings([text], period: period)
        #expect(findings.totals.requests == 2)
        #expect(findings.diagnostics.contains { $0.code == "outside_period" && $0.count == 1 })
    }

    @Test("An invoice is compared with the records of its month, per provider")
    func coverage() async throws {
        let text = [line(1), line(2, at: "2026-11-01T00:00:00Z"), line(3, model: "claude-sonnet-4-5")].joined(
            separator: "\n")
        var invoice = ControlTotal(
            authority: .invoice, source: "typed",
            period: Period(
                start: Timestamp(year: 2026, month: 10, day: 1), end: Timestamp(year: 2026, month: 11, day: 1)),
            provider: "openai")
        invoice.billed = BilledAmount(picos: 40_000_000_000)
        let coverage = try await AuditFiles.findings([text], invoices: [invoice]).coverage
        let openai = try #require(coverage.first { $0.provider == "openai" })
        #expect(
            openai.explained.decimalText == "0.01" && openai.unattributed?.decimalText == "0.03" && openai.rate == 0.25)
        #expect(coverage.first { $0.provider == "anthropic" }?.billed == nil)
    }

    @Test("Failed calls and refused ones are counted with their cost")
    func failures() async throws {
        let text = [line(1), line(2, cost: "0.02", status: 500), line(3, cost: "0", status: 429)].joined(
            separator: "\n")
        let totals = try await AuditFiles.findings([text]).totals
        #expect(totals.failed == 1 && totals.refused == 1)
    }

    @Test("Prompts come together in templates with advice")
    func templates() async throws {
        let text = (1...200).map {
            line(
                $0,
                prompt:
                    "You are a helpful agent of Acme. Answer the question of the customer: case \($0) about \($0 % 7)")
        }.joined(separator: "\n")
        let findings = try await AuditFiles.findings([text])
        #expect(findings.topTemplates.count == 1)
        #expect(findings.topTemplates.first?.measures.requests == 200)
        #expect(findings.topTemplates.first?.pattern?.hasPrefix("You are a helpful agent of Acme.") == true)
        #expect(findings.topTemplates.first?.measures.cost.decimalText == "2")
    }

    @Test("Nothing at all is null in JSON, never a made-up zero or an infinity")
    func nothing() async throws {
        let json = try await AuditFiles.findings([""]).json.text
        for part in ["\"period\": null", "\"p50\": null", "\"duplicate_rate\": null", "\"cost_per_request_usd\": null"]
        {
            #expect(json.contains(part), "\(part)")
        }
        #expect(!json.contains("inf") && !json.contains("nan") && !json.contains("e-"))
    }
}
