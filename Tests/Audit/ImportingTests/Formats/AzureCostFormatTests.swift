import Domain
import Importing
import Testing

@Suite("Azure cost details")
struct AzureCostFormatTests {
    private static let header =
        "SubscriptionId,Date,Product,MeterCategory,MeterSubCategory,MeterName,Quantity,UnitOfMeasure,UnitPrice,EffectivePrice,Cost,BillingCurrency,ResourceLocation,ResourceId,ChargeType,PricingModel,ReservationId,Tags"

    private static func line(
        _ meter: String, quantity: String = "13.823", unit: String = "1K", cost: String = "0.00207345",
        date: String = "04/01/2025", category: String = "Foundry Models", subcategory: String = "Azure OpenAI",
        type: String = "Usage", model: String = "OnDemand", tags: String = ""
    ) -> String {
        "s-1,\(date),p,\(category),\(subcategory),\(meter),\(quantity),\(unit),0.00015,0.00015,\(cost),USD,westeurope,/subscriptions/s-1/accounts/ai,\(type),\(model),,\(tags)"
    }

    private static func read(_ lines: String..., header: String = header) async throws -> ReadInput {
        try await ReadInput.reading(([header] + lines).joined(separator: "\r\n"))
    }

    @Test("The documented row: the meter's name tells the rest")
    func documentedRow() async throws {
        let read = try await Self.read(Self.line("gpt-4o-mini-0718-Inp-glbl Tokens"))
        #expect(read.summary.inputs.first?.format == "azure-cost")
        let total = try #require(read.controlTotals.first)
        #expect(total.authority == .bill && total.provider == "azure" && total.isAI)
        #expect(total.model == "gpt-4o-mini")
        #expect(total.usage.buckets == [13_823, nil, nil, nil, nil])
        #expect(total.billed?.decimalText == "0.00207345" && total.effective?.decimalText == "0.00207345")
        #expect(total.period.start.rfc3339 == "2025-04-01T00:00:00Z")
        #expect(total.period.end.rfc3339 == "2025-04-02T00:00:00Z")
        #expect(total.dimensions["scope"] == "global" && total.dimensions["region"] == "westeurope")
        #expect(read.summary.diagnostics.entries.isEmpty)
    }

    @Test("Units are thousands and millions; without one the meter's name may say it")
    func units() async throws {
        let read = try await Self.read(
            Self.line("gpt 4o mini 0718 cached Inp glbl Tokens", quantity: "2", unit: "1K"),
            Self.line("5.4 cd inp Gl 1M Tokens", quantity: "2.5", unit: "1M"),
            Self.line("GPT 5 outpt Glbl 1M Tokens", quantity: "0.25", unit: ""),
            Self.line("gpt 4o 0513 Output global Tokens", quantity: "2", unit: "100 Pages"))
        #expect(read.controlTotals.map(\.usage.buckets)[0] == [nil, 2000, nil, nil, nil])
        #expect(read.controlTotals.map(\.usage.buckets)[1] == [nil, 2_500_000, nil, nil, nil])
        #expect(read.controlTotals.map(\.usage.buckets)[2] == [nil, nil, nil, nil, 250_000])
        #expect(read.controlTotals[3].usage == .unknown)
        #expect(read.diagnostic("unknown_unit")?.line == 5)
    }

