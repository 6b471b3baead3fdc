import Domain
import Foundation
import GRDB
import Ledger
import LedgerSQLite
import TestSupport
import Testing

@Suite("The SQLite engine")
struct SQLiteLedgerTests {
    private func temporaryPath() -> String {
        FileManager.default.temporaryDirectory.appending(path: "ledger-\(UUID().uuidString).sqlite").path
    }

    @Test("What was committed is there after opening again")
    func persistence() throws {
        let path = temporaryPath()
        defer { try? FileManager.default.removeItem(atPath: path) }
        var made = MadeRecords()
        made.add(id: "1", cost: 5)
        do {
            let writer = try SQLiteLedger(path: path).writer()
            try writer.append(made.batch, from: BatchOrigin(input: 0, parser: 0))
            _ = try writer.finish()
        }
        let rows = try SQLiteLedger(path: path).rows(for: LedgerQuery(by: [.model]))
        #expect(rows.map(\.values) == [["gpt-5-mini"]])
        #expect(rows.first?.measures.cost == NanoUSD(nanos: 5))
    }

    @Test("A writer that is dropped leaves nothing behind")
    func dropped() throws {
        let ledger = try SQLiteLedger.inMemory()
        var made = MadeRecords()
        made.add(id: "1")
        do {
            let writer = ledger.writer()
            try writer.append(made.batch, from: BatchOrigin(input: 0, parser: 0))
        }
        #expect(try ledger.rows(for: LedgerQuery()).isEmpty)
        let writer = ledger.writer()
        try writer.append(made.batch, from: BatchOrigin(input: 0, parser: 0))
        #expect(try writer.finish().added == 1)
    }

    /// A bill's line for each of some days, 1 to 3.
    private func totals(_ days: [Int64]) -> [ControlTotal] {
        days.map { day in
            let period = Period(start: .startOfDay(20_000 + day), end: .startOfDay(20_001 + day))
            var total = ControlTotal(authority: .bill, source: "focus", period: period, provider: "openai")
            total.billed = BilledAmount(picos: Int128(day) * 2_500_000_000_000)
            total.dimensions = ["charge_category": "Usage"]
            total.usage.output = TokenCount(day)
            return total
        }
    }

    private func state(_ totals: [ControlTotal], run: Int64, in ledger: SQLiteLedger) throws -> AppendOutcome {
        let writer = ledger.writer()
        writer.begin(SourceStatement(scope: "a", run: run))
        var batch = RecordBatch()
        batch.controlTotals = totals
        try writer.append(batch, from: BatchOrigin(input: 0, parser: 0))
        _ = try writer.withdrawOthers(in: .always)
        return try writer.finish()
    }

    /// Puts a ledger's control totals back to where they lay in the order of their hashes.
    private static let back = """
        ALTER TABLE control_total RENAME TO newer;
        CREATE TABLE control_total (identity INTEGER PRIMARY KEY, authority INTEGER NOT NULL, source TEXT NOT NULL,
          start INTEGER NOT NULL, end INTEGER NOT NULL, provider TEXT NOT NULL, service TEXT, model TEXT,
          dimensions TEXT NOT NULL, is_ai INTEGER NOT NULL, requests INTEGER, uncached_input INTEGER,
          cache_read INTEGER, cache_write_5m INTEGER, cache_write_1h INTEGER, output INTEGER, reasoning INTEGER,
          billed TEXT, effective TEXT, list TEXT, contracted TEXT, currency TEXT NOT NULL);
        INSERT INTO control_total SELECT identity, authority, source, start, end, provider, service, model, dimensions,
          is_ai, requests, uncached_input, cache_read, cache_write_5m, cache_write_1h, output, reasoning, billed,
          effective, list, contracted, currency FROM newer;
        ALTER TABLE control_statement RENAME TO newer_statement;
        DROP INDEX control_statement_total;
        CREATE TABLE control_statement (scope TEXT NOT NULL, identity INTEGER NOT NULL, run INTEGER NOT NULL,
          PRIMARY KEY (scope, identity)) WITHOUT ROWID;
        CREATE INDEX control_statement_identity ON control_statement (identity);
        INSERT INTO control_statement SELECT scope, identity, run FROM newer_statement;
        DROP TABLE newer;
        DROP TABLE newer_statement;
        DELETE FROM grdb_migrations WHERE identifier LIKE '6 %';
        """

