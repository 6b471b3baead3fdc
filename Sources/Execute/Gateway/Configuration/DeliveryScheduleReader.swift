internal import Domain
internal import Inputs
internal import JSONScan
internal import Policy

/// Reads when a report is due.
enum DeliveryScheduleReader {
    private enum Every: String, CaseIterable {
        case week, month
    }

    /// The schedule of an entry; `nil`, with a complaint, where it is not understood.
    static func schedule(_ entry: InputSection) -> DeliverySchedule? {
        let minute = minuteOfDay(entry)
        let zone = entry.text("time_zone") ?? "UTC"
        if !BudgetCalendar.knows(timeZone: zone) {
            entry.complain("time_zone", "\"\(zone)\" is not known; write for example Europe/Berlin")
        }
        guard entry.required("every") != nil, let every = entry.choice("every", Every.self),
            let rhythm = rhythm(entry, every), let minute
        else { return nil }
        return DeliverySchedule(rhythm, minuteOfDay: minute, timeZone: zone)
    }

    private static func rhythm(_ entry: InputSection, _ every: Every) -> DeliverySchedule.Rhythm? {
        switch every {
        case .week:
            if isStated("day", entry) { entry.complain("day", "a week has a weekday; write on: monday") }
            if !isStated("on", entry) { return .week(.monday) }
            return entry.choice("on", Weekday.self).map { .week($0) }
        case .month:
            if isStated("on", entry) { entry.complain("on", "a month has a day; write day: 1") }
            if !isStated("day", entry) { return .month(day: 1) }
            return entry.number("day", 1...31).map { .month(day: Int($0)) }
        }
    }

    private static func isStated(_ key: String, _ entry: InputSection) -> Bool { (entry.value[key] ?? .null) != .null }

    /// `07:00`; midnight where nothing is said.
    private static func minuteOfDay(_ entry: InputSection) -> Int? {
        guard isStated("at", entry) else { return 0 }
        guard let text = entry.text("at") else { return nil }
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        let isDigits = text.utf8.allSatisfy { (0x30...0x39).contains($0) || $0 == 0x3A }
        guard isDigits, parts.count == 2, parts[0].count <= 2, parts[1].count == 2, let hour = Int(parts[0]),
            let minute = Int(parts[1]), hour < 24, minute < 60
        else {
            entry.complain("at", "\"\(text)\" is no time of day; write \"07:00\", in quotes")
            return nil
        }
        return hour * 60 + minute
    }
}
