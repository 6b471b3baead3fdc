import Domain
import Importing
import Testing

@Suite("Google Cloud billing export")
struct GoogleBillingFormatTests {
    private static func line(
        sku: String = "Gemini 2.5 Flash GA Text Input - Predictions", service: String = "Vertex AI",
        cost: String = "0.3195", credits: String = "[]", unit: String = "requests", rest: String = ""
    ) -> String {
        """
        {"billing_account_id":"A","service":{"id":"C7E2-9256-1C43","description":"\(service)"},\
        "sku":{"id":"S-1","description":"\(sku)"},"usage_start_time":"2026-10-01 05:00:00 UTC",\
        "usage_end_time":"2026-10-01 06:00:00 UTC","project":{"id":"shop","labels":[]},\
        "labels":[{"key":"team","value":"search"}],"location":{"location":"europe-west1","region":"europe-west1"},\
        "cost":\(cost),"cost_at_list":0.4,"currency":"EUR","currency_conversion_rate":0.92,\
        "usage":{"amount":1065040.0,"unit":"\(unit)","amount_in_pricing_units":1065040.0,"pricing_unit":"count"},\
        "credits":\(credits),"invoice":{"month":"202610"},"cost_type":"regular"\(rest)}
        """
    }

    @Test("A row: the model and the class of tokens from the SKU, the amount as billed with its rate")
    func row() async throws {
        let read = try await ReadInput.reading(Self.line())
        #expect(read.summary.inputs.first?.format == "gcp-billing")
        #expect(read.controlTotals.count == 1)
        let total = try #require(read.controlTotals.first)
        #expect(total.authority == .bill && total.provider == "vertex_ai" && total.isAI)
        #expect(total.model == "gemini-2.5-flash")
        // The unit says requests and counts tokens.
        #expect(total.usage.buckets == [1_065_040, nil, nil, nil, nil])
        #expect(total.billed?.decimalText == "0.3195" && total.list?.decimalText == "0.4")
        #expect(total.currency == "EUR" && total.dimensions["exchange_rate"] == "0.92")
        #expect(total.dimensions["pricing_currency"] == "USD")
        #expect(total.dimensions["invoice_month"] == "202610" && total.dimensions["tag:team"] == "search")
        #expect(total.dimensions["region"] == "europe-west1")
        #expect(total.period.start.rfc3339 == "2026-10-01T05:00:00Z")
        #expect(read.summary.diagnostics.entries.isEmpty)
    }

    @Test("Credits are charges of their own; the net cost is the sum")
    func credits() async throws {
        let credits =
            #"[{"name":"Committed use","amount":-0.1,"type":"COMMITTED_USAGE_DISCOUNT"},{"full_name":"Free tier","amount":-0.2196,"type":"FREE_TIER"}]"#
        let read = try await ReadInput.reading(Self.line(credits: credits))
        #expect(read.controlTotals.map { $0.billed?.decimalText } == ["0.3195", "-0.1", "-0.2196"])
        #expect(read.controlTotals.map { $0.dimensions["charge_category"] } == ["Usage", "Credit", "Credit"])
        #expect(read.controlTotals[2].dimensions["credit"] == "Free tier")
        #expect(read.controlTotals[1].dimensions["credit_type"] == "COMMITTED_USAGE_DISCOUNT")
        // Tokens are counted once.
        #expect(read.controlTotals.map(\.usage.isKnown) == [true, false, false])
        #expect(FOCUSExamples.sum(\.billed, read) == "-0.0001")
    }

    @Test("The row of a query with gross and net")
    func query() async throws {
        let read = try await ReadInput.reading(
            #"{"day":"2026-10-01","service":"Vertex AI","sku":"Gemini 2.5 Flash GA Text Input - Predictions","gross":1.2143,"net":-0.0001,"usage_amount":1065040.0,"usage_unit":"requests"}"#
        )
        #expect(read.summary.inputs.first?.format == "gcp-billing")
        #expect(read.controlTotals.map { $0.billed?.decimalText } == ["1.2143", "-1.2144"])
        #expect(FOCUSExamples.sum(\.billed, read) == "-0.0001")
        let total = try #require(read.controlTotals.first)
        #expect(total.period.end.rfc3339 == "2026-10-02T00:00:00Z")
        #expect(total.usage.buckets == [1_065_040, nil, nil, nil, nil])
    }

    @Test("CSV with spread columns gives the same as JSON lines")
    func csv() async throws {
        let read = try await ReadInput.reading(
            """
            service.description,sku.description,usage_start_time,usage_end_time,cost,currency,usage.amount,usage.unit,credits,project.id
            Vertex AI,Gemini 2.5 Flash GA Thinking Text Output - Predictions,2026-10-01 05:00:00 UTC,2026-10-01 06:00:00 UTC,0.25,USD,100000,requests,"[{""amount"":-0.05,""name"":""c""}]",shop
            """)
        #expect(read.summary.inputs.first?.format == "gcp-billing")
        #expect(read.controlTotals.map { $0.billed?.decimalText } == ["0.25", "-0.05"])
        let total = try #require(read.controlTotals.first)
        #expect(total.usage.buckets == [nil, nil, nil, nil, 100_000] && total.usage.reasoning.known == 100_000)
        #expect(total.dimensions["project_id"] == "shop" && total.dimensions["thinking"] == "true")
    }

    @Test("What is kept in a cache is hours and no tokens of a call")
    func storage() async throws {
        let read = try await ReadInput.reading(
            Self.line(sku: "Gemini 3 Flash Text Input Caching Storage", unit: "seconds"))
        let total = try #require(read.controlTotals.first)
        #expect(total.usage == .unknown && total.dimensions["token_class"] == "cache_storage")
        #expect(total.billed != nil)
    }

    static let categories = [
        (#""cost_type":"regular""#, #""cost_type":"tax""#, "Tax"),
        (#""cost_type":"regular""#, #""cost_type":"rounding_error""#, "Adjustment"),
        ("Gemini 2.5 Flash GA Text Input - Predictions", "Vertex AI: Provisioned Throughput 1 month", "Purchase"),
        ("Vertex AI", "Gemini API", "Usage"),
    ]

    @Test(arguments: categories)
    func chargeCategories(_ change: (from: String, to: String, category: String)) async throws {
        let read = try await ReadInput.reading(Self.line().replacing(change.from, with: change.to))
        let total = try #require(read.controlTotals.first)
        #expect(total.dimensions["charge_category"] == change.category)
        #expect(total.usage.isKnown == (change.category == "Usage"))
        #expect(total.provider == (change.to == "Gemini API" ? "google" : "vertex_ai"))
    }

    @Test("Other services are not AI; an unknown SKU is reported and its amount kept")
    func others() async throws {
        let read = try await ReadInput.reading(
            Self.line(sku: "N1 Core", service: "Compute Engine") + "\n"
                + Self.line(sku: "Gemini 9 Ultra Text Input - Predictions"))
        #expect(read.controlTotals.map(\.isAI) == [false, true])
        #expect(read.controlTotals[1].model == nil && read.controlTotals[1].usage == .unknown)
        #expect(read.diagnostic("unknown_meter")?.line == 2)
        #expect(read.controlTotals[1].dimensions["unknown_words"] == "gemini 9 ultra")
    }
}