    @Test("A ledger of an earlier version keeps its control totals, knows them again, and lets them be withdrawn")
    func earlierTotals() throws {
        let path = temporaryPath()
        defer { try? FileManager.default.removeItem(atPath: path) }
        #expect(try state(totals([1, 2, 3]), run: 1, in: try SQLiteLedger(path: path)).controlTotalsAdded == 3)
        try DatabaseQueue(path: path).write { try $0.execute(sql: Self.back) }
        let ledger = try SQLiteLedger(path: path)
        #expect(try ledger.controlTotals(in: .always) == totals([1, 2, 3]))
        let again = try state(totals([1, 2]), run: 2, in: ledger)
        #expect(again.controlTotalsAdded == 0 && again.controlTotalsRepeated == 2)
        #expect(again.controlTotalsWithdrawn == 1)
        #expect(try ledger.controlTotals(in: .always) == totals([1, 2]))
    }

    @Test("A file that is not a ledger is refused")
    func foreignFile() throws {
        let path = temporaryPath()
        defer { try? FileManager.default.removeItem(atPath: path) }
        try Data("this is not a database, and long enough to be looked at".utf8).write(to: URL(filePath: path))
        #expect { try SQLiteLedger(path: path) } throws: { ($0 as? LedgerError)?.code == .incompatible }
    }

    @Test("Another program's database is refused and not changed by a byte")
    func foreignDatabase() throws {
        let path = temporaryPath()
        defer { try? FileManager.default.removeItem(atPath: path) }
        do {
            let queue = try DatabaseQueue(path: path)
            try queue.write { try $0.execute(sql: "CREATE TABLE theirs (id INTEGER)") }
        }
        let before = try Data(contentsOf: URL(filePath: path))
        #expect { try SQLiteLedger(path: path) } throws: { ($0 as? LedgerError)?.code == .incompatible }
        #expect(try Data(contentsOf: URL(filePath: path)) == before)
    }

    @Test("A missing ledger is an error where it must exist")
    func missing() {
        #expect { try SQLiteLedger(path: "/nonexistent/ledger.sqlite", mustExist: true) } throws: {
            ($0 as? LedgerError)?.code == .unavailable
        }
        #expect { try SQLiteLedger(path: "/nonexistent/ledger.sqlite") } throws: {
            ($0 as? LedgerError)?.code == .unavailable
        }
    }

    @Test("Old records can be removed; their sums stay")
    func removal() throws {
        let ledger = try SQLiteLedger.inMemory()
        var made = MadeRecords()
        for day in 0..<30 {
            made.add(id: "\(day)", at: 1_790_000_000 + Int64(day) * 86_400, customer: "c\(day % 3)", cost: 7)
        }
        let writer = ledger.writer()
        try writer.append(made.batch, from: BatchOrigin(input: 0, parser: 0))
        _ = try writer.finish()
        let before = Set(try ledger.rows(for: LedgerQuery(by: [.customer], grain: .day)))
        let middle = Timestamp(
            microseconds: Timestamp(seconds: 1_790_000_000 + 20 * 86_400).day * Timestamp.microsecondsPerDay)
        #expect(try ledger.removeRecords(before: middle) == 20)
        #expect(Set(try ledger.rows(for: LedgerQuery(by: [.customer], grain: .day))) == before)
        var left = 0
        try ledger.forEachBatch(in: .always) { left += $0.records.count }
        #expect(left == 10)
    }

    @Test("The extent covers sums that have outlived their records, by whole hours")
    func extent() throws {
        let ledger = try SQLiteLedger.inMemory()
        let start: Int64 = 1_790_000_100
        var made = MadeRecords()
        for day in Int64(0)..<3 { made.add(id: "\(day)", at: start + day * 86_400, customer: "c", cost: 7) }
        let writer = ledger.writer()
        try writer.append(made.batch, from: BatchOrigin(input: 0, parser: 0))
        _ = try writer.finish()
        let last = Timestamp(microseconds: Timestamp(seconds: start + 2 * 86_400).microseconds + 1)
        #expect(try ledger.extent() == Period(start: Timestamp(seconds: start), end: last))
        let hour = { (moment: Timestamp, hours: Int64) in
            Timestamp(microseconds: (moment.hour + hours) * Timestamp.microsecondsPerHour)
        }
        _ = try ledger.removeRecords(before: .startOfDay(Timestamp(seconds: start + 86_400).day))
        #expect(try ledger.extent() == Period(start: hour(Timestamp(seconds: start), 0), end: last))
        _ = try ledger.removeRecords(before: .startOfDay(last.day + 1))
        #expect(try ledger.extent() == Period(start: hour(Timestamp(seconds: start), 0), end: hour(last, 1)))
    }
}
