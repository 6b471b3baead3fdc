import Foundation
import Inputs
import JSONScan
import Testing

@Suite("payback export")
struct ExportCommandTests {
    private func spend(_ arguments: [String], in folder: URL) throws -> [String: Any] {
        let outcome = try Program.run(["audit", "--format", "json"] + arguments, in: folder)
        #expect(outcome.exitCode == 0, "\(outcome.error)")
        return try #require(try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
    }

    private func withLedger(_ body: (URL) throws -> Void) throws {
        let folder = try Program.newFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let sample = try Program.run(
            ["sample", "--requests", "1500", "--seed", "8", "--output", "usage.jsonl"], in: folder)
        #expect(sample.exitCode == 0, "\(sample.error)")
        #expect(try Program.run(["import", "usage.jsonl", "--ledger", "sqlite:l.sqlite"], in: folder).exitCode == 0)
        try body(folder)
    }

    @Test("What is exported is read back with the same sums, to the nano-dollar", arguments: ["csv", "jsonl"])
    func roundTrip(target: String) throws {
        try withLedger { folder in
            let file = "out.\(target)"
            let written = try Program.run(
                ["export", target, "--output", file, "--ledger", "sqlite:l.sqlite"], in: folder)
            #expect(written.exitCode == 0, "\(written.error)")
            let (ledger, exported) = (
                try spend(["--ledger", "sqlite:l.sqlite"], in: folder), try spend([file], in: folder)
            )
            for key in ["requests", "cost_per_request_usd"] {
                #expect(ledger[key] as? Double == exported[key] as? Double && ledger[key] != nil, "\(key)")
            }
            let (a, b) = (ledger["tokens"] as? [String: Double], exported["tokens"] as? [String: Double])
            #expect(a == b && a?["output"] ?? 0 > 0)
            let total = (ledger["spend"] as? [String: Any])?["total_usd"] as? Double
            #expect(total == (exported["spend"] as? [String: Any])?["total_usd"] as? Double && total != nil)
        }
    }

    @Test("A FOCUS bill of the ledger is a bill that the ledger explains whole")
    func focus() throws {
        try withLedger { folder in
            let written = try Program.run(
                ["export", "focus", "--output", "focus.csv", "--ledger", "sqlite:l.sqlite"], in: folder)
            #expect(written.exitCode == 0, "\(written.error)")
            let bill = try Program.run(["import", "focus.csv", "--ledger", "sqlite:l.sqlite"], in: folder)
            #expect(bill.exitCode == 0, "\(bill.error)")
            let audit = try spend(["--ledger", "sqlite:l.sqlite"], in: folder)
            let coverage = try #require(audit["coverage"] as? [[String: Any]])
            let openAI = try #require(coverage.first { $0["provider"] as? String == "openai" })
            let (billed, explained) = (openAI["billed_usd"] as? Double, openAI["explained_usd"] as? Double)
            #expect(billed == explained && billed != nil, "\(openAI)")
            let reconciled = try Program.run(["reconcile", "--ledger", "sqlite:l.sqlite"], in: folder)
            #expect(reconciled.exitCode == 0 && reconciled.output.contains("100.0"), "\(reconciled.output)")
            for format in ["json", "markdown", "html"] {
                let outcome = try Program.run(
                    ["reconcile", "--format", format, "--ledger", "sqlite:l.sqlite"], in: folder)
                #expect(outcome.exitCode == 0 && outcome.output.contains("openai"))
            }
        }
    }

