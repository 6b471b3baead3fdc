import Documents
import Domain
import Testing

@Suite("Numbers as people read them")
struct NumberTextTests {
    static let moneyCases: [(Int64, String)] = [
        (0, "$0.00"), (1, "<$0.01"), (5_000_000, "<$0.01"), (5_000_001, "$0.01"), (15_000_000, "$0.02"),
        (25_000_000, "$0.02"), (1_234_560_000_000, "$1,234.56"), (182_340_120_000_000, "$182,340.12"),
        (-1_500_000_000, "-$1.50"), (-1, "-<$0.01"),
    ]

    @Test("Money is rounded half to even and never hidden as zero", arguments: NumberTextTests.moneyCases)
    func money(nanos: Int64, expected: String) {
        #expect(NumberText.money(NanoUSD(nanos: nanos)) == expected)
    }

    static let headlineCases: [(Int64, String)] = [
        (1_234_560_000_000, "$1,234.56"), (9_999_990_000_000, "$9,999.99"), (9_999_995_000_000, "$10.0k"),
        (12_345_670_000_000, "$12.3k"), (123_456_000_000_000, "$123k"), (999_950_000_000_000, "$1.00M"),
        (4_560_000_000_000_000, "$4.56M"), (-12_345_670_000_000, "-$12.3k"), (3, "<$0.01"),
    ]

    @Test("Headlines are exact up to 9,999.99", arguments: NumberTextTests.headlineCases)
    func headline(nanos: Int64, expected: String) {
        #expect(NumberText.headline(NanoUSD(nanos: nanos)) == expected)
    }

    static let unitCostCases: [(Int64, String)] = [
        (0, "$0.00"), (1, "$0.000000001"), (8_745_000, "$0.008745"), (12_500_000, "$0.01250"),
        (999_960_000, "$1.000"), (1_234_567_890, "$1.235"), (9_999_600_000, "$10.00"), (123_456_000_000, "$123.46"),
    ]

    @Test("Unit costs keep four significant digits", arguments: NumberTextTests.unitCostCases)
    func unitCost(nanos: Int64, expected: String) {
        #expect(NumberText.unitCost(NanoUSD(nanos: nanos)) == expected)
    }

    static let percentCases: [(Double?, String)] = [
        (0, "0.0 %"), (0.0004, "<0.1 %"), (0.81, "81.0 %"), (0.12345, "12.3 %"), (1, "100.0 %"), (1.0625, "106.2 %"),
        (nil, "—"), (Double.nan, "—"),
    ]

    @Test("Percentages have one decimal", arguments: NumberTextTests.percentCases)
    func percent(fraction: Double?, expected: String) {
        #expect(NumberText.percent(fraction) == expected)
    }

    static let tokenCases: [(Int64, String)] = [
        (0, "0"), (999, "999"), (1000, "1.00k"), (999_999, "1.00M"), (12_400_000, "12.4M"), (1_234_567_890, "1.23B"),
    ]

    @Test("Tokens have three significant digits", arguments: NumberTextTests.tokenCases)
    func tokens(count: Int64, expected: String) {
        #expect(NumberText.tokens(count) == expected)
    }

    static let durationCases: [(Double?, String)] = [
        (400, "0.4 ms"), (840_000, "840 ms"), (999_600, "1.0 s"), (2_100_000, "2.1 s"), (185_000_000, "3 min 5 s"),
        (nil, "—"),
    ]

    @Test("Durations choose their unit", arguments: NumberTextTests.durationCases)
    func duration(microseconds: Double?, expected: String) {
        #expect(NumberText.duration(microseconds: microseconds) == expected)
    }

    @Test("Columns have the unit in their title")
    func columns() {
        #expect(NumberText.milliseconds(microseconds: 2_134_000) == "2,134")
        #expect(NumberText.milliseconds(microseconds: 8_400) == "8.4")
        #expect(NumberText.money(NanoUSD(nanos: 1_234_560_000_000), symbol: "") == "1,234.56")
        #expect(NumberText.money(BilledAmount(picos: 5_000_000_000), symbol: "EUR ") == "<EUR 0.01")
        #expect(NumberText.count(1_234_567) == "1,234,567")
        #expect(NumberText.count(-1000) == "-1,000")
    }
}
