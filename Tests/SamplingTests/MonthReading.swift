import Domain
import Importing
import Inputs

/// What importing a month's files gave.
struct MonthReading: RecordSink {
    /// What the tests look at of a record.
    struct Record {
        let provider: String
        let model: String
        let feature: String?
        let tier: String?
        let start: Timestamp
        let usage: TokenUsage
        let cost: NanoUSD
        let kind: CostKind
        let identity: UInt64

        /// Pico-dollars.
        var picos: Int128 { Int128(cost.nanos) * 1000 }
        /// The second of two recordings is told from the first by its id only.
        var content: String { "\(provider) \(model) \(feature ?? "") \(start.microseconds) \(usage)" }
    }

    var summary = ReadingSummary()
    private(set) var records: [Record] = []
    private(set) var totals: [ControlTotal] = []

    mutating func take(_ batch: RecordBatch, from origin: BatchOrigin) {
        for record in batch.records {
            records.append(
                Record(
                    provider: batch.vocabulary.text(record.provider) ?? "",
                    model: batch.vocabulary.text(record.model) ?? "",
                    feature: batch.vocabulary.text(record.feature), tier: batch.vocabulary.text(record.serviceTier),
                    start: record.startedAt, usage: record.usage, cost: record.cost, kind: record.costKind,
                    identity: record.identity))
        }
        totals += batch.controlTotals
    }

    /// The records of a provider.
    func records(_ provider: String) -> [Record] { records.filter { $0.provider == provider } }

    /// The lines of a provider's bill, of one category where it is named.
    func lines(_ provider: String, _ category: String? = nil) -> [ControlTotal] {
        totals.filter { line in
            line.provider == provider && (category.map { line.dimensions["charge_category"] == $0 } ?? true)
        }
    }
}

extension [ControlTotal] {
    /// What they are billed at, in 10⁻¹² of their currency.
    var billed: Int128 { reduce(0) { $0 + ($1.billed?.picos ?? 0) } }
    /// What they would cost by the list, in the same units.
    var listed: Int128 { reduce(0) { $0 + ($1.list?.picos ?? 0) } }
}

extension [MonthReading.Record] {
    /// What they cost by the price book, in pico-dollars.
    var picos: Int128 { reduce(0) { $0 + $1.picos } }
}
