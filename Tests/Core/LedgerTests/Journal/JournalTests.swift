import Domain
import Foundation
import Ledger
import LedgerSQLite
import Synchronization
import TestSupport
import Testing

@Suite("Journal")
struct JournalTests {
    private let folder = FileManager.default.temporaryDirectory.appending(path: "payback-journal-\(UUID().uuidString)")

    private var path: String { folder.path }

    private func clean() { try? FileManager.default.removeItem(at: folder) }

    /// A record of its own, with everything that a record can carry.
    private func record(_ number: Int, in batch: inout RecordBatch, cost: Int64) -> UsageRecord {
        var record = UsageRecord()
        record.identity = ByteHash.hash("record \(number)")
        record.hasSourceID = true
        record.requestID = batch.append("request \(number)")
        record.responseID = batch.append("response \(number)")
        record.startedAt = Timestamp(seconds: 1_790_000_000 + Int64(number))
        record.source = batch.vocabulary.term("payback")
        record.provider = batch.vocabulary.term("openai")
        record.model = batch.vocabulary.term("gpt-4o-mini")
        record.customer = batch.vocabulary.term("customer \(number % 3)")
        record.usage = TokenUsage(uncachedInput: TokenCount(10), cacheRead: .unknown, output: TokenCount(3))
        record.usageSource = .reported
        record.cost = NanoUSD(nanos: cost)
        record.costKind = .priced
        record.latency = 1_234
        record.timeToFirstToken = 120
        record.prompt.exact = PromptHash(high: 1, low: UInt64(number))
        record.prompt.prefix = ItemSpan(start: UInt32(batch.prefixHashes.count), count: 2)
        batch.prefixHashes += [7, UInt64(number)]
        record.extras = ItemSpan(start: UInt32(batch.extras.count), count: 1)
        batch.extras.append(ExtraUsage(kind: batch.vocabulary.term("web_search"), millionths: 2_000_000))
        record.trace = batch.append("{\"n\":\(number)}")
        return record
    }

    private func append(
        _ kinds: [JournalFrame.Kind], _ numbers: Range<Int>, to writer: JournalWriter, cost: Int64 = 5
    ) throws {
        for number in numbers {
            for kind in kinds {
                var batch = RecordBatch()
                let record = record(number, in: &batch, cost: kind == .intent ? 99 : cost)
                writer.append(kind, key: UInt64(number), record, of: batch)
            }
            try writer.flush()
        }
    }

    private func sums(_ ledger: any UsageLedger) throws -> UsageMeasures {
        try ledger.rows(for: LedgerQuery()).first?.measures ?? UsageMeasures()
    }

    @Test("Records come back whole")
    func roundTrip() throws {
        defer { clean() }
        let directory = try JournalDirectory(path: path)
        let ledger = MemoryLedger()
        let writer = JournalWriter(directory: directory, segmentBytes: 1 << 20)
        try append([.intent, .finalRecord], 0..<3, to: writer)
        try JournalFolder(directory: directory, ledger: ledger).fold()
        let batch = ledger.request("request 1", in: .always)
        let found = try #require(batch.records.first)
        var made = RecordBatch()
        let wanted = record(1, in: &made, cost: 5)
        #expect(batch.records.count == 1)
        #expect(found.usage == wanted.usage && found.cost == wanted.cost && found.latency == wanted.latency)
        #expect(found.prompt.exact == wanted.prompt.exact)
        #expect(batch.prefixHashes[found.prompt.prefix.range] == [7, 1])
        #expect(batch.extras[found.extras.range].map(\.millionths) == [2_000_000])
        #expect(batch.string(found.trace) == "{\"n\":1}" && batch.string(found.responseID) == "response 1")
        #expect(batch.vocabulary.text(found.customer) == "customer 1")
    }

    @Test("Folding twice, or again from the beginning, changes nothing")
    func idempotence() throws {
        defer { clean() }
        let ledger = try SQLiteLedger.inMemory()
        for _ in 0..<2 {
            let directory = try JournalDirectory(path: path)
            let writer = JournalWriter(directory: directory, segmentBytes: 4_000)
            try append([.intent, .finalRecord], 0..<100, to: writer)
            let folder = JournalFolder(directory: directory, ledger: ledger)
            try folder.fold()
            try folder.fold()
        }
        #expect(try sums(ledger).calls == 100)
        #expect(try sums(ledger).cost == NanoUSD(nanos: 500))
    }

