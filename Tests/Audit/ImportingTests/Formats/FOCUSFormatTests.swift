import Domain
import Foundation
import Importing
import Testing

@Suite struct FOCUSFormatTests {
    @Test func charges() async throws {
        let read = try await ReadInput.fixture("focus/charges.csv")
        #expect(read.summary.inputs.first?.format == "focus")
        #expect(read.controlTotals.count == 3)
        let tokens = try #require(read.controlTotals.first)
        #expect(tokens.authority == .bill)
        #expect(tokens.provider == "bedrock")
        #expect(tokens.service == "Amazon Bedrock")
        #expect(tokens.currency == "USD")
        #expect(tokens.billed?.decimalText == "0.000001234568")
        #expect(tokens.effective?.decimalText == "0.001")
        #expect(tokens.list == nil)
        #expect(tokens.contracted == nil)
        #expect(tokens.usage.buckets == [nil, nil, 8_400_000, nil, nil])
        #expect(tokens.isAI)
        #expect(tokens.dimensions["sku"] == "sku-1")
        #expect(read.diagnostic("inexact_amount")?.count == 2)
    }

    @Test func creditsAndOtherServices() async throws {
        let totals = try await ReadInput.fixture("focus/charges.csv").controlTotals
        #expect(totals[1].billed?.decimalText == "-2.5")
        #expect(totals[1].dimensions["charge_category"] == "Credit")
        #expect(!totals[1].isAI)
        #expect(totals[2].provider == "azure")
        #expect(totals[2].model == "gpt-4o")
        #expect(totals[2].isAI)
        #expect(totals[2].usage.buckets == [nil, nil, nil, nil, 5000])
    }
}

/// The official examples; they are not part of the project.
@Suite(.enabled(if: FOCUSExamples.arePresent, "the folder ../shared/data/focus is absent"))
struct FOCUSExampleTests {
    struct Sums: Sendable {
        let file: String
        let rows: Int
        let billed: String
        let effective: String
        let list: String
        let contracted: String
    }

    static let sums = [
        Sums(
            file: "focus_1.0_sample.csv", rows: 1000, billed: "20.52022672899", effective: "14.97651418586",
            list: "20.39090575119", contracted: "14.97626039326"),
        Sums(
            file: "focus_ai_billing/per_token_foundation_model_api.csv", rows: 2, billed: "94.5", effective: "94.5",
            list: "94.5", contracted: "94.5"),
        Sums(
            file: "focus_ai_billing/cached_tokens_via_csp_marketplace.csv", rows: 2, billed: "47.5",
            effective: "47.5", list: "47.5", contracted: "47.5"),
        Sums(
            file: "focus_ai_billing/drawdown_via_prepayment_foundation_model_api.csv", rows: 3, billed: "500000",
            effective: "50", list: "500062.5", contracted: "500050"),
    ]

    @Test(arguments: sums)
    func sumsAreExact(_ expected: Sums) async throws {
        let read = try await FOCUSExamples.read(expected.file)
        #expect(read.controlTotals.count == expected.rows)
        #expect(FOCUSExamples.sum(\.billed, read) == expected.billed)
        #expect(FOCUSExamples.sum(\.effective, read) == expected.effective)
        #expect(FOCUSExamples.sum(\.list, read) == expected.list)
        #expect(FOCUSExamples.sum(\.contracted, read) == expected.contracted)
        #expect(read.summary.diagnostics.entries.isEmpty)
    }

    @Test func tokensAreInTheirBuckets() async throws {
        let plain = try await FOCUSExamples.read("focus_ai_billing/per_token_foundation_model_api.csv").controlTotals
        #expect(plain.map(\.usage.buckets) == [[8_400_000, nil, nil, nil, nil], [nil, nil, nil, nil, 2_100_000]])
        #expect(plain.map(\.model) == ["solora-saturn-4.8", "solora-saturn-4.8"])
        let marketplace = "focus_ai_billing/cached_tokens_via_csp_marketplace.csv"
        let cached = try await FOCUSExamples.read(marketplace).controlTotals
        #expect(cached.map(\.usage.buckets) == [[nil, 50_000_000, nil, nil, nil], [nil, nil, 15_000_000, nil, nil]])
        let file = "focus_ai_billing/drawdown_via_prepayment_foundation_model_api.csv"
        let prepaid = try await FOCUSExamples.read(file).controlTotals
        #expect(prepaid[0].usage == .unknown)
        #expect(prepaid[1].usage.buckets == [5_000_000, nil, nil, nil, nil])
        #expect(prepaid[2].usage.buckets == [nil, nil, nil, nil, 1_500_000])
        #expect(prepaid.allSatisfy { $0.isAI })
    }

    @Test func aCloudBillIsMostlyNotAI() async throws {
        let totals = try await FOCUSExamples.read("focus_1.0_sample.csv").controlTotals
        #expect(totals.count(where: \.isAI) == 9)
        #expect(Set(totals.map(\.provider)) == ["aws", "azure", "oracle"])
    }
}

/// Reads the official examples beside the project.
enum FOCUSExamples {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "shared/data/focus")

    static var arePresent: Bool {
        FileManager.default.fileExists(atPath: folder.appending(path: "focus_1.0_sample.csv").path)
    }

    static func read(_ file: String) async throws -> ReadInput {
        try await ReadInput.reading(Array(Data(contentsOf: folder.appending(path: file))))
    }

    /// The exact sum of one of the amounts.
    static func sum(_ path: KeyPath<ControlTotal, BilledAmount?>, _ read: ReadInput) -> String {
        var sum = BilledAmount(picos: 0)
        for total in read.controlTotals {
            if let amount = total[keyPath: path] { sum += amount }
        }
        return sum.decimalText
    }
}
