import Domain
import Pricing
import Testing

@Suite("Cost calculation")
struct CostCalculationTests {
    /// 0.0005 USD per million tokens is half a nano-dollar per token.
    @Test(
        "Halves are rounded to the even nano-dollar",
        arguments: [(1, "0"), (2, "0.000000001"), (3, "0.000000002"), (5, "0.000000002"), (7, "0.000000004")]
            as [(Int64, String)])
    func halfToEven(_ tokens: Int64, _ cost: String) throws {
        #expect(try applied(["input": "0.0005"]).cost(of: usage(input: tokens)).words == cost)
    }

    @Test("Rounding happens once, on the sum and behind the factor")
    func roundedOnce() throws {
        var price = try applied(["input": "0.0005", "output": "0.0005"])
        #expect(price.cost(of: usage(input: 1, output: 1)).words == "0.000000001")
        // 0.5 × 3 = 1.5 nano-dollars; half a nano-dollar rounded first would give 0.
        price.factor = ExactDecimal(coefficient: 3, scale: 0)
        #expect(price.cost(of: usage(input: 1)).words == "0.000000002")
        price.factor = ExactDecimal(coefficient: 5, scale: 1)
        #expect(price.cost(of: usage(input: 1, output: 1)).words == "0")
    }

    @Test("A context tier begins above its threshold, and counts all input")
    func contextTier() throws {
        let dearer = try rates(["input": "2", "cache_read": "0.2", "output": "4"])
        let longer = ContextRates(inputTokens: 200_000, rates: dearer)
        let base = try rates(["input": "1", "cache_read": "0.1", "output": "2"])
        let price = AppliedPrice(
            rates: TierRates(base: base, above: [longer]), factor: ExactDecimal(coefficient: 1, scale: 0))
        #expect(price.cost(of: usage(input: 200_000)).words == "0.2")
        #expect(price.cost(of: usage(input: 200_001)).words == "0.400002")
        #expect(price.cost(of: usage(input: 100_000, cacheRead: 100_001, output: 1000)).words == "0.2240002")
    }

    @Test("Cache writes without a price are charged as input")
    func writesWithoutPrice() throws {
        #expect(try applied(["input": "2"]).cost(of: usage(write5m: 500_000, write1h: 500_000)).words == "2")
    }

    @Test("A bucket with tokens but without a rate is a gap, never free")
    func bucketGap() throws {
        #expect(try applied(["input": "2"]).cost(of: usage(input: 1, cacheRead: 1)).words == "unpriced_bucket")
        #expect(try applied(["input": "2"]).cost(of: usage(input: 1, output: 1)).words == "unpriced_bucket")
        #expect(try applied(["input": "2"]).cost(of: usage(input: 1_000_000)).words == "2")
    }

    @Test("Unknown tokens have no cost")
    func unknownUsage() throws {
        #expect(try applied(["input": "2"]).cost(of: .unknown).words == "unknown_usage")
    }

    @Test("Reasoning and audio are parts of their bucket and priced apart where the book does")
    func parts() throws {
        var call = usage(input: 1_000_000, output: 1_000_000)
        call.reasoning = TokenCount(400_000)
        call.audioInput = TokenCount(250_000)
        #expect(try applied(["input": "2", "output": "10"]).cost(of: call).words == "12")
        let apart = try applied(["input": "2", "output": "10", "reasoning": "20", "audio_input": "6"])
        #expect(apart.cost(of: call).words == "17")
    }
}
