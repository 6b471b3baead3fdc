import ROI
import Testing

@Suite("Finance")
struct FinanceTests {
    @Test(
        "Internal rates of return: numpy-financial's documented values, and every root",
        arguments: [
            ([-100, 39, 59, 55, 20], [0.280948421]), ([-100, 0, 0, 74], [-0.095495830]),
            ([-100, 100, 0, -7], [-0.678894, -0.083299666]), ([-100, 100, 0, 7], [0.062058486]),
            ([-5, 10.5, 1, -8, 1], [-0.870201, 0.088598339, 0.709560]),
            ([-250_000, 100_000, 150_000, 200_000, 250_000, 300_000], [0.567230334]),
            ([100, 50], []), ([-100, -50], []), ([0, 0], []), ([], []),
        ] as [([Double], [Double])])
    func internalRates(flows: [Double], expected: [Double]) {
        let found = CashFlows(flows).internalRates
        #expect(found.count == expected.count, "\(found)")
        for (rate, value) in zip(found, expected) { #expect(abs(rate - value) < 1e-6, "\(rate) is not \(value)") }
    }

    @Test("The rate found makes the present value zero", arguments: [12, 36, 120])
    func zero(months: Int) throws {
        let flows = CashFlows([-10_000] + (1...months).map { $0 % 7 == 0 ? -900 : 700 })
        for rate in flows.internalRates { #expect(abs(flows.presentValue(rate: rate)) < 1e-6) }
        #expect(!flows.internalRates.isEmpty)
    }

    @Test("Net present values: the first flow is not discounted")
    func presentValue() {
        let first = CashFlows([-40_000, 5_000, 8_000, 12_000, 30_000]).presentValue(rate: 0.08)
        #expect(abs(first - 3065.22266818) < 1e-8)
        let second = CashFlows([-15_000, 1_500, 2_500, 3_500, 4_500, 6_000]).presentValue(rate: 0.05)
        #expect(abs(second - 122.89485495) < 1e-8)
    }

    @Test(
        "Modified rates of return",
        arguments: [
            ([-100, 50, -60, 70], 0.10, 0.12, -0.0390936659),
            ([-4500, -800, 800, 800, 600, 600, 800, 800, 700, 3000], 0.08, 0.055, 0.0665971750),
            ([-120_000, 39_000, 30_000, 21_000, 37_000, 46_000], 0.10, 0.12, 0.1260941304),
            ([39_000, 30_000], 0.1, 0.12, nil),
        ] as [([Double], Double, Double, Double?)])
    func modifiedRate(flows: [Double], finance: Double, reinvestment: Double, expected: Double?) throws {
        let found = CashFlows(flows).modifiedRate(finance: finance, reinvestment: reinvestment)
        guard let expected else { return #expect(found == nil) }
        #expect(abs(try #require(found) - expected) < 1e-8)
    }

    @Test(
        "Paybacks",
        arguments: [
            ([-15_000] + Array(repeating: 10_100, count: 12), 1.485148514851485),
            ([-150_000] + Array(repeating: 12_750, count: 12), 11.764705882352942),
            ([-150_000] + Array(repeating: 12_750, count: 6), 11.764705882352942),
            ([0, 5, 5], 0), ([-100, 0, 0], nil), ([-100, 1], 100), ([-100, 0.1], nil),
            ([-100, 150, -100, 40, 40], 3.25),
        ] as [([Double], Double?)])
    func payback(flows: [Double], expected: Double?) throws {
        let found = Payback.months(of: flows)
        guard let expected else { return #expect(found == nil) }
        #expect(abs(try #require(found) - expected) < 1e-9)
    }

    @Test("Monthly and yearly rates compound to one another")
    func rates() {
        #expect(abs(InterestRate.annual(InterestRate.monthly(0.1)) - 0.1) < 1e-15)
    }
}
