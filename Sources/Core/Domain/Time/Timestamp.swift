/// A moment: microseconds since 1970-01-01T00:00:00Z.
package struct Timestamp: Sendable, Hashable, Comparable {
    /// Microseconds since the Unix epoch, UTC.
    package var microseconds: Int64

    /// Creates a moment from microseconds since the Unix epoch.
    package init(microseconds: Int64) { self.microseconds = microseconds }

    /// Creates a moment from seconds since the Unix epoch.
    package init(seconds: Int64) { microseconds = seconds * 1_000_000 }

    /// Midnight UTC of a civil date, by Howard Hinnant's `days_from_civil`; months and days may overflow their range.
    package init(year: Int, month: Int, day: Int, hour: Int = 0, minute: Int = 0, second: Int = 0) {
        let days = CivilDate(year: year, month: month, day: day).daysSinceEpoch
        self.init(seconds: Int64(days) * 86_400 + Int64(hour * 3600 + minute * 60 + second))
    }

    package static func < (a: Timestamp, b: Timestamp) -> Bool { a.microseconds < b.microseconds }

    /// No time is known. It lies before all others, and a record that has it belongs to no day and no period.
    package static let unknown = Timestamp(microseconds: .min / 2)

    /// Whether a time is known.
    package var isKnown: Bool { microseconds > .min / 4 }

    /// Days since the epoch, rounded down.
    package var day: Int64 { microseconds.floorDivided(by: Self.microsecondsPerDay) }
    /// Hours since the epoch, rounded down.
    package var hour: Int64 { microseconds.floorDivided(by: Self.microsecondsPerHour) }
    /// Months since January 1970.
    package var month: Int64 {
        let date = CivilDate(daysSinceEpoch: Int(day))
        return Int64((date.year - 1970) * 12 + date.month - 1)
    }

    /// Microseconds in an hour.
    package static let microsecondsPerHour: Int64 = 3_600_000_000
    /// Microseconds in a day.
    package static let microsecondsPerDay: Int64 = 86_400_000_000

    /// The first moment of a day in UTC, counted from January 1970.
    package static func startOfDay(_ day: Int64) -> Timestamp { Timestamp(microseconds: day * microsecondsPerDay) }

    /// The first moment of a month counted from January 1970.
    package static func startOfMonth(_ month: Int64) -> Timestamp {
        Timestamp(
            year: 1970 + Int(month.floorDivided(by: 12)), month: Int(month - month.floorDivided(by: 12) * 12) + 1,
            day: 1)
    }

    /// RFC 3339 in UTC, with as many decimals as are not zero: `2026-11-21T03:59:48.5Z`.
    package var rfc3339: String {
        let date = CivilDate(daysSinceEpoch: Int(day))
        let ofDay = microseconds - day * Self.microsecondsPerDay
        let seconds = Int(ofDay / 1_000_000)
        let time = [seconds / 3600, seconds / 60 % 60, seconds % 60].map(twoDigits).joined(separator: ":")
        var fraction = String(ofDay % 1_000_000 + 1_000_000).dropFirst()
        while fraction.last == "0" { fraction.removeLast() }
        return "\(date.text)T\(time)\(fraction.isEmpty ? "" : "." + fraction)Z"
    }

    /// The civil date in UTC: `2026-11-21`.
    package var dateText: String { CivilDate(daysSinceEpoch: Int(day)).text }

    /// To the second in UTC, for people: `2026-10-31 09:05:07`.
    package var secondText: String {
        let seconds = Int((microseconds / 1_000_000 % 86_400 + 86_400) % 86_400)
        let parts = [seconds / 3_600, seconds / 60 % 60, seconds % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }
        return dateText + " " + parts.joined(separator: ":")
    }

    /// The civil month in UTC: `2026-11`.
    package var monthText: String { String(dateText.prefix(7)) }
}

/// A calendar date of the proleptic Gregorian calendar.
package struct CivilDate: Sendable, Hashable {
    /// Year, for example 2026.
    package let year: Int
    /// Month, 1 to 12.
    package let month: Int
    /// Day of the month, 1 to 31.
    package let day: Int

    /// Creates a date without checking it.
    package init(year: Int, month: Int, day: Int) {
        (self.year, self.month, self.day) = (year, month, day)
    }

    /// The date that is `days` after 1970-01-01.
    package init(daysSinceEpoch days: Int) {
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let ofEra = shifted - era * 146_097
        let yearOfEra = (ofEra - ofEra / 1460 + ofEra / 36_524 - ofEra / 146_096) / 365
        let ofYear = ofEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * ofYear + 2) / 153
        month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        day = ofYear - (153 * shiftedMonth + 2) / 5 + 1
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }

    /// Days after 1970-01-01.
    package var daysSinceEpoch: Int {
        let shiftedYear = month <= 2 ? year - 1 : year
        let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
        let yearOfEra = shiftedYear - era * 400
        let ofYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let ofEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + ofYear
        return era * 146_097 + ofEra - 719_468
    }

    /// Whether the day exists in its month.
    package var isValid: Bool {
        guard (1...12).contains(month), (1...31).contains(day) else { return false }
        let back = CivilDate(daysSinceEpoch: daysSinceEpoch)
        return back == self
    }

    /// `2026-11-21`.
    package var text: String {
        let years = String(year + 10_000).dropFirst()
        return "\(years)-\(twoDigits(month))-\(twoDigits(day))"
    }
}

/// A half-open span of time: `start` belongs to it, `end` does not.
package struct Period: Sendable, Hashable {
    /// The first moment that belongs to the period.
    package var start: Timestamp
    /// The first moment after it.
    package var end: Timestamp

    /// Creates `[start, end)`.
    package init(start: Timestamp, end: Timestamp) { (self.start, self.end) = (start, end) }

    /// A day in UTC, counted from January 1970.
    package init(day: Int64) { self.init(start: .startOfDay(day), end: .startOfDay(day + 1)) }

    /// Everything, records without a time included.
    package static let always = Period(start: .unknown, end: Timestamp(microseconds: .max / 4))

    /// Whether a moment lies in the period.
    package func contains(_ moment: Timestamp) -> Bool { moment >= start && moment < end }

    /// Whether two periods have a moment in common.
    package func overlaps(_ other: Period) -> Bool { start < other.end && end > other.start }

    /// The smallest period that covers both.
    package func union(_ other: Period) -> Period {
        Period(start: min(start, other.start), end: max(end, other.end))
    }
}

extension Int64 {
    /// The quotient rounded towards minus infinity; `divisor` is positive.
    package func floorDivided(by divisor: Int64) -> Int64 {
        self >= 0 ? self / divisor : (self - divisor + 1) / divisor
    }
}

private func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

extension Timestamp {
    /// Times before 2001 cannot be times of AI usage: they count from the start of a trace.
    package var isRelative: Bool { microseconds < 1_000_000_000_000_000 }
}
