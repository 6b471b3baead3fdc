import Domain
import Testing

@Suite("Moments")
struct TimestampTests {
    @Test(arguments: [
        ("2026-11-21T03:59:48Z", "2026-11-21T03:59:48Z"), ("2026-11-21t03:59:48.5z", "2026-11-21T03:59:48.5Z"),
        ("2026-11-21 03:59:48.1234567", "2026-11-21T03:59:48.123456Z"), ("2026-11-21", "2026-11-21T00:00:00Z"),
        ("2026-11-21T03:59", "2026-11-21T03:59:00Z"), ("2026-11-21T03:59:48+01:00", "2026-11-21T02:59:48Z"),
        ("2026-11-21T03:59:48-0730", "2026-11-21T11:29:48Z"), ("2024-02-29", "2024-02-29T00:00:00Z"),
        ("2026-01-01 00:00:00 UTC", "2026-01-01T00:00:00Z"), ("1790000000", "2026-09-21T14:13:20Z"),
        ("1790000000.25", "2026-09-21T14:13:20.25Z"), ("1790000000000", "2026-09-21T14:13:20Z"),
        ("1790000000000000", "2026-09-21T14:13:20Z"), ("1790000000000000000", "2026-09-21T14:13:20Z"),
        ("1.79e9", "2026-09-21T14:13:20Z"), ("3536999", "1970-01-01T00:58:56.999Z"), ("12.5", "1970-01-01T00:00:12.5Z"),
        ("0", "1970-01-01T00:00:00Z"),
    ])
    func reading(_ text: String, _ moment: String) {
        #expect(Timestamp.read(text)?.rfc3339 == moment)
    }

    @Test(arguments: [
        "", "yesterday", "2026-13-01", "2026-02-30", "2023-02-29", "2026-11-21T25:00:00Z", "2026-11-21T03:61:00Z",
        "2026-11-21T03:59:48+25:00", "2026-11-21X03:59", "99999999999999999999999", "2026-11-21T03:59:48.Z",
        "21.11.2026",
    ])
    func nonsense(_ text: String) {
        #expect(Timestamp.read(text) == nil)
    }

    @Test("A stated unit wins over the size of the number")
    func units() {
        #expect(Timestamp.read("3537", unit: .seconds)?.rfc3339 == "1970-01-01T00:58:57Z")
        #expect(Timestamp.read("3537", unit: .milliseconds)?.rfc3339 == "1970-01-01T00:00:03.537Z")
    }

    @Test("Dates and day numbers are each other's inverse over four centuries")
    func calendar() {
        for day in stride(from: -60_000, to: 90_000, by: 7) {
            let date = CivilDate(daysSinceEpoch: day)
            #expect(date.daysSinceEpoch == day)
            #expect(date.isValid)
        }
        #expect(Timestamp(year: 2026, month: 12, day: 31).month + 1 == Timestamp(year: 2027, month: 1, day: 1).month)
        #expect(
            Timestamp.startOfMonth(Timestamp(year: 1969, month: 11, day: 9).month).rfc3339 == "1969-11-01T00:00:00Z")
    }
}
