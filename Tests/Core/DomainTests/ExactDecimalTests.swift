import Domain
import Testing

@Suite("Exact decimals")
struct ExactDecimalTests {
    @Test(
        arguments: [
            ("0", 0), ("1", 1_000_000_000), ("-12.5", -12_500_000_000), ("+3", 3_000_000_000), (".5", 500_000_000),
            ("2e-05", 20_000), ("1.5E3", 1_500_000_000_000), ("0E-6176", 0), ("0.0000000005", 0), ("0.0000000015", 2),
            ("0.0000000025", 2), ("-0.0000000015", -2), (" 7 ", 7_000_000_000), ("00.10", 100_000_000),
        ] as [(String, Int64)])
    func nanoDollars(_ text: String, _ nanos: Int64) {
        #expect(NanoUSD(dollars: text)?.nanos == nanos)
    }

    @Test(arguments: ["", "-", ".", "e5", "1e", "abc", "1.2.3", "1,5", "0x10", "NaN", "inf", "1 2", "99999999999"])
    func notAmounts(_ text: String) {
        #expect(NanoUSD(dollars: text) == nil)
    }

    @Test(
        arguments: [
            (0, "0"), (54_399_000, "0.054399"), (-1, "-0.000000001"), (1_000_000_000, "1"),
            (1_063_761_250, "1.06376125"),
            (-12_500_000_000, "-12.5"), (.max, "9223372036.854775807"), (.min, "-9223372036.854775808"),
        ] as [(Int64, String)])
    func text(_ nanos: Int64, _ text: String) {
        #expect(NanoUSD(nanos: nanos).decimalText == text)
    }

    @Test("Text and number agree for many amounts")
    func roundTrip() {
        for number in 0..<2000 {
            let nanos = Int64(bitPattern: ByteHash.hash("amount \(number)")) >> Int64(number % 40)
            #expect(NanoUSD(dollars: NanoUSD(nanos: nanos).decimalText)?.nanos == nanos)
        }
    }

    @Test("Prices are whole pico-dollars per token")
    func prices() {
        #expect(ExactDecimal("3.75").flatMap(PicoUSDPerToken.init(perMillion:))?.picos == 3_750_000)
        #expect(ExactDecimal("0.000001").flatMap(PicoUSDPerToken.init(perMillion:))?.picos == 1)
        #expect(ExactDecimal("0.0000001").flatMap(PicoUSDPerToken.init(perMillion:)) == nil)
        #expect(ExactDecimal("-1").flatMap(PicoUSDPerToken.init(perMillion:)) == nil)
    }

    @Test("A mean is rounded half to even; of nothing there is none")
    func mean() {
        #expect(NanoUSD(nanos: 5).divided(by: 2)?.nanos == 2)
        #expect(NanoUSD(nanos: 7).divided(by: 2)?.nanos == 4)
        #expect(NanoUSD(nanos: 7).divided(by: 0) == nil)
    }
}
