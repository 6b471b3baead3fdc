import Domain
import Importing
import Sampling
import Testing

/// Each error is looked for in the files themselves, and has the amount that `truth.json` names.
@Suite("The planted errors")
struct PlantedErrorTests {
    private let truth: MonthTruth
    private let read: MonthReading

    init() async throws {
        let month = try ComposedMonth.make()
        truth = try month.truth()
        read = try await month.imported()
    }

    private static func moment(_ text: String) throws -> Timestamp { try #require(Timestamp.read(text)) }

    @Test("OpenAI's bill has a day of which there is no record")
    func missingDay() throws {
        let planted = try truth.planted("missing_day")
        let (start, end) = (try Self.moment(planted.start), try Self.moment(planted.end))
        #expect(!read.records("openai").contains { $0.start >= start && $0.start < end })
        let days = Set(read.records("openai").map { $0.start.day })
        #expect(days.count == 30)
        let lines = read.lines("openai", "Usage").filter { $0.period.start == start }
        #expect(lines.billed == planted.amount && planted.amount > 0)
    }

    @Test("OpenAI's batch and flex requests are recorded without their tier")
    func tiers() throws {
        #expect(read.records("openai").allSatisfy { $0.tier == nil })
        let missing = try Self.moment(try truth.planted("missing_day").start)
        let lines = read.lines("openai").filter { $0.dimensions["service_tier"] != nil && $0.period.start != missing }
        #expect(Set(lines.compactMap { $0.dimensions["service_tier"] }) == ["batch", "flex"])
        // Both tiers cost half of the standard price.
        #expect(try truth.planted("tier_priced_as_standard").amount == -lines.billed)
    }

    @Test("Anthropic's batches are recorded with their tier and priced by it")
    func recordedTier() {
        #expect(read.records("anthropic").contains { $0.tier == "batch" })
        #expect(read.lines("anthropic").contains { $0.dimensions["service_tier"] == "batch" })
    }

    @Test("A feature's records have no cache writes, which the bill has")
    func cacheWrites() throws {
        let planted = try truth.planted("cache_writes_missing")
        let tool = read.records("anthropic").filter { $0.feature == "code-review" }
        #expect(tool.contains { $0.usage.cacheRead.orZero > 0 })
        #expect(tool.allSatisfy { $0.usage.cacheWrite5m == .zero })
        let billed = read.lines("anthropic").filter { $0.model == "claude-opus-5" }
            .reduce(0) { $0 + $1.usage.cacheWrite5m.orZero }
        let recorded = read.records("anthropic").filter { $0.model == "claude-opus-5" }
            .reduce(0) { $0 + $1.usage.cacheWrite5m.orZero }
        // 6.25 USD per million.
        #expect(planted.amount == Int128(billed - recorded) * 6_250_000)
        #expect(planted.amount > 0)
    }

    @Test("Two hours of a feature are recorded twice, under other ids")
    func duplicates() throws {
        let planted = try truth.planted("duplicate_records")
        let groups = Dictionary(grouping: read.records("anthropic"), by: \.content).values.filter { $0.count == 2 }
        #expect(groups.count == planted.calls)
        #expect(groups.allSatisfy { $0[0].identity != $0[1].identity && $0[0].feature == "support-chat" })
        let (start, end) = (try Self.moment(planted.start), try Self.moment(planted.end))
        #expect(groups.allSatisfy { $0[0].start >= start && $0[0].start < end })
        #expect(end.microseconds - start.microseconds == 7_200_000_000)
        #expect(planted.amount == -groups.reduce(0) { $0 + $1[0].picos })
    }

    @Test("Bedrock bills one model 8 % below the list")
    func negotiatedPrice() throws {
        let lines = read.lines("bedrock").filter { $0.model == "anthropic.claude-sonnet-5" }
        #expect(lines.billed * 100 == lines.listed * 92)
        #expect(try truth.planted("negotiated_price").amount == lines.billed - lines.listed)
        let others = read.lines("bedrock").filter { $0.model != "anthropic.claude-sonnet-5" }
        #expect(others.billed == others.listed && !others.isEmpty)
    }

    @Test("Bedrock bills a model that the price book does not have")
    func unpricedModel() throws {
        let planted = try truth.planted("unpriced_model")
        let records = read.records.filter { $0.kind == .unpriced }
        #expect(records.count == planted.calls)
        #expect(Set(records.map(\.model)) == ["support-llama-70b"])
        let lines = read.lines("bedrock").filter { $0.dimensions["resource"]?.hasSuffix("/support-llama-70b") == true }
        #expect(lines.billed == planted.amount && planted.amount > 0)
        #expect(lines.allSatisfy { $0.model == nil })
    }

    @Test("Vertex AI's days begin at midnight Pacific, so that the month's first hours are not on the bill")
    func timing() throws {
        let planted = try truth.planted("timing")
        let end = try Self.moment(planted.end)
        #expect(planted.end == "2026-10-01T07:00:00Z")
        let early = read.records("vertex_ai").filter { $0.start < end }
        #expect(!early.isEmpty && planted.amount == -early.picos)
        #expect(read.lines("vertex_ai").map(\.period.start).min() == end)
        #expect(read.lines("vertex_ai").map(\.period.end).max() == (try Self.moment("2026-11-01T07:00:00Z")))
    }

    @Test("Vertex AI gives a promotional credit")
    func credit() throws {
        let credits = read.lines("vertex_ai", "Credit")
        #expect(credits.allSatisfy { $0.dimensions["credit_type"] == "PROMOTION" })
        #expect(try truth.planted("credit").amount == credits.billed && credits.billed < 0)
    }

    @Test("Mistral bills in euros at a stated rate, with value added tax")
    func currencyAndTax() throws {
        let (usage, tax) = (read.lines("mistral", "Usage"), read.lines("mistral", "Tax"))
        #expect(tax.count == 1 && tax.billed * 5 == usage.billed)
        #expect(try truth.planted("tax").amount == tax.billed * 5 / 4)
        #expect((usage + tax).allSatisfy { $0.currency == "EUR" && $0.dimensions["exchange_rate"] == "0.8" })
        // Converted, usage is what the records come to; read as dollars it is a fifth less.
        let planted = try truth.planted("currency")
        #expect(planted.amount == 0 && usage.billed * 5 / 4 == read.records("mistral").picos)
        let apparent = BilledAmount(picos: usage.billed - read.records("mistral").picos).decimalText
        #expect(planted.detail.contains(apparent))
    }

    @Test("OpenAI's adjustments come to nothing")
    func adjustments() {
        let adjustments = read.lines("openai", "Adjustment")
        #expect(adjustments.count == 2 && adjustments.billed == 0)
        #expect(adjustments.contains { $0.dimensions["charge_class"] == "Correction" })
    }
}
