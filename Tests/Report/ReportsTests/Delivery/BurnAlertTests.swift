import Documents
import Domain
import Ledger
import Reports
import Testing

@Suite("Alerts")
struct BurnAlertTests {
    /// Midnight of Monday, 2 March 2026; hours count from Monday, 2 February.
    private let end = Timestamp(year: 2026, month: 3, day: 2)
    private let hours = Int64(28 * 24)

    /// Office traffic of four weeks: cheap at night and on Sundays, with some spread; 1 USD is 1e9.
    private func traffic(from first: Int64 = 0) -> RecordBatch {
        var batch = RecordBatch()
        for hour in first..<hours {
            let isOffice = (8..<18).contains(hour % 24) && hour / 24 % 7 < 5
            let wobble = Int64(ByteHash.hash("hour \(hour)") % 20) - 10
            add(&batch, hour: hour, cost: (isOffice ? 10_000_000_000 : 1_000_000_000) * (100 + wobble) / 100)
        }
        return batch
    }

    private func add(_ batch: inout RecordBatch, hour: Int64, cost: Int64, feature: String? = "search") {
        // Day 32 of the year, from 0, is 2 February.
        let record = ReportRecords.record(
            &batch, day: 32 + hour / 24, cost: cost, feature: feature, number: hour % 24 * 3_600)
        batch.records.append(record)
    }

    private func alerts(_ batch: RecordBatch, lastHour hour: Int64) throws -> [BurnAlert] {
        try alerts(try ReportRecords.ledger(batch), lastHour: hour)
    }

    private func alerts(_ ledger: any UsageLedger, lastHour hour: Int64) throws -> [BurnAlert] {
        let before = Timestamp(
            microseconds: end.microseconds + (hour - hours + 1) * Timestamp.microsecondsPerHour + 130_000_000)
        return try BurnAlert.find(in: ledger, before: before)
    }

    @Test("Usual hours are quiet, by day, by night and on the first hour of a working day")
    func quiet() throws {
        let ledger = try ReportRecords.ledger(traffic())
        for hour in (hours - 7 * 24)..<hours {
            let found = try alerts(ledger, lastHour: hour)
            #expect(found.isEmpty, "hour \(hour)")
        }
    }

    @Test("An hour that costs six times as much is told, with what is usual and who it was")
    func spike() throws {
        var batch = traffic()
        let hour = hours + 10
        add(&batch, hour: hour, cost: 10_000_000_000)
        add(&batch, hour: hour, cost: 50_000_000_000, feature: "batch \"<job>\"")
        let found = try alerts(batch, lastHour: hour)
        let scopes = found.map(\.scope)
        #expect(scopes == ["customer=acme", "total", "feature=batch \"<job>\""])
        let total = try #require(found.first { $0.scope == "total" })
        #expect(total.spent == NanoUSD(nanos: 60_000_000_000) && total.weeks == 4)
        #expect((9.0...11.0).contains(total.usual.dollars))
        #expect(total.threshold < total.spent && total.hour.rfc3339 == "2026-03-02T10:00:00Z")
        let alert = try #require(found.last).alert
        #expect(alert.text.contains("spent $50.00 in the hour from 2026-03-02T10:00:00Z"))
        let slack = try #require(DeliveryTarget("https://hooks.slack.com/x"))
        let body = WebhookBody.of(alert, to: slack).compactText
        #expect(body.hasPrefix("{\"text\":") && !body.contains("<job>"))
    }

    @Test("Twice as much is within what hours do; a spike at night is told as well")
    func size() throws {
        var batch = traffic()
        add(&batch, hour: hours + 10, cost: 14_000_000_000)
        #expect(try alerts(batch, lastHour: hours + 10).isEmpty)
        add(&batch, hour: hours + 26, cost: 30_000_000_000)
        #expect(try alerts(batch, lastHour: hours + 26).contains { $0.scope == "total" })
    }

    @Test("Less than two weeks say nothing; two do")
    func history() throws {
        for (days, expected) in [(Int64(13), 0), (14, 2)] {
            var batch = traffic(from: hours - days * 24)
            // The ledger begins on a Monday's midnight, at the earliest.
            add(&batch, hour: hours, cost: 90_000_000_000, feature: nil)
            let found = try alerts(batch, lastHour: hours)
            #expect(found.count == expected, "\(days) days")
        }
        #expect(try alerts(RecordBatch(), lastHour: 0).isEmpty)
    }

    @Test("An alert is sent once for its hour and scope; a movement is then quiet for a week")
    func once() throws {
        let at = end
        let burn = DeliveryAlert.made("hourly_burn", due: at, quietDays: 0)
        #expect(DeliveryStep.next(burn, last: nil, now: at) == .send(due: at, attempt: 1))
        let sent = DeliveryState(due: at, outcome: .delivered, attempts: 1, at: at)
        #expect(DeliveryStep.next(burn, last: sent, now: at) == nil)
        let later = Timestamp(microseconds: at.microseconds + Timestamp.microsecondsPerDay)
        let next = DeliveryAlert.made("hourly_burn", due: later, quietDays: 0)
        #expect(DeliveryStep.next(next, last: sent, now: later) == .send(due: later, attempt: 1))
        let movement = DeliveryAlert.made("movement", due: later, quietDays: 7)
        #expect(DeliveryStep.next(movement, last: sent, now: later) == nil)
        let failed = DeliveryState(due: at, outcome: .tried, attempts: 1, at: at)
        #expect(DeliveryStep.next(burn, last: failed, now: at) == nil)
        let again = Timestamp(microseconds: at.microseconds + 300_000_000)
        #expect(DeliveryStep.next(burn, last: failed, now: again) == .send(due: at, attempt: 2))
    }
}

extension DeliveryAlert {
    fileprivate static func made(_ event: String, due: Timestamp, quietDays: Int64) -> DeliveryAlert {
        DeliveryAlert(event: event, scope: "total", due: due, quietDays: quietDays, text: "", json: .null)
    }
}
