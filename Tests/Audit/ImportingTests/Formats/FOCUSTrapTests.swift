import Domain
import Importing
import Testing

@Suite("FOCUS: commitments, currencies, meters of clouds")
struct FOCUSTrapTests {
    /// One row from the columns that matter here.
    private static func total(_ cells: [(column: String, value: String)]) async throws -> (ReadInput, ControlTotal) {
        let common = [
            ("BilledCost", "0"), ("EffectiveCost", "20"), ("ListCost", "25"), ("BillingCurrency", "USD"),
            ("ChargeCategory", "Usage"), ("ChargePeriodStart", "2026-10-01T00:00:00Z"),
            ("ChargePeriodEnd", "2026-10-02T00:00:00Z"), ("ServiceCategory", "AI and Machine Learning"),
        ]
        var values = Dictionary(uniqueKeysWithValues: common)
        for (column, value) in cells { values[column] = value }
        let columns = values.keys.sorted()
        let quoted = columns.map { "\"\((values[$0] ?? "").replacing("\"", with: "\"\""))\"" }
        let read = try await ReadInput.reading(columns.joined(separator: ",") + "\n" + quoted.joined(separator: ","))
        return (read, try #require(read.controlTotals.first))
    }

    @Test("Drawdown of a prepayment: nothing billed, and the effective cost is there")
    func drawdown() async throws {
        let (_, total) = try await Self.total([
            ("CommitmentDiscountStatus", "Used"), ("PricingCategory", "Committed"), ("ChargeClass", "Correction"),
            ("InvoiceId", "I-1"), ("PrincipalId", "svc"), ("CredentialId", "key-1"),
        ])
        #expect(total.billed?.picos == 0 && total.effective?.decimalText == "20" && total.list?.decimalText == "25")
        #expect(total.dimensions["commitment_status"] == "Used" && total.dimensions["pricing_category"] == "Committed")
        #expect(total.dimensions["charge_class"] == "Correction" && total.dimensions["invoice"] == "I-1")
        #expect(total.dimensions["principal"] == "svc" && total.dimensions["credential"] == "key-1")
    }

    @Test("A bill in another currency keeps it, and the rate to the currency of prices")
    func currency() async throws {
        let (_, total) = try await Self.total([
            ("BillingCurrency", "eur"), ("x_PricingCurrency", "USD"), ("x_BillingExchangeRate", "0.92"),
            ("x_BillingExchangeRateDate", "2026-10-01"),
        ])
        #expect(total.currency == "EUR" && total.dimensions["pricing_currency"] == "USD")
        #expect(total.dimensions["exchange_rate"] == "0.92" && total.dimensions["exchange_rate_date"] == "2026-10-01")
    }

    static let clouds: [(cells: [String], provider: String, model: String, buckets: [Int64?])] = [
        (
            ["Microsoft", "Azure OpenAI", "x_SkuMeterName", "gpt 4o mini 0718 cached Inp glbl Tokens", "1K"], "azure",
            "gpt-4o-mini", [nil, 2500, nil, nil, nil]
        ),
        (
            ["AWS", "Amazon Bedrock", "x_UsageType", "USE1-Claude4.6Sonnet-output-tokens", "1K tokens"], "bedrock",
            "anthropic.claude-sonnet-4-6", [nil, nil, nil, nil, 2500]
        ),
        (
            ["Google Cloud", "Vertex AI", "x_SkuDescription", "Claude Sonnet 4.5 - Input Tokens", "1000000 Tokens"],
            "vertex_ai", "claude-sonnet-4-5", [2_500_000, nil, nil, nil, nil]
        ),
    ]

    @Test("A cloud's own column of meters tells the model and the tokens", arguments: clouds)
    func meters(_ cloud: (cells: [String], provider: String, model: String, buckets: [Int64?])) async throws {
        let (read, total) = try await Self.total([
            ("ProviderName", cloud.cells[0]), ("ServiceName", cloud.cells[1]), (cloud.cells[2], cloud.cells[3]),
            ("PricingQuantity", "2.5"), ("PricingUnit", cloud.cells[4]),
        ])
        #expect(total.provider == cloud.provider && total.model == cloud.model)
        #expect(total.usage.buckets == cloud.buckets)
        #expect(read.summary.diagnostics.entries.isEmpty)
    }

    @Test("Keys of drafts that still move, and blocks in every spelling")
    func drafts() async throws {
        let cells = [
            ("{\"TokenType\":\"Output\"}", "1K Tokens"), ("{\"x_TokenDirection\":\"Output\"}", "1000 Tokens"),
            ("{\"TokenDirection\":\"Output\",\"TokenCacheAction\":\"Uncached\"}", "1,000 tokens"),
        ]
        for (details, unit) in cells {
            let (_, total) = try await Self.total([
                ("SkuPriceDetails", details), ("PricingQuantity", "3"), ("PricingUnit", unit),
            ])
            #expect(total.usage.buckets == [nil, nil, nil, nil, 3000], "\(details) \(unit)")
        }
    }

    @Test("An unknown meter is reported; taxes and credits have no meter to read")
    func unknown() async throws {
        let row = [("ProviderName", "Microsoft"), ("x_SkuMeterName", "gpt 9 omega Inp glbl Tokens")]
        let (read, total) = try await Self.total(row)
        #expect(read.codes == ["unknown_meter"] && total.dimensions["unknown_words"] == "gpt 9 omega")
        let (tax, _) = try await Self.total(row + [("ChargeCategory", "Tax")])
        #expect(tax.codes.isEmpty)
    }
}
