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
