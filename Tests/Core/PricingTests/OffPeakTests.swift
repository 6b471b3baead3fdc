import Domain
import Pricing
import Testing

@Suite("Prices by the hour")
struct OffPeakTests {
    @Test(
        "DeepSeek's rates are halved outside of its peak hours",
        arguments: [
            ("2026-11-18T00:59:59Z", "0.5"), ("2026-11-18T01:00:00Z", "1"), ("2026-11-18T03:59:00Z", "1"),
            ("2026-11-18T04:00:00Z", "0.5"), ("2026-11-18T06:30:00Z", "1"), ("2026-11-18T10:00:00Z", "0.5"),
            ("2026-11-21T02:00:00Z", "0.5"), ("2026-11-22T07:00:00Z", "0.5"), ("2026-11-23T07:00:00Z", "1"),
        ])
    func deepSeek(_ moment: String, _ factor: String) throws {
        let moment = try #require(Timestamp.read(moment))
        let price = try PriceBook.shipped().price(provider: "deepseek", model: "deepseek-v4-pro", tier: nil, at: moment)
            .get()
        let expected = try #require(ExactDecimal(factor)?.units(scale: 2)?.units)
        #expect(price.factor.units(scale: 2)?.units == expected)
    }
}
