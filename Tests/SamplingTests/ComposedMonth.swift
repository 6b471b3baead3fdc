import Domain
import Importing
import Inputs
import JSONScan
import Pricing
import Sampling
import Testing

/// A month with bills, its files in memory, and what importing them gives.
struct ComposedMonth {
    let usage: [UInt8]
    let files: [BilledMonth.File]

    /// Composes a month at the prices of the book that ships.
    static func make(requests: Int = 6000, seed: UInt64 = 1) throws -> ComposedMonth {
        let book = try PriceBook.shipped()
        var usage: [UInt8] = []
        let month = BilledMonth(requests: requests, seed: seed) { Self.listed($0, book) }
        let files = try month.writeRecords { usage.append(contentsOf: $0) }
        return ComposedMonth(usage: usage, files: files)
    }

    /// The book's rate of a token.
    private static func listed(_ meter: SampleMeter, _ book: PriceBook) -> Int64? {
        guard let moment = Timestamp.read(meter.day),
            let price = try? book.price(provider: meter.provider, model: meter.model, tier: meter.tier, at: moment)
                .get()
        else { return nil }
        let rates = price.rates.base
        return switch meter.tokens {
        case .input: rates.input?.picos
        case .cacheRead: rates.cacheRead?.picos
        case .cacheWrite: (rates.cacheWrite5m ?? rates.input)?.picos
        case .output: rates.output?.picos
        }
    }

    /// A file's text.
    func text(_ name: String) throws -> String { try #require(files.first { $0.name == name }).text }

    /// What was planted.
    func truth() throws -> MonthTruth {
        try MonthTruth(JSONValue.parse(Array(text("truth.json").utf8)))
    }

    /// The records and the bills, read as `payback import` reads them.
    func imported() async throws -> MonthReading {
        var (reading, summary) = (MonthReading(), ReadingSummary())
        let run = ImportRun(options: .init(prices: try .shipped()))
        let bills = files.filter { $0.name != "truth.json" }
        for input in [("usage.jsonl", usage)] + bills.map({ ($0.name, Array($0.text.utf8)) }) {
            try await run.read(
                MemoryByteSource(input.1), named: input.0, into: &reading, &summary)
        }
        reading.summary = summary
        return reading
    }
}

/// `truth.json`, its amounts in pico-dollars.
struct MonthTruth {
    /// What was planted for one cause.
    struct Planted {
        let provider: String
        let amount: Int128
        let calls: Int?
        let start: String
        let end: String
        let detail: String
    }

    /// The sums of one provider.
    struct Sums {
        let billed: Int128
        let ledger: Int128
        let difference: Int128
    }

    let root: JSONValue
    private(set) var errors: [String: Planted] = [:]
    private(set) var providers: [String: Sums] = [:]

    init(_ root: JSONValue) throws {
        self.root = root
        for row in root["providers"]?.elements ?? [] {
            providers[try Self.text(row, "provider")] = Sums(
                billed: try Self.amount(row, "billed_usd"), ledger: try Self.amount(row, "ledger_usd"),
                difference: try Self.amount(row, "difference_usd"))
        }
        for row in root["errors"]?.elements ?? [] {
            errors[try Self.text(row, "cause")] = Planted(
                provider: try Self.text(row, "provider"), amount: try Self.amount(row, "amount_usd"),
                calls: row["calls"]?.text.flatMap { Int($0) }, start: try Self.text(row, "start"),
                end: try Self.text(row, "end"), detail: try Self.text(row, "detail"))
        }
    }

    /// An error by its cause.
    func planted(_ cause: String) throws -> Planted { try #require(errors[cause]) }

    private static func text(_ row: JSONValue, _ key: String) throws -> String { try #require(row[key]?.text) }

    private static func amount(_ row: JSONValue, _ key: String) throws -> Int128 {
        let decimal = try #require(ExactDecimal(text(row, key)))
        return try #require(decimal.units(scale: 12)).units
    }
}
