package import Domain

/// What a report is about, and what it is compared with.
package struct ReportPeriod: Sendable, Hashable {
    /// The period.
    package let period: Period
    /// The one before: the month before a month, else as many days before.
    package let previous: Period
    /// `October 2026`, or the days.
    package let name: String

    /// A calendar month, counted from January 1970.
    package init(month: Int64) {
        period = Period(start: .startOfMonth(month), end: .startOfMonth(month + 1))
        previous = Period(start: .startOfMonth(month - 1), end: .startOfMonth(month))
        let names = [
            "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
            "November", "December",
        ]
        let (year, number) = (month >= 0 ? month / 12 : (month - 11) / 12, ((month % 12) + 12) % 12)
        name = "\(names[Int(number)]) \(1970 + year)"
    }

    /// The month that a text names, `2026-10`; `nil` for anything else.
    package init?(monthText: String) {
        guard monthText.count == 7, let start = Timestamp.read(monthText + "-01") else { return nil }
        self.init(month: start.month)
    }

    /// A period of one's own.
    package init(_ period: Period) {
        let isMonth =
            period.start == .startOfMonth(period.start.month) && period.end == .startOfMonth(period.start.month + 1)
        if isMonth {
            self.init(month: period.start.month)
        } else {
            let length = period.end.microseconds - period.start.microseconds
            let last = Timestamp(microseconds: period.end.microseconds - 1)
            self.init(
                period: period,
                previous: Period(start: Timestamp(microseconds: period.start.microseconds - length), end: period.start),
                name: "\(period.start.dateText) to \(last.dateText)")
        }
    }

    private init(period: Period, previous: Period, name: String) {
        (self.period, self.previous, self.name) = (period, previous, name)
    }

    /// Months of 30.4375 days of it that have passed, as far as a ledger goes.
    ///
    /// - Parameter end: the ledger's last moment.
    func months(until end: Timestamp?) -> Double {
        let last = isRunning(at: end) ? end ?? period.end : period.end
        let span = Double(last.microseconds - period.start.microseconds) / Double(Timestamp.microsecondsPerDay)
        return max(span, 1) / 30.4375
    }

    /// Whether it goes on for more than a day after a ledger's last moment.
    func isRunning(at end: Timestamp?) -> Bool {
        guard let end, end > period.start else { return false }
        return period.end.microseconds - end.microseconds > Timestamp.microsecondsPerDay
    }
}

extension Timestamp {
    /// The Monday of its week, UTC.
    var weekStart: Timestamp {
        // 1970-01-01 was a Thursday.
        let offset = ((day + 3) % 7 + 7) % 7
        return Timestamp(microseconds: (day - offset) * Self.microsecondsPerDay)
    }
}
