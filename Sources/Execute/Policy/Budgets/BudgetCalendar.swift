package import Domain
internal import Foundation

/// In which period of a budget a moment lies.
package enum BudgetCalendar {
    /// The calendar period around a moment, in the budget's time zone; weeks start on Monday.
    ///
    /// A rolling budget has no periods of its own: its hours are counted in ``RollingHours``.
    package static func period(of budget: Budget, at moment: Timestamp) -> Period {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = TimeZone(identifier: budget.timeZone) ?? .gmt
        calendar.firstWeekday = 2
        calendar.minimumDaysInFirstWeek = 4
        let unit: Calendar.Component
        switch budget.period {
        case .day: unit = .day
        case .week: unit = .weekOfYear
        case .month: unit = .month
        case .rolling(let hours): return rolling(hours: hours, at: moment)
        }
        let date = Date(timeIntervalSince1970: Double(moment.microseconds) / 1e6)
        guard let interval = calendar.dateInterval(of: unit, for: date) else { return rolling(hours: 24, at: moment) }
        return Period(start: timestamp(interval.start), end: timestamp(interval.end))
    }

    /// Whether a name is an IANA time zone that this system knows.
    package static func knows(timeZone name: String) -> Bool { TimeZone(identifier: name) != nil }

    /// The whole hours that a rolling budget counts at a moment. The oldest hour counts whole, so that the sum is never
    /// less than what was spent in the span.
    private static func rolling(hours: Int, at moment: Timestamp) -> Period {
        let last = moment.hour
        return Period(
            start: Timestamp(microseconds: (last - Int64(hours)) * Timestamp.microsecondsPerHour),
            end: Timestamp(microseconds: (last + 1) * Timestamp.microsecondsPerHour))
    }

    private static func timestamp(_ date: Date) -> Timestamp {
        Timestamp(seconds: Int64(date.timeIntervalSince1970.rounded()))
    }
}
