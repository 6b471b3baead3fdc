import Domain
import Importing
import Testing

@Suite("AWS Cost and Usage Report")
struct CURFormatTests {
    private static let header =
        "identity_line_item_id,bill_billing_entity,line_item_usage_start_date,line_item_usage_end_date,line_item_line_item_type,line_item_product_code,line_item_usage_type,line_item_operation,line_item_usage_amount,line_item_currency_code,line_item_unblended_cost,pricing_unit,line_item_resource_id,line_item_iam_principal,product,resource_tags,savings_plan_savings_plan_effective_cost"

    /// A line item; `'` stands for a doubled quote.
    private static func line(
        _ usageType: String, type: String = "Usage", code: String = "AmazonBedrock", amount: String = "23",
        cost: String = "0.069", unit: String = "1K tokens", resource: String = "", product: String = "",
        tags: String = "", effective: String = "", entity: String = "AWS"
    ) -> String {
        let cells = [
            "id", entity, "2026-10-01T05:00:00Z", "2026-10-01T06:00:00Z", type, code, usageType,
            "InvokeModelStreamingInference", amount, "USD", cost, unit, resource,
            "arn:aws:iam::123456789012:user/alice", product, tags, effective,
        ]
        return cells.map { $0.contains(",") || $0.contains("'") ? "\"\($0.replacing("'", with: "\"\""))\"" : $0 }
            .joined(separator: ",")
    }

    private static func read(_ lines: String...) async throws -> ReadInput {
        try await ReadInput.reading(([header] + lines).joined(separator: "\n"))
    }

    @Test("The documented line: who called, which model, which tokens, what it cost")
    func documentedLine() async throws {
        let read = try await Self.read(Self.line("USE1-Claude4.6Sonnet-input-tokens"))
        #expect(read.summary.inputs.first?.format == "aws-cur")
        let total = try #require(read.controlTotals.first)
        #expect(total.authority == .bill && total.isAI)
        #expect(total.provider == "bedrock" && total.service == "Amazon Bedrock")
        #expect(total.model == "anthropic.claude-sonnet-4-6")
        #expect(total.usage.buckets == [23_000, nil, nil, nil, nil])
        #expect(total.billed?.decimalText == "0.069" && total.effective?.decimalText == "0.069")
        #expect(total.dimensions["principal"] == "arn:aws:iam::123456789012:user/alice")
        #expect(total.dimensions["charge_category"] == "Usage")
        #expect(total.dimensions["sku"] == "USE1-Claude4.6Sonnet-input-tokens")
        #expect(total.period.start.rfc3339 == "2026-10-01T05:00:00Z")
        #expect(read.summary.diagnostics.entries.isEmpty)
    }

    @Test("All four classes of tokens are counted, in the blocks of their lines")
    func classes() async throws {
        let read = try await Self.read(
            Self.line("USE1-Claude4.6Sonnet-output-tokens", amount: "0.5"),
            Self.line("USE1-Claude4.6Sonnet-cache-read-input-token-count", amount: "1.25"),
            Self.line("USE1-Claude4.6Sonnet-cache-write-input-token-count", amount: "0.0015"),
            Self.line("USE1-Claude4.6Sonnet-cache-write-1h-input-token-count", amount: "2"),
            Self.line(
                "USW2-MP:USW2_InputTokenCount-Units", code: "4a524th30q694o538qndh9ucht", amount: "0.02645",
                unit: "Units", product: "{'product_name':'Claude Haiku 4.5 (Amazon Bedrock Edition)'}",
                entity: "AWS Marketplace"))
        let buckets = read.controlTotals.map(\.usage.buckets)
        #expect(buckets[0] == [nil, nil, nil, nil, 500])
        #expect(buckets[1] == [nil, 1250, nil, nil, nil])
        // Half a token rounds to the even one.
        #expect(buckets[2] == [nil, nil, 2, nil, nil])
        #expect(buckets[3] == [nil, nil, nil, 2000, nil])
        // The marketplace counts in millions.
        #expect(buckets[4] == [26_450, nil, nil, nil, nil])
        #expect(read.controlTotals[4].model == "anthropic.claude-haiku-4-5-20251001-v1:0")
        #expect(read.controlTotals[4].isAI && read.controlTotals[4].provider == "bedrock")
    }

    @Test("The marketplace's line takes its model from the resource where the product has no name")
    func modelOfResource() async throws {
        let read = try await Self.read(
            Self.line(
                "USW2-MP:USW2_OutputTokenCount-Units", code: "4a524th30q694o538qndh9ucht", amount: "1", unit: "Units",
                resource: "arn:aws:bedrock:us-west-2::foundation-model/anthropic.claude-3-5-sonnet-20240620-v1:0"))
        let total = try #require(read.controlTotals.first)
        #expect(total.model == "anthropic.claude-3-5-sonnet-20240620-v1:0")
        #expect(total.usage.buckets == [nil, nil, nil, nil, 1_000_000])
    }

    static let categories: [(type: String, category: String, effective: String?)] = [
        ("Usage", "Usage", "2"), ("Tax", "Tax", "2"), ("Credit", "Credit", "2"), ("Refund", "Credit", "2"),
        ("Fee", "Purchase", "2"), ("SavingsPlanUpfrontFee", "Purchase", "0"), ("RIFee", "Purchase", nil),
        ("EdpDiscount", "Adjustment", "2"), ("SavingsPlanNegation", "Adjustment", "0"),
        ("SavingsPlanCoveredUsage", "Usage", "1.5"),
    ]

    @Test("Line item types are charge categories, and commitments cost where they are used", arguments: categories)
    func chargeCategories(_ expected: (type: String, category: String, effective: String?)) async throws {
        let read = try await Self.read(
            Self.line("USE1-Claude4.6Sonnet-input-tokens", type: expected.type, cost: "2", effective: "1.5"))
        let total = try #require(read.controlTotals.first)
        #expect(total.dimensions["charge_category"] == expected.category)
        #expect(total.billed?.decimalText == "2")
        #expect(total.effective?.decimalText == expected.effective)
        #expect(total.usage.isKnown == (expected.category == "Usage"))
    }

    @Test("Other services are not AI and carry no names")
    func otherServices() async throws {
        let read = try await Self.read(
            Self.line("USE1-BoxUsage:t3.micro", code: "AmazonEC2", unit: "Hrs"),
            Self.line("", type: "Tax", code: "AmazonBedrock", amount: "1", cost: "0.19", unit: ""))
        #expect(read.controlTotals.map(\.isAI) == [false, true])
        #expect(read.controlTotals[0].provider == "aws" && read.controlTotals[0].service == "AmazonEC2")
        #expect(read.controlTotals[0].dimensions == ["charge_category": "Usage"])
        #expect(read.controlTotals[1].usage == .unknown)
        #expect(read.summary.diagnostics.entries.isEmpty)
    }

    @Test("An unknown model's amount counts, and its name is reported")
    func unknownModel() async throws {
        let read = try await Self.read(Self.line("USE1-Claude9Saga-input-tokens"))
        let total = try #require(read.controlTotals.first)
        #expect(total.model == nil && total.usage == .unknown)
        #expect(total.billed?.decimalText == "0.069")
        #expect(total.dimensions["unknown_words"] == "claude9saga")
        #expect(total.dimensions["token_class"] == "uncached_input")
        let diagnostic = try #require(read.diagnostic("unknown_meter"))
        #expect(diagnostic.message.contains("USE1-Claude9Saga-input-tokens") && diagnostic.line == 2)
    }

    @Test("A unit that is not known leaves the tokens open")
    func unknownUnit() async throws {
        let read = try await Self.read(
            Self.line("USE1-anthropic.claude-opus-4-8-mantle-input-tokens-standard", unit: ""),
            Self.line("USE1-Claude4.6Sonnet-input-tokens", unit: ""))
        #expect(read.controlTotals[0].usage == .unknown)
        #expect(read.diagnostic("unknown_unit")?.count == 1)
        // Usage types of the older kind are documented as thousands.
        #expect(read.controlTotals[1].usage.buckets == [23_000, nil, nil, nil, nil])
    }

    @Test("Tags, corrections and columns of the older report")
    func tagsAndOlderColumns() async throws {
        let tagged = try await Self.read(
            Self.line("USE1-Claude4.6Sonnet-input-tokens", amount: "-3", cost: "-0.009", tags: "{'user_team':'search'}")
        )
        let total = try #require(tagged.controlTotals.first)
        #expect(total.dimensions["tag:user_team"] == "search")
        // A month is revised: amounts go down, and tokens cannot be negative.
        #expect(total.billed?.decimalText == "-0.009" && total.usage == .unknown)
        let older = try await ReadInput.reading(
            """
            lineItem/UsageStartDate,lineItem/UsageEndDate,lineItem/ProductCode,lineItem/UsageType,lineItem/UsageAmount,lineItem/UnblendedCost,lineItem/LineItemType,pricing/unit
            2026-10-01T00:00:00Z,2026-10-02T00:00:00Z,AmazonBedrock,APN1-NovaPro-output-tokens,2,0.0064,Usage,1K tokens
            """)
        #expect(older.controlTotals.first?.model == "amazon.nova-pro-v1:0")
        #expect(older.controlTotals.first?.usage.buckets == [nil, nil, nil, nil, 2000])
    }

    @Test("A row without a period and an amount that is none are rejected")
    func rejected() async throws {
        let good = Self.line("USE1-Claude4.6Sonnet-input-tokens")
        let read = try await Self.read(
            good.replacing("2026-10-01T05:00:00Z", with: ""), good.replacing("0.069", with: "free"),
            good.replacing("0.069", with: "NaN"), good.replacing("0.069", with: "1e16"))
        #expect(read.controlTotals.isEmpty)
        #expect(read.codes == ["no_period", "bad_amount", "implausible_amount"])
        #expect(read.diagnostic("bad_amount")?.count == 2)
    }
}
