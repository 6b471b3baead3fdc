import Domain
import Reports
import Testing

@Suite("Delivery schedules")
struct DeliveryScheduleTests {
    private func moment(_ text: String) throws -> Timestamp { try #require(Timestamp.read(text)) }

    @Test(
        "The next due moment, by the clock of its time zone",
        arguments: [
            (DeliverySchedule(.month(day: 1), minuteOfDay: 420), "2026-10-15", "2026-11-01T07:00:00Z"),
            (DeliverySchedule(.month(day: 1), minuteOfDay: 420), "2026-11-01T07:00:00Z", "2026-12-01T07:00:00Z"),
            (DeliverySchedule(.month(day: 31), minuteOfDay: 0), "2026-02-01", "2026-02-28T00:00:00Z"),
            (DeliverySchedule(.month(day: 31), minuteOfDay: 0), "2028-02-01", "2028-02-29T00:00:00Z"),
            (DeliverySchedule(.month(day: 30), minuteOfDay: 60), "2026-12-31", "2027-01-30T01:00:00Z"),
            (DeliverySchedule(.week(.monday), minuteOfDay: 420), "2026-11-21", "2026-11-23T07:00:00Z"),
            (DeliverySchedule(.week(.sunday), minuteOfDay: 0), "2026-11-22T00:00:00Z", "2026-11-29T00:00:00Z"),
            // Summer time in Berlin begins on 29 March 2026 at 02:00 and ends on 25 October at 03:00.
            (
                DeliverySchedule(.week(.saturday), minuteOfDay: 150, timeZone: "Europe/Berlin"), "2026-03-27",
                "2026-03-28T01:30:00Z"
            ),
            (
                DeliverySchedule(.week(.sunday), minuteOfDay: 150, timeZone: "Europe/Berlin"), "2026-03-28",
                "2026-03-29T01:30:00Z"
            ),
            (
                DeliverySchedule(.week(.sunday), minuteOfDay: 150, timeZone: "Europe/Berlin"), "2026-10-24",
                "2026-10-25T00:30:00Z"
            ),
            (
                DeliverySchedule(.week(.monday), minuteOfDay: 420, timeZone: "Europe/Berlin"), "2026-10-24",
                "2026-10-26T06:00:00Z"
            ),
            // In Tokyo the Monday begins while the UTC week still runs: the report waits for its end.
            (
                DeliverySchedule(.week(.monday), minuteOfDay: 420, timeZone: "Asia/Tokyo"), "2026-11-21",
                "2026-11-23T00:00:00Z"
            ),
        ])
    func next(schedule: DeliverySchedule, after: String, expected: String) throws {
        #expect(schedule.nextDue(after: try moment(after)).rfc3339 == expected)
    }

    @Test("The last due moment is the newest that has come, and the next one follows it")
    func last() throws {
        let schedule = DeliverySchedule(.month(day: 31), minuteOfDay: 1_380, timeZone: "America/New_York")
        var moment = try moment("2026-01-01")
        for _ in 0..<30 {
            let next = schedule.nextDue(after: moment)
            #expect(next > moment)
            #expect(schedule.lastDue(at: next) == next)
            #expect(schedule.lastDue(at: Timestamp(microseconds: next.microseconds - 1)) < next)
            moment = next
        }
        #expect(moment.dateText == "2028-06-01")
    }

    @Test(
        "A report is about the whole week or month before",
        arguments: [
            (DeliverySchedule(.month(day: 1), minuteOfDay: 420), "2026-11-01T07:00:00Z", "October 2026"),
            (DeliverySchedule(.month(day: 15), minuteOfDay: 0), "2026-01-15T00:00:00Z", "December 2025"),
            (
                DeliverySchedule(.month(day: 1), minuteOfDay: 0, timeZone: "Asia/Tokyo"), "2026-11-01T00:00:00Z",
                "October 2026"
            ),
            (
                DeliverySchedule(.month(day: 31), minuteOfDay: 1_380, timeZone: "America/New_York"),
                "2026-11-01T03:00:00Z", "September 2026"
            ),
            (DeliverySchedule(.week(.monday), minuteOfDay: 420), "2026-11-23T07:00:00Z", "2026-11-16 to 2026-11-22"),
            (DeliverySchedule(.week(.sunday), minuteOfDay: 420), "2026-11-29T07:00:00Z", "2026-11-16 to 2026-11-22"),
        ])
    func period(schedule: DeliverySchedule, due: String, name: String) throws {
        #expect(schedule.period(dueAt: try moment(due)).name == name)
    }

    // MARK: What to do

    private let monthly = DeliverySchedule(.month(day: 1), minuteOfDay: 420)

    @Test("A new schedule sends nothing of the past; what was missed is sent once, the newest only")
    func steps() throws {
        let now = try moment("2026-11-01T07:00:10Z")
        #expect(DeliveryStep.next(monthly, last: nil, now: now) == .begin)
        let old = DeliveryState(due: try moment("2026-08-20"), outcome: .begun, attempts: 0, at: now)
        let due = try moment("2026-11-01T07:00:00Z")
        #expect(DeliveryStep.next(monthly, last: old, now: now) == .send(due: due, attempt: 1))
        let done = DeliveryState(due: due, outcome: .delivered, attempts: 1, at: now)
        let next = try moment("2026-12-01T07:00:00Z")
        #expect(DeliveryStep.next(monthly, last: done, now: now) == .wait(until: next))
    }

    @Test("A failure is tried again with growing pauses for a day, then given up until the next is due")
    func retries() throws {
        let due = try moment("2026-11-01T07:00:00Z")
        var now = due
        for attempt in Int64(1)..<DeliveryStep.mostAttempts {
            let state = DeliveryState(due: due, outcome: .tried, attempts: attempt, at: now)
            guard case .wait(let again) = DeliveryStep.next(monthly, last: state, now: now) else {
                Issue.record("attempt \(attempt) does not wait")
                return
            }
            #expect(DeliveryStep.next(monthly, last: state, now: again) == .send(due: due, attempt: attempt + 1))
            now = again
        }
        let hours = (now.microseconds - due.microseconds) / Timestamp.microsecondsPerHour
        #expect((18...24).contains(hours))
        let last = DeliveryState(due: due, outcome: .tried, attempts: DeliveryStep.mostAttempts, at: now)
        #expect(DeliveryStep.next(monthly, last: last, now: now) == .wait(until: try moment("2026-12-01T07:00:00Z")))
    }
}