    @Test("After a crash an open intent is settled at its reservation, once, and finished requests are not")
    func recovery() throws {
        defer { clean() }
        let ledger = try SQLiteLedger.inMemory()
        do {
            let writer = JournalWriter(directory: try JournalDirectory(path: path), segmentBytes: 4_000)
            try append([.intent, .finalRecord], 0..<50, to: writer)
            try append([.intent], 50..<53, to: writer)
        }
        for settled in [3, 0] {
            let folder = JournalFolder(directory: try JournalDirectory(path: path), ledger: ledger)
            try folder.recover()
            #expect(folder.progress.settledAtReservation == settled)
            #expect(try sums(ledger).calls == 53)
            #expect(try sums(ledger).cost == NanoUSD(nanos: 50 * 5 + 3 * 99))
        }
        let left = try FileManager.default.contentsOfDirectory(atPath: path).filter { $0 != "lock" }
        #expect(left.isEmpty, "what is in the ledger is not kept twice")
    }

    @Test("A torn tail loses nothing that stands before it, wherever it is torn")
    func tornTail() throws {
        defer { clean() }
        do {
            let writer = JournalWriter(directory: try JournalDirectory(path: path), segmentBytes: 1 << 20)
            try append([.finalRecord], 0..<3, to: writer)
        }
        let file = folder.appending(path: "000000000001.journal")
        let whole = try Data(contentsOf: file)
        let entry = (whole.count - 18) / 3
        for cut in stride(from: 0, through: whole.count, by: 7) {
            try whole.prefix(cut).write(to: file)
            let ledger = MemoryLedger()
            try JournalFolder(directory: try JournalDirectory(path: path), ledger: ledger).recover()
            #expect(try sums(ledger).calls == Int64(max(cut - 18, 0) / entry), "cut at \(cut)")
        }
    }

    @Test("Damage in the middle costs the entries that it touches and no others")
    func damage() throws {
        defer { clean() }
        do {
            let writer = JournalWriter(directory: try JournalDirectory(path: path), segmentBytes: 1 << 20)
            try append([.finalRecord], 0..<10, to: writer)
        }
        let file = folder.appending(path: "000000000001.journal")
        var bytes = try Data(contentsOf: file)
        let entry = (bytes.count - 18) / 10
        bytes[18 + entry * 4 + 60] ^= 0xFF
        try bytes.write(to: file)
        let ledger = MemoryLedger()
        let journal = JournalFolder(directory: try JournalDirectory(path: path), ledger: ledger)
        try journal.recover()
        #expect(try sums(ledger).calls == 9)
        #expect(journal.progress.damagedBytes == entry)
    }

    @Test("Random bytes are no entries, and no crash")
    func noise() throws {
        defer { clean() }
        _ = try JournalDirectory(path: path)
        var state: UInt64 = 11
        for round in 0..<50 {
            let noise = (0..<2_000).map { _ in
                state = ByteHash.mix(state &+ 1, 0x9e37_79b9_7f4a_7c15)
                return UInt8(truncatingIfNeeded: state)
            }
            try Data(Array("PAYBACK JOURNAL 1\n".utf8) + noise).write(
                to: folder.appending(path: "00000000000\(round % 10).journal"))
            let ledger = MemoryLedger()
            try JournalFolder(directory: try JournalDirectory(path: path), ledger: ledger).recover()
            #expect(try sums(ledger).calls == 0)
        }
    }

    @Test("A second gateway is kept out of a journal")
    func lock() throws {
        defer { clean() }
        let first = try JournalDirectory(path: path)
        let error = #expect(throws: JournalError.self) { try JournalDirectory(path: path) }
        #expect(error?.code == .busy)
        withExtendedLifetime(first) {}
    }

    @Test("A ledger that fails loses nothing: the next fold begins where the last one did")
    func failingLedger() throws {
        defer { clean() }
        let directory = try JournalDirectory(path: path)
        let ledger = FailingLedger()
        let writer = JournalWriter(directory: directory, segmentBytes: 4_000)
        let folder = JournalFolder(directory: directory, ledger: ledger)
        try append([.intent, .finalRecord], 0..<40, to: writer)
        ledger.fails.withLock { $0 = true }
        #expect(throws: LedgerError.self) { try folder.fold() }
        ledger.fails.withLock { $0 = false }
        try append([.intent, .finalRecord], 40..<60, to: writer)
        try folder.fold()
        #expect(try sums(ledger.inner).calls == 60)
    }

    @Test("A ledger that may not grow keeps nothing half; what it could not take waits in the journal")
    func fullLedger() throws {
        defer { clean() }
        let directory = try JournalDirectory(path: path)
        let file = folder.appending(path: "ledger.sqlite").path
        let writer = JournalWriter(directory: directory, segmentBytes: 1 << 20)
        try append([.intent, .finalRecord], 0..<3_000, to: writer)
        do {
            let small = try SQLiteLedger(path: file, mostPages: 40)
            let error = #expect(throws: LedgerError.self) {
                try JournalFolder(directory: directory, ledger: small).fold()
            }
            #expect(error?.code == .notWritable)
            #expect(try sums(small).calls == 0)
        }
        let roomy = try SQLiteLedger(path: file, mustExist: true)
        try JournalFolder(directory: directory, ledger: roomy).fold()
        #expect(try sums(roomy).calls == 3_000)
    }
}
