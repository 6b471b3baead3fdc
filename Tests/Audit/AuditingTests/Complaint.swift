import Auditing
import Domain
import Ledger
import Pricing
import Testing

/// A difference between a tool's figures and a bill that users have complained about in public, composed anew: records as
/// the tool left them, and lines as the provider billed them.
struct Complaint: Sendable, CustomTestStringConvertible {
    /// Records of a day of October 2026.
    struct Use: Sendable {
        var model: String
        var day = 1
        var tier: String?
        var tokens = Tokens()
        var reasoning: Int64?
        /// USD; `nil` for the price book's, or where that has none, for none.
        var cost: String?
        /// How many; of more than one, all are alike.
        var count = 1
        var hasUsage = true
    }

    /// A line of the bill.
    struct Line: Sendable {
        var model: String
        var day = 1
        var tier: String?
        var tokens = Tokens()
        /// As billed.
        var amount: String
        var currency = "USD"
        var dimensions: [String: String] = [:]
    }

    /// Tokens by class.
    struct Tokens: Sendable {
        var input: Int64 = 0
        var read: Int64 = 0
        var write: Int64 = 0
        var output: Int64 = 0
    }

    /// Where it was complained about.
    let thread: String
    let provider: String
    let uses: [Use]
    let lines: [Line]
    /// What the tool said and what was billed, USD.
    let figures: (said: String, billed: String)
    /// What is to be found, the dearest first, with amounts in USD where there are.
    let causes: [(cause: Reconciliation.Cause, amount: String?)]
    /// A part of the dearest cause's sentence.
    let words: String

    var testDescription: String { thread }

    /// Rates of the threads, USD per million tokens: input, cache read, cache write, output.
    static func prices() throws -> PriceBook {
        var book = PriceBook(version: "complaints")
        book.add(try model("sonnet", "anthropic", ["standard": ["3", "0.3", "3.75", "15"]]))
        book.add(try model("sonnet", "vertex_ai", ["standard": ["3", "0.3", "3.75", "15"]]))
        book.add(try model("sonnet", "bedrock", ["standard": ["3", "0.3", "3.75", "15"]]))
        book.add(try model("opus", "anthropic", ["standard": ["5", "0.5", "6.25", "25"]]))
        book.add(
            try model(
                "gpt", "openai",
                [
                    "standard": ["1.25", "0.125", "1.25", "10"], "flex": ["0.625", "0.0625", "0.625", "5"],
                    "priority": ["2.5", "0.25", "2.5", "20"],
                ]))
        book.add(try model("kimi", "fireworks", ["standard": ["1.4", "0.26", "1.4", "4.4"]]))
        book.add(try model("grok", "xai", ["standard": ["3", "0.75", "3", "15"]]))
        var pro = try model("pro", "google", ["standard": ["1.25", "0.125", "1.25", "10"]])
        pro.periods[0].tiers["standard"]?.above = [
            ContextRates(inputTokens: 200_000, rates: try rates(["2.5", "0.25", "2.5", "15"]))
        ]
        book.add(pro)
        return book
    }

    private static func model(_ name: String, _ provider: String, _ tiers: [String: [String]]) throws -> ModelPrices {
        var prices = ModelPrices(provider: provider, model: name)
        let tiers = try tiers.mapValues { TierRates(base: try rates($0)) }
        prices.periods = [PricePeriod(from: nil, source: "made", tiers: tiers)]
        return prices
    }

    private static func rates(_ texts: [String]) throws -> TokenRates {
        let prices = try texts.map { text in
            try #require(ExactDecimal(text).flatMap { PicoUSDPerToken(perMillion: $0) })
        }
        var rates = TokenRates()
        (rates.input, rates.cacheRead, rates.cacheWrite5m, rates.output) = (prices[0], prices[1], prices[2], prices[3])
        return rates
    }

    // MARK: The ledger

    private func start(_ day: Int) -> Timestamp { Timestamp(year: 2026, month: 10, day: day) }

    /// The records, and the bill.
    func batch(_ prices: PriceBook) throws -> RecordBatch {
        var batch = RecordBatch()
        for use in uses {
            for _ in 0..<use.count {
                let number = batch.records.count
                batch.records.append(try record(use, number: number, prices, &batch.vocabulary))
            }
        }
        batch.controlTotals = try lines.enumerated().map { try total($1, row: UInt64($0 + 1)) }
        return batch
    }

    private func record(
        _ use: Use, number: Int, _ prices: PriceBook, _ vocabulary: inout Vocabulary
    ) throws -> UsageRecord {
        var record = UsageRecord()
        (record.identity, record.hasSourceID) = (UInt64(number + 1), true)
        record.startedAt = Timestamp(microseconds: start(use.day).microseconds + 3_600_000_000 + Int64(number))
        record.provider = vocabulary.term(provider)
        record.model = vocabulary.term(use.model)
        record.serviceTier = vocabulary.term(use.tier)
        guard use.hasUsage else { return record }
        record.usage = use.tokens.usage
        if let reasoning = use.reasoning { record.usage.reasoning = TokenCount(reasoning) }
        if let cost = use.cost {
            (record.costKind, record.cost) = (.reported, try #require(NanoUSD(dollars: cost)))
        } else if let cost = list(use, prices) {
            (record.costKind, record.cost) = (.priced, cost)
        }
        return record
    }

    private func list(_ use: Use, _ prices: PriceBook) -> NanoUSD? {
        let answer = prices.price(provider: provider, model: use.model, tier: use.tier, at: start(use.day))
        guard case .success(let applied) = answer else { return nil }
        let rates = applied.rates.base
        let parts = [
            (use.tokens.input, rates.input), (use.tokens.read, rates.cacheRead),
            (use.tokens.write, rates.cacheWrite5m), (use.tokens.output, rates.output),
        ]
        return BilledAmount(picos: parts.reduce(0) { $0 + Int128($1.0) * Int128($1.1?.picos ?? 0) }).nanoUSD
    }

    private func total(_ line: Line, row: UInt64) throws -> ControlTotal {
        var total = ControlTotal(
            authority: .bill, source: "focus", period: Period(start: start(line.day), end: start(line.day + 1)),
            provider: provider)
        (total.model, total.currency, total.dimensions, total.row) = (line.model, line.currency, line.dimensions, row)
        total.dimensions["service_tier"] = line.tier
        total.billed = BilledAmount(picos: try #require(ExactDecimal(line.amount)?.units(scale: 12)).units)
        let tokens = line.tokens
        if tokens.input > 0 { total.usage.uncachedInput = TokenCount(tokens.input) }
        if tokens.read > 0 { total.usage.cacheRead = TokenCount(tokens.read) }
        if tokens.write > 0 { total.usage.cacheWrite5m = TokenCount(tokens.write) }
        if tokens.output > 0 { total.usage.output = TokenCount(tokens.output) }
        return total
    }
}

extension Complaint.Tokens {
    var usage: TokenUsage {
        TokenUsage(
            uncachedInput: TokenCount(input), cacheRead: TokenCount(read), cacheWrite5m: TokenCount(write),
            cacheWrite1h: .zero, output: TokenCount(output))
    }
}
