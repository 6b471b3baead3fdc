/// When a report is due: on a weekday, or on a day of the month, at a time of day in a time zone.
package struct DeliverySchedule: Sendable, Hashable {
    /// How often.
    package enum Rhythm: Sendable, Hashable {
        /// Once a week.
        case week(Weekday)
        /// Once a month, on a day from 1 to 31; in a month that is shorter, on its last.
        case month(day: Int)
    }

    /// How often, and on which day.
    package var rhythm: Rhythm
    /// Minutes after midnight, 0 to 1439.
    package var minuteOfDay: Int
    /// The IANA name of the time zone of day and time.
    package var timeZone: String

    /// Creates a schedule.
    package init(_ rhythm: Rhythm, minuteOfDay: Int, timeZone: String = "UTC") {
        (self.rhythm, self.minuteOfDay, self.timeZone) = (rhythm, minuteOfDay, timeZone)
    }

    /// For people: `monday 07:00 Europe/Berlin`, `day 1, 07:00 UTC`.
    package var text: String {
        let (hour, minute) = (minuteOfDay / 60, minuteOfDay % 60)
        let time = "\(hour < 10 ? "0" : "")\(hour):\(minute < 10 ? "0" : "")\(minute) \(timeZone)"
        switch rhythm {
        case .week(let weekday): return "\(weekday.rawValue) \(time)"
        case .month(let day): return "day \(day), \(time)"
        }
    }
}

/// A day of the week, as configurations spell it.
package enum Weekday: String, Sendable, CaseIterable {
    case monday, tuesday, wednesday, thursday, friday, saturday, sunday

    /// Days after Monday, 0 to 6.
    package var daysAfterMonday: Int {
        switch self {
        case .monday: 0
        case .tuesday: 1
        case .wednesday: 2
        case .thursday: 3
        case .friday: 4
        case .saturday: 5
        case .sunday: 6
        }
    }
}
