package import Domain

extension DeliverySchedule {
    /// When the next report is due, strictly after a moment.
    package func nextDue(after moment: Timestamp) -> Timestamp {
        let clock = LocalClock(timeZone: timeZone)
        let all = dates(around: clock.date(of: moment)).map { due($0, clock) }
        return all.first { $0 > moment } ?? Period.always.end
    }

    /// When the last report was due, at a moment or before it.
    package func lastDue(at moment: Timestamp) -> Timestamp {
        let clock = LocalClock(timeZone: timeZone)
        let all = dates(around: clock.date(of: moment)).map { due($0, clock) }
        return all.last { $0 <= moment } ?? .unknown
    }

    /// What a report that is due at a moment is about: the last whole week from Monday to Sunday, or the month before.
    ///
    /// Days begin in UTC, as in every report; which week or month it is goes by the schedule's own date.
    package func period(dueAt moment: Timestamp) -> ReportPeriod {
        // The end of a UTC day may have put it off by up to fourteen hours; its date is still the schedule's.
        let clock = LocalClock(timeZone: timeZone)
        let dates = dates(around: clock.date(of: moment))
        return period(on: dates.last { due($0, clock) <= moment } ?? clock.date(of: moment))
    }

    /// The dates on which it is due, from well before a date to well after it, in order.
    private func dates(around date: CivilDate) -> [CivilDate] {
        switch rhythm {
        case .week(let weekday):
            let monday = Self.monday(of: date)
            return (-2...2).map { CivilDate(daysSinceEpoch: monday + 7 * $0 + weekday.daysAfterMonday) }
        case .month(let day):
            let month = Timestamp(year: date.year, month: date.month, day: 1).month
            return (-2...2).map { Self.date(month: month + $0, day: day) }
        }
    }

    /// Never before the last day that is reported has ended in UTC.
    private func due(_ date: CivilDate, _ clock: LocalClock) -> Timestamp {
        max(clock.moment(date, minuteOfDay: minuteOfDay), period(on: date).period.end)
    }

    private func period(on date: CivilDate) -> ReportPeriod {
        switch rhythm {
        case .week:
            let end = Int64(Self.monday(of: date)) * Timestamp.microsecondsPerDay
            let start = Timestamp(microseconds: end - 7 * Timestamp.microsecondsPerDay)
            return ReportPeriod(Period(start: start, end: Timestamp(microseconds: end)))
        case .month:
            return ReportPeriod(month: Timestamp(year: date.year, month: date.month, day: 1).month - 1)
        }
    }

    /// The Monday of a date's week, as days since the epoch.
    private static func monday(of date: CivilDate) -> Int {
        Int(Timestamp(year: date.year, month: date.month, day: date.day).weekStart.day)
    }

    /// A day of a month, or its last where it has fewer.
    private static func date(month: Int64, day: Int) -> CivilDate {
        let length = Timestamp.startOfMonth(month + 1).day - Timestamp.startOfMonth(month).day
        let first = Int(Timestamp.startOfMonth(month).day)
        return CivilDate(daysSinceEpoch: first + min(max(day, 1), Int(length)) - 1)
    }
}