    @Test("Headers of other agreements are found in any case, and categories by their old names")
    func otherHeaders() async throws {
        let header =
            "invoiceId,subscriptionId,date,meterName,meterCategory,meterSubCategory,quantity,unitOfMeasure,costInBillingCurrency,costInPricingCurrency,costInUsd,billingCurrency,pricingCurrency,exchangeRatePricingToBilling,exchangeRateDate,paygCostInBillingCurrency,chargeType,pricingModel,tags"
        let read = try await ReadInput.reading(
            header
                + "\nI-7,s-1,04/30/2025,gpt 4o 1120 Outp glbl Tokens,Cognitive Services,Azure OpenAI,10,1K,0.092,0.1,0.1,EUR,USD,0.92,04/01/2025,0.12,Usage,OnDemand,\"\"\"team\"\": \"\"search\"\"\""
        )
        #expect(read.summary.inputs.first?.format == "azure-cost")
        let total = try #require(read.controlTotals.first)
        #expect(total.currency == "EUR" && total.billed?.decimalText == "0.092")
        #expect(total.list?.decimalText == "0.12")
        #expect(total.dimensions["pricing_currency"] == "USD" && total.dimensions["exchange_rate"] == "0.92")
        #expect(total.dimensions["exchange_rate_date"] == "04/01/2025" && total.dimensions["cost_usd"] == "0.1")
        #expect(total.dimensions["tag:team"] == "search" && total.dimensions["invoice"] == "I-7")
        #expect(total.isAI && total.model == "gpt-4o")
    }

    struct Commitment: Sendable {
        let type: String
        let model: String
        let cost: String
        let category: String
        let billed: String?
        let effective: String?
    }

    static let commitments = [
        Commitment(
            type: "Purchase", model: "Reservation", cost: "500", category: "Purchase", billed: "500", effective: "0"),
        // Actual cost: what a reservation covers costs nothing; its share is in the amortised export.
        Commitment(type: "Usage", model: "Reservation", cost: "0", category: "Usage", billed: "0", effective: nil),
        // Amortised cost: the share, and what was not used.
        Commitment(type: "Usage", model: "Reservation", cost: "7", category: "Usage", billed: "0", effective: "7"),
        Commitment(
            type: "UnusedReservation", model: "Reservation", cost: "3", category: "Usage", billed: "0", effective: "3"),
        Commitment(type: "Refund", model: "OnDemand", cost: "-9", category: "Credit", billed: "-9", effective: "-9"),
        Commitment(type: "Tax", model: "OnDemand", cost: "2", category: "Tax", billed: "2", effective: "2"),
        Commitment(
            type: "RoundingAdjustment", model: "OnDemand", cost: "0.01", category: "Adjustment", billed: "0.01",
            effective: "0.01"),
    ]

    @Test("Actual and amortised rows tell themselves apart", arguments: commitments)
    func committed(_ expected: Commitment) async throws {
        let read = try await Self.read(
            Self.line(
                "Provisioned Managed Global Hour", unit: "1 Hour", cost: expected.cost, type: expected.type,
                model: expected.model))
        let total = try #require(read.controlTotals.first)
        #expect(total.dimensions["charge_category"] == expected.category)
        #expect(total.billed?.decimalText == expected.billed)
        #expect(total.effective?.decimalText == expected.effective)
        #expect(total.usage == .unknown)
    }

    @Test("Months come before days; a day that is none is rejected")
    func dates() async throws {
        let meter = "gpt-4o-mini-0718-Inp-glbl Tokens"
        let read = try await Self.read(
            Self.line(meter, date: "12/31/2025"), Self.line(meter, date: "2025-12-31"),
            Self.line(meter, date: "20251231"),
            Self.line(meter, date: "31/12/2025"), Self.line(meter, date: "soon"))
        #expect(read.controlTotals.map(\.period.start.dateText) == ["2025-12-31", "2025-12-31", "2025-12-31"])
        #expect(read.diagnostic("bad_timestamp")?.count == 2 && read.diagnostic("bad_timestamp")?.line == 5)
    }

    @Test("The rest of a cloud's bill is not AI")
    func others() async throws {
        let read = try await Self.read(
            Self.line("D2s v3", category: "Virtual Machines", subcategory: "Dv3"),
            Self.line("gpt 9 omega Inp glbl Tokens"))
        #expect(read.controlTotals.map(\.isAI) == [false, true])
        #expect(read.controlTotals[0].dimensions == ["charge_category": "Usage"])
        #expect(read.controlTotals[1].model == nil)
        #expect(read.diagnostic("unknown_meter")?.line == 3)
    }
}
