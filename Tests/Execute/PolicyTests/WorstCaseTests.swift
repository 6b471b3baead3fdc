import Domain
import Policy
import Pricing
import Testing

@Suite("The worst case")
struct WorstCaseTests {
    private let book: PriceBook
    private let moment = Timestamp(year: 2026, month: 11, day: 1)

    init() throws { book = try PriceBook.shipped() }

    private func rates(_ provider: String, _ model: String, tier: String? = nil) throws -> WorstCase.DearestRates {
        let prices = try #require(book.find(provider: provider, model: model))
        return try #require(WorstCase.rates(of: prices, in: book, tier: tier, at: moment))
    }

    @Test(
        "No usage within the bound costs more, in any tier that may be served",
        arguments: [
            ("openai", "gpt-4o-mini"), ("openai", "gpt-5"), ("anthropic", "claude-sonnet-4-5"),
            ("google", "gemini-2.5-pro"), ("openai", "text-embedding-3-small"),
        ])
    func bounds(provider: String, model: String) throws {
        let rates = try rates(provider, model)
        var random = SplitMix(state: ByteHash.hash(model))
        for _ in 0..<2_000 {
            let input = Int64(random.next() % 400_000)
            let output = Int64(random.next() % 20_000)
            let worst = try #require(rates.cost(of: WorstCase.Bound(inputTokens: input, outputTokens: output)))
            var left = input
            let take: (inout SplitMix) -> TokenCount = { random in
                let part = left == 0 ? 0 : Int64(random.next() % UInt64(left + 1))
                left -= part
                return TokenCount(part)
            }
            let usage = TokenUsage(
                uncachedInput: take(&random), cacheRead: take(&random), cacheWrite5m: take(&random),
                cacheWrite1h: take(&random), output: TokenCount(output))
            for tier in ["standard", "priority"] {
                guard case .success(let price) = book.price(provider: provider, model: model, tier: tier, at: moment),
                    case .success(let cost) = price.cost(of: usage)
                else { continue }
                #expect(cost <= worst)
            }
        }
    }

    @Test("A model without a price has no bound, nor has a tier that the model does not have")
    func unpriced() throws {
        let prices = try #require(book.find(provider: "openai", model: "gpt-4o-mini"))
        #expect(WorstCase.rates(of: prices, in: book, tier: "warp", at: moment) == nil)
    }

    @Test("A bound beyond all numbers has no cost")
    func overflow() throws {
        let bound = WorstCase.Bound(inputTokens: .max, outputTokens: .max)
        #expect(try rates("openai", "gpt-5").cost(of: bound) == nil)
    }
}
