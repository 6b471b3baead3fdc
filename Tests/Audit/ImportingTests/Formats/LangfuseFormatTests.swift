import Domain
import Importing
import Testing

@Suite struct LangfuseFormatTests {
    @Test(arguments: ["langfuse/observations.jsonl", "langfuse/observations.csv"])
    func export(_ file: String) async throws {
        let read = try await ReadInput.fixture(file)
        #expect(read.summary.inputs.first?.format == "langfuse")
        #expect(read.records.count == 2)
        let record = try #require(read.records.first)
        // Failure 13: reasoning stands beside the output.
        #expect(record.usage.buckets == [600, 400, nil, nil, 200])
        #expect(record.usage.reasoning.known == 50)
        #expect(record.cost.decimalText == "0.00024")
        #expect(record.costKind == .reported)
        #expect(record.latency == 2_500_000)
        #expect(record.timeToFirstToken == 350_000)
        #expect(read.name(record.feature) == "answer-question")
        #expect(read.name(record.template) == "answer@3")
        #expect(read.name(record.customer) == "acme")
        #expect(read.name(record.environment) == "production")
        #expect(read.text(record.requestID) == "t-1")
        #expect(!record.prompt.exact.isAbsent)
        #expect(read.diagnostic("not_a_generation")?.severity == .note)
        #expect(read.summary.diagnostics.rejections == 0)
    }

    /// Failure 9: cached tokens that are counted in the input as well are counted once.
    @Test func overlappingKeys() async throws {
        let read = try await ReadInput.fixture("langfuse/observations.jsonl")
        let record = read.records[1]
        #expect(record.usage.buckets == [86, 17817, nil, nil, 100])
        #expect(record.usage.totalInput == 17903)
        #expect(record.status == .failed)
        #expect(record.costKind == .priced)
        #expect(record.cost.decimalText == "0.001409175")
        #expect(read.codes.contains("langfuse_overlap"))
    }

    @Test func answerOfTheAPI() async throws {
        let read = try await ReadInput.fixture("langfuse/api.json")
        let record = try #require(read.records.first)
        #expect(record.usage.buckets == [400, 1000, 500, 100, 100])
        #expect(record.cost.decimalText == "0.005475")
        #expect(record.latency == 1_000_000)
        #expect(read.name(record.customer) == "acme")
        #expect(read.name(record.team) == "writing")
        #expect(read.name(record.tags) == "team=writing")
        #expect(read.text(record.session) == "s-9")
    }
}
