package import Documents
package import Domain
package import Ledger

/// The dearest requests of a day, of records that have certain values.
package struct DearestRequests: Sendable {
    /// A request's line.
    package struct Line: Sendable, Hashable {
        let id: String?
        let startedAt: Timestamp
        let status: String
        let model, customer, feature: String?
        let tokens: Int64
        let latency: Int64
        let cost: NanoUSD?
    }

    /// The lines, the dearest first.
    package let lines: [Line]
    /// How many there are in all.
    package let count: Int

    /// Reads the records of a period, a day at most.
    ///
    /// - Parameter most: how many lines are kept.
    package static func find(
        in ledger: any UsageLedger, _ period: Period, filter: [LedgerDimension: String?], most: Int = 50
    ) throws -> DearestRequests {
        var (lines, count): ([Line], Int) = ([], 0)
        var floor = NanoUSD.zero
        try ledger.forEachBatch(in: period) { batch in
            for record in batch.records where batch.matches(record, filter) {
                count += 1
                guard lines.count < most || record.cost > floor else { continue }
                lines.append(Line(record, of: batch))
                // Sorting now and then keeps the list short without sorting for each record.
                if lines.count >= 4 * most { (lines, floor) = Self.dearest(lines, most) }
            }
        }
        return DearestRequests(lines: Self.dearest(lines, most).0, count: count)
    }

    private static func dearest(_ lines: [Line], _ most: Int) -> ([Line], NanoUSD) {
        let sorted = lines.sorted { ($0.cost ?? .zero, $1.startedAt) > ($1.cost ?? .zero, $0.startedAt) }.prefix(most)
        return (Array(sorted), sorted.count < most ? .zero : sorted.last?.cost ?? .zero)
    }

    /// As a table.
    ///
    /// - Parameter link: where a request leads, by its id.
    package func table(linking link: (String) -> String) -> Table {
        Table(
            count > lines.count ? "The \(lines.count) dearest of \(NumberText.count(Int64(count))) calls" : "Calls",
            columns: [
                Column("Time, UTC"), Column("Model"), Column("Customer", priority: 1), Column("Feature", priority: 1),
                Column("Status", priority: 2), Column("Tokens", .decimal, priority: 2),
                Column("Latency, ms", .decimal, priority: 3), Column("USD", .decimal),
            ],
            rows: lines.map { line in
                Row([
                    Cell(line.startedAt.timeText, link: line.id.map(link)), Cell(line.model ?? NumberText.none),
                    Cell(line.customer ?? NumberText.none), Cell(line.feature ?? NumberText.none), Cell(line.status),
                    Cell(NumberText.count(line.tokens)),
                    Cell(line.latency < 0 ? NumberText.none : NumberText.count(line.latency / 1_000)),
                    Cell(line.cost.map { NumberText.unitCost($0, symbol: "") } ?? "unpriced"),
                ])
            })
    }

    /// For programs.
    package var json: JSONOutput {
        [
            "calls": .integer(Int64(count)),
            "requests": .array(
                lines.map { line in
                    [
                        "request_id": .text(line.id), "started_at": .string(line.startedAt.rfc3339),
                        "status": .string(line.status), "model": .text(line.model), "customer": .text(line.customer),
                        "feature": .text(line.feature), "tokens": .integer(line.tokens),
                        "latency_ms": line.latency < 0 ? .null : .exact(Int128(line.latency).decimalText(scale: 3)),
                        "cost_usd": .money(line.cost),
                    ]
                }),
        ]
    }
}

extension DearestRequests.Line {
    init(_ record: UsageRecord, of batch: RecordBatch) {
        id = batch.string(record.requestID)
        (startedAt, status) = (record.startedAt, record.status.name)
        model = batch.vocabulary.text(record.model)
        (customer, feature) = (batch.vocabulary.text(record.customer), batch.vocabulary.text(record.feature))
        (tokens, latency) = (record.usage.isKnown ? record.usage.total : 0, record.latency)
        cost = record.costKind == .unpriced ? nil : record.cost
    }
}

extension RecordBatch {
    fileprivate func matches(_ record: UsageRecord, _ filter: [LedgerDimension: String?]) -> Bool {
        filter.allSatisfy { dimension, value in dimension.text(of: record, in: vocabulary) == value }
    }
}

extension Timestamp {
    /// `14:03:09`.
    fileprivate var timeText: String { String(rfc3339.dropFirst(11).prefix(8)) }
}