    /// The columns that FOCUS 1.2 has to have, and those that it asks for where a provider has what they are about.
    private static let mandatory = [
        "BilledCost", "BillingAccountId", "BillingAccountName", "BillingCurrency", "BillingPeriodEnd",
        "BillingPeriodStart", "ChargeCategory", "ChargeClass", "ChargeDescription", "ChargePeriodEnd",
        "ChargePeriodStart", "ContractedCost", "EffectiveCost", "InvoiceIssuerName", "ListCost", "PricingQuantity",
        "PricingUnit", "ProviderName", "PublisherName", "ServiceCategory", "ServiceName",
    ]
    private static let conditional = [
        "BillingAccountType", "CapacityReservationId", "CapacityReservationStatus", "CommitmentDiscountCategory",
        "CommitmentDiscountId", "CommitmentDiscountName", "CommitmentDiscountQuantity", "CommitmentDiscountStatus",
        "CommitmentDiscountType", "CommitmentDiscountUnit", "ConsumedQuantity", "ConsumedUnit", "ContractedUnitPrice",
        "ListUnitPrice", "PricingCategory", "PricingCurrency", "PricingCurrencyContractedUnitPrice",
        "PricingCurrencyEffectiveCost", "PricingCurrencyListUnitPrice", "RegionId", "RegionName", "ResourceId",
        "ResourceName", "ResourceType", "SkuId", "SkuMeter", "SkuPriceDetails", "SkuPriceId", "SubAccountId",
        "SubAccountName", "SubAccountType", "Tags",
    ]
    /// What may not be empty in a row of usage.
    private static let filled =
        mandatory.filter { $0 != "ChargeClass" } + [
            "BillingAccountType", "ConsumedQuantity", "ConsumedUnit", "ContractedUnitPrice", "ListUnitPrice",
            "PricingCategory", "PricingCurrencyEffectiveCost", "SkuId", "SkuPriceId",
        ]

    @Test("FOCUS has every column of 1.2, filled where it must be; what has no tokens is a row as well")
    func focusRows() throws {
        let folder = try Program.newFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let usage = """
            {"timestamp":"2026-10-03T09:00:00Z","request_id":"r1","model":"gpt-5-mini","provider":"openai","input_tokens":1000,"output_tokens":300,"cost_usd":0.05}
            {"timestamp":"2026-10-03T10:00:00Z","request_id":"r2","model":"gpt-image-1","provider":"openai","cost_usd":0.17}
            {"timestamp":"2026-10-03T11:00:00Z","request_id":"r3","model":"gpt-image-1","provider":"openai","cost_usd":0.08}

            """
        try Data(usage.utf8).write(to: folder.appending(path: "usage.jsonl"))
        let ledger = ["--ledger", "sqlite:l.sqlite"]
        let imported = try Program.run(["import", "usage.jsonl"] + ledger, in: folder)
        #expect(imported.exitCode == 0, "\(imported.error)")
        let written = try Program.run(["export", "focus", "--output", "focus.csv"] + ledger, in: folder)
        #expect(written.exitCode == 0, "\(written.error)")
        let table = try TableFile(path: folder.appending(path: "focus.csv").path)
        let names = try #require(table.rows.first).value.members.map(\.key)
        let required = Set((Self.mandatory + Self.conditional).map { $0.lowercased() })
        #expect(required.subtracting(names).isEmpty && names == names.sorted() && Set(names).count == names.count)
        for row in table.rows {
            for column in Self.filled {
                #expect(row[column.lowercased()] != nil, "\(column) in line \(row.line)")
            }
        }
        let images = try #require(table.rows.first { $0["skuid"] == "gpt-image-1-requests" })
        #expect(images["billedcost"] == "0.25" && images["consumedquantity"] == "2")
        #expect(images["pricingunit"] == "Requests" && images["contractedunitprice"] == "0.125")
        let costs = table.rows.compactMap { $0["billedcost"].flatMap(Double.init) }
        #expect(costs.count == 3 && abs(costs.reduce(0, +) - 0.3) < 1e-9)
        #expect(try Program.run(["import", "focus.csv"] + ledger, in: folder).exitCode == 0)
        let reconciled = try Program.run(["reconcile", "--format", "json"] + ledger, in: folder).output
        #expect(reconciled.contains("\"difference_usd\": 0,"), "\(reconciled)")
    }

    @Test("Bad use has its exit code")
    func refused() throws {
        let folder = try Program.newFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let kind = try Program.run(["export", "parquet"], in: folder)
        #expect(kind.exitCode == 64 && kind.error.contains("focus"))
        let missing = try Program.run(["export", "csv", "--ledger", "sqlite:none.sqlite"], in: folder)
        #expect(missing.exitCode == 69, "\(missing.error)")
    }
}
