internal import Domain
package import Ledger
import Testing

/// What every ledger engine has to do, whatever it is made of.
package enum LedgerContract {
    /// The cases; each gets a fresh ledger.
    package static let cases: [(name: String, check: @Sendable (any UsageLedger) throws -> Void)] = [
        ("appends and sums up", sums), ("appends nothing twice", idempotence),
        ("tells equal rows without an id apart", ordinals), ("flags responses of two sources", flags),
        ("groups by each dimension", grouping), ("filters", filter), ("cuts time into spans", spans),
        ("answers any period as the records do", anyPeriod), ("gives records back whole", roundTrip),
        ("keeps control totals exactly", controlTotals), ("lets a source revise its statement", statements),
        ("keeps records without a time", unknownTime),
        ("rebuilds roll-ups to the same sums", rebuilding),
    ]

    private static func append(_ records: MadeRecords, to ledger: any UsageLedger) throws -> AppendOutcome {
        let writer = try ledger.writer()
        try writer.append(records.batch, from: BatchOrigin(input: 0, parser: 0))
        return try writer.finish()
    }

    /// Records over three months, by pseudo-random names and times.
    private static func traffic(_ count: Int) -> MadeRecords {
        var made = MadeRecords()
        for number in 0..<count {
            let hash = ByteHash.hash("record \(number)")
            made.add(
                id: "\(number)", at: 1_788_000_000 + Int64(hash % 8_000_000),
                model: ["a", "b", "c"][Int(hash >> 8 % 3)],
                customer: hash & 7 == 0 ? nil : "customer \(hash >> 16 % 5)", feature: "feature \(hash >> 24 % 3)",
                input: Int64(hash >> 32 % 1000), cost: hash & 15 == 1 ? nil : Int64(hash >> 40 % 100_000),
                latency: Int64(hash >> 20 % 5_000_000), purpose: hash & 31 == 2 ? .retry : .serve)
        }
        return made
    }

    private static func sums(_ ledger: any UsageLedger) throws {
        var made = MadeRecords()
        made.add(id: "1", cost: 5)
        made.add(id: "2", cost: nil)
        made.add(id: "3", cost: 7, purpose: .retry)
        let outcome = try append(made, to: ledger)
        #expect(outcome.added == 3)
        let rows = try ledger.rows(for: LedgerQuery())
        #expect(rows.count == 1)
        let measures = try #require(rows.first?.measures)
        #expect(measures.requests == 2 && measures.calls == 3 && measures.retries == 1)
        #expect(measures.cost == NanoUSD(nanos: 12) && measures.failedCost == 7)
        #expect(measures.unpricedRequests == 1 && measures.unpricedTokens == 110)
        #expect(rows.first?.latency.count == 2)
    }

    private static func idempotence(_ ledger: any UsageLedger) throws {
        _ = try append(traffic(500), to: ledger)
        let before = try ledger.rows(for: LedgerQuery(by: [.customer]))
        let again = try append(traffic(500), to: ledger)
        #expect(again.added == 0 && again.repeated == 500)
        #expect(Set(try ledger.rows(for: LedgerQuery(by: [.customer]))) == Set(before))
    }

    private static func ordinals(_ ledger: any UsageLedger) throws {
        var batch = RecordBatch()
        var record = UsageRecord()
        record.identity = 42
        record.startedAt = Timestamp(seconds: 1_790_000_000)
        batch.records = [record, record, record]
        for expected in [(3, 0), (0, 3)] {
            let writer = try ledger.writer()
            try writer.append(batch, from: BatchOrigin(input: 0, parser: 0))
            let outcome = try writer.finish()
            #expect((outcome.added, outcome.repeated) == expected)
        }
    }

    private static func flags(_ ledger: any UsageLedger) throws {
        var first = MadeRecords()
        first.add(id: "1", source: "gateway", cost: 10, response: "chatcmpl-1")
        first.add(id: "2", source: "gateway", cost: 10, response: "chatcmpl-2")
        var second = MadeRecords()
        second.add(id: "a", source: "langfuse", cost: 11, response: "chatcmpl-1")
        second.add(id: "b", source: "langfuse", cost: 12, response: "chatcmpl-3")
        _ = try append(first, to: ledger)
        let outcome = try append(second, to: ledger)
        #expect(outcome.added == 2 && outcome.flagged == 1)
        #expect(try ledger.rows(for: LedgerQuery()).first?.measures.cost == NanoUSD(nanos: 32))
    }

    private static func grouping(_ ledger: any UsageLedger) throws {
        let made = traffic(1000)
        _ = try append(made, to: ledger)
        let sets: [[LedgerDimension]] =
            LedgerDimension.allCases.map { [$0] } + [
                [.provider, .model], [.customer, .model], [.feature, .team], LedgerDimension.allCases,
            ]
        for dimensions in sets {
            let query = LedgerQuery(by: dimensions)
            #expect(Set(try ledger.rows(for: query)) == expected(made, query), "\(dimensions)")
        }
    }

    private static func filter(_ ledger: any UsageLedger) throws {
        let made = traffic(500)
        _ = try append(made, to: ledger)
        let queries = [
            LedgerQuery(by: [.model], filter: [.customer: ["customer 1", nil]]),
            LedgerQuery(by: [.customer], filter: [.customer: ["customer 2"]]), LedgerQuery(filter: [.model: ["a"]]),
        ]
        for query in queries { #expect(Set(try ledger.rows(for: query)) == expected(made, query)) }
    }

    private static func spans(_ ledger: any UsageLedger) throws {
        let made = traffic(500)
        _ = try append(made, to: ledger)
        for grain in LedgerGrain.allCases {
            for dimensions in [[], [LedgerDimension.customer], [.model]] {
                let query = LedgerQuery(by: dimensions, grain: grain)
                #expect(Set(try ledger.rows(for: query)) == expected(made, query), "\(grain) \(dimensions)")
            }
        }
    }

    private static func anyPeriod(_ ledger: any UsageLedger) throws {
        let made = traffic(2000)
        _ = try append(made, to: ledger)
        for number in 0..<40 {
            let hash = ByteHash.hash("period \(number)")
            let start = 1_787_500_000 + Int64(hash % 9_000_000)
            let length = Int64(hash >> 32 % 5_000_000) + 1
            let period = Period(start: Timestamp(seconds: start), end: Timestamp(seconds: start + length))
            let dimensions: [LedgerDimension] = [[], [.customer], [.provider, .model], [.feature]][number % 4]
            let query = LedgerQuery(period: period, by: dimensions)
            #expect(Set(try ledger.rows(for: query)) == expected(made, query), "\(period) \(dimensions)")
        }
    }

    private static func roundTrip(_ ledger: any UsageLedger) throws {
        var made = MadeRecords()
        made.add(id: "first", at: 1_790_000_001, customer: "Zürich", feature: "search", response: "r-1")
        made.add(id: "second", at: 1_790_000_000, cost: nil)
        _ = try append(made, to: ledger)
        var read: [(id: String?, customer: String?, cost: NanoUSD, usage: TokenUsage, kind: CostKind)] = []
        try ledger.forEachBatch(in: .always) { batch in
            for record in batch.records {
                read.append(
                    (
                        batch.string(record.requestID), batch.vocabulary.text(record.customer), record.cost,
                        record.usage,
                        record.costKind
                    ))
            }
        }
        #expect(read.map(\.id) == ["second", "first"])
        #expect(read.map(\.customer) == [nil, "Zürich"])
        #expect(read.map(\.kind) == [.unpriced, .reported])
        #expect(read.last?.usage == made.batch.records.first?.usage)
        #expect(read.last?.usage.cacheRead == .unknown)
    }

    private static func controlTotals(_ ledger: any UsageLedger) throws {
        var total = ControlTotal(
            authority: .bill, source: "focus",
            period: Period(start: Timestamp(seconds: 100), end: Timestamp(seconds: 200)),
            provider: "aws")
        total.billed = BilledAmount(picos: 20_520_226_728_990)
        total.dimensions = ["region": "us-west-2", "sku": "A=B"]
        var batch = RecordBatch()
        batch.controlTotals = [total]
        for expected in [(1, 0), (0, 1)] {
            let writer = try ledger.writer()
            try writer.append(batch, from: BatchOrigin(input: 0, parser: 0))
            let outcome = try writer.finish()
            #expect((outcome.controlTotalsAdded, outcome.controlTotalsRepeated) == expected)
        }
        #expect(try ledger.controlTotals(in: .always) == [total])
        let before = Period(start: Timestamp(seconds: 0), end: Timestamp(seconds: 100))
        #expect(try ledger.controlTotals(in: before).isEmpty)
    }

    /// A day's total as a source stated it, so many tokens of output.
    private static func stated(day: Int64, output: Int64) -> ControlTotal {
        let start = Timestamp(seconds: day * 86_400)
        var total = ControlTotal(
            authority: .usageReport, source: "openai-usage",
            period: Period(start: start, end: Timestamp(seconds: (day + 1) * 86_400)), provider: "openai")
        total.usage.output = TokenCount(output)
        return total
    }

    /// Appends totals as a run's statement, and withdraws what it no longer says about the days 20000 to 20001.
    private static func state(
        _ totals: [ControlTotal], _ scope: String, run: Int64, in ledger: any UsageLedger
    ) throws -> AppendOutcome {
        var batch = RecordBatch()
        batch.controlTotals = totals
        let writer = try ledger.writer()
        writer.begin(SourceStatement(scope: scope, run: run))
        try writer.append(batch, from: BatchOrigin(input: 0, parser: 0))
        _ = try writer.withdrawOthers(
            in: Period(start: Timestamp(seconds: 20_000 * 86_400), end: Timestamp(seconds: 20_002 * 86_400)))
        return try writer.finish()
    }

    private static func statements(_ ledger: any UsageLedger) throws {
        let (before, first, second) = (
            stated(day: 19_999, output: 1), stated(day: 20_000, output: 2), stated(day: 20_001, output: 3)
        )
        #expect(try state([before, first, second], "a", run: 1, in: ledger).controlTotalsAdded == 3)
        // Another account says the same of one day: it stays when the first takes it back.
        #expect(try state([first], "b", run: 2, in: ledger).controlTotalsRepeated == 1)
        let revised = stated(day: 20_001, output: 4)
        let outcome = try state([revised], "a", run: 3, in: ledger)
        #expect(outcome.controlTotalsAdded == 1 && outcome.controlTotalsWithdrawn == 2)
        #expect(Set(try ledger.controlTotals(in: .always)) == [before, first, revised])
        let again = try state([revised], "a", run: 4, in: ledger)
        #expect(again.controlTotalsAdded == 0 && again.controlTotalsRepeated == 1)
        #expect(again.controlTotalsWithdrawn == 0)
        // A writer that is dropped withdraws nothing.
        let writer = try ledger.writer()
        writer.begin(SourceStatement(scope: "c", run: 5))
        #expect(try writer.withdrawOthers(in: .always) == 0)
        #expect(try ledger.controlTotals(in: .always).count == 3)
    }

    private static func unknownTime(_ ledger: any UsageLedger) throws {
        var batch = RecordBatch()
        var record = UsageRecord()
        record.identity = 1
        batch.records = [record]
        let writer = try ledger.writer()
        try writer.append(batch, from: BatchOrigin(input: 0, parser: 0))
        _ = try writer.finish()
        #expect(try ledger.rows(for: LedgerQuery()).first?.measures.calls == 1)
        #expect(try ledger.extent() == nil)
        let year = Period(start: Timestamp(year: 2026, month: 1, day: 1), end: Timestamp(year: 2027, month: 1, day: 1))
        #expect(try ledger.rows(for: LedgerQuery(period: year)).isEmpty)
    }

    private static func rebuilding(_ ledger: any UsageLedger) throws {
        _ = try append(traffic(500), to: ledger)
        let query = LedgerQuery(by: [.customer], grain: .day)
        let before = Set(try ledger.rows(for: query))
        try ledger.rebuildRollups(
            in: Period(start: Timestamp(seconds: 1_789_000_000), end: Timestamp(seconds: 1_790_000_000)))
        #expect(Set(try ledger.rows(for: query)) == before)
    }

    /// The answer by scanning the records.
    private static func expected(_ made: MadeRecords, _ query: LedgerQuery) -> Set<LedgerRow> {
        var groups = LedgerGrouping(query: query)
        for record in made.batch.records { groups.add(record, vocabulary: made.batch.vocabulary) }
        return Set(groups.rows)
    }
}
