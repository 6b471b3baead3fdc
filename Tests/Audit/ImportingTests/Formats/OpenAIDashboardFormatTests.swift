import Domain
import Importing
import Testing

@Suite struct OpenAIDashboardFormatTests {
    @Test func totals() async throws {
        let read = try await ReadInput.fixture("openai-dashboard/usage.csv")
        #expect(read.summary.inputs.first?.format == "openai-dashboard")
        #expect(read.records.isEmpty)
        #expect(read.controlTotals.count == 2)
        let total = try #require(read.controlTotals.first)
        #expect(total.authority == .usageReport)
        #expect(total.provider == "openai")
        #expect(total.model == "gpt-4o-mini-2024-07-18")
        #expect(total.requests == 3)
        #expect(total.usage.buckets == [600, 400, nil, 0, 200])
        #expect(total.period.start.rfc3339 == "2026-10-01T10:00:00Z")
        #expect(total.period.end.rfc3339 == "2026-10-01T10:01:00Z")
        #expect(total.dimensions["project_id"] == "proj_a")
        #expect(total.dimensions["api_key_id"] == "key_1")
        #expect(read.controlTotals[1].usage.buckets == [500, 0, nil, 0, 100])
        #expect(read.diagnostic("negative_tokens")?.line == 4)
    }

    @Test func anExportWithoutUsageIsNoError() async throws {
        let read = try await ReadInput.fixture("openai-dashboard/no_usage.csv")
        #expect(read.controlTotals.isEmpty)
        #expect(read.summary.diagnostics.rejections == 0)
        #expect(read.diagnostic("no_usage")?.severity == .note)
        #expect(read.diagnostic("no_usage")?.count == 2)
    }
}
