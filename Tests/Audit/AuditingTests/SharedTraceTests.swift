import Auditing
import Domain
import Foundation
import Importing
import Inputs
import Testing

private let azure = "traffic/AzureLLMInferenceTrace_conv_2023.csv"
private let mooncake = "traffic/mooncake_conversation_trace.jsonl"

@Suite("Published traces")
struct SharedTraceTests {
    @Test(
        "The Azure trace with a mapping gives the published sums",
        .enabled(if: AuditFiles.isThere(azure), "the shared traffic data is not beside the project"))
    func azureSums() async throws {
        let mapping = try ColumnMapping(
            YAMLDocument(
                text:
                    "timestamp: TIMESTAMP\ninput_tokens: ContextTokens\noutput: GeneratedTokens\nmodel: =gpt-5-mini\n",
                file: "azure.yaml"))
        let findings = try await AuditFiles.findings(sharedFile: azure, format: GenericFormat(mapping: mapping))
        #expect(findings.totals.requests == 19_366 && findings.rowsRead == 19_366 && findings.rowsRejected == 0)
        #expect(findings.totals.totalInput == 22_361_870 && findings.totals.output == 4_088_665)
        #expect(findings.period?.start.rfc3339 == "2023-11-16T18:15:46.68059Z")
    }

    @Test(
        "The Mooncake trace gives the published sums and prefix reuse",
        .enabled(if: AuditFiles.isThere(mooncake), "the shared traffic data is not beside the project"))
    func mooncakeReuse() async throws {
        let findings = try await AuditFiles.findings(sharedFile: mooncake)
        #expect(findings.totals.requests == 12_031)
        #expect(findings.totals.totalInput == 144_793_823 && findings.totals.output == 4_122_048)
        let rates = findings.prefixReuse.map { ($0.rate ?? 0) * 100 }
        #expect(abs(rates[0] - 29.3) < 0.1 && abs(rates[1] - 37.4) < 0.1 && rates[2] >= rates[1])
    }

    @Test(
        "FOCUS samples sum exactly as control totals",
        .enabled(if: AuditFiles.isThere("focus"), "the shared FOCUS data is not beside the project"),
        arguments: [
            ("focus_1.0_sample.csv", ["20.52022672899", "14.97651418586", "20.39090575119", "14.97626039326"]),
            ("focus_ai_billing/per_token_foundation_model_api.csv", ["94.5", "94.5", "94.5", "94.5"]),
            ("focus_ai_billing/cached_tokens_via_csp_marketplace.csv", ["47.5", "47.5", "47.5", "47.5"]),
            (
                "focus_ai_billing/drawdown_via_prepayment_foundation_model_api.csv",
                ["500000", "50", "500062.5", "500050"]
            ),
        ])
    func focus(_ file: String, _ sums: [String]) async throws {
        let findings = try await AuditFiles.findings(sharedFile: "focus/" + file)
        let totals = findings.controlTotals
        #expect(BilledAmount(picos: totals.reduce(0) { $0 + $1.billed.picos }).decimalText == sums[0])
        if file.contains("1.0_sample") || file.contains("drawdown") {
            #expect(BilledAmount(picos: totals.reduce(0) { $0 + $1.effective.picos }).decimalText == sums[1])
            #expect(BilledAmount(picos: totals.reduce(0) { $0 + $1.list.picos }).decimalText == sums[2])
            #expect(BilledAmount(picos: totals.reduce(0) { $0 + $1.contracted.picos }).decimalText == sums[3])
        }
        #expect(findings.totals.calls == 0, "control totals are never added to records")
        #expect(findings.rowsRejected == 0)
    }
}
