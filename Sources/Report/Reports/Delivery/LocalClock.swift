internal import Domain
internal import Foundation

/// Turns moments into a time zone's dates and back.
struct LocalClock {
    private let calendar: Calendar

    /// A zone that the system does not know reads as UTC; configurations with one are refused.
    init(timeZone: String) {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = TimeZone(identifier: timeZone) ?? .gmt
        self.calendar = calendar
    }

    /// The date on which a moment lies.
    func date(of moment: Timestamp) -> CivilDate {
        let date = Date(timeIntervalSince1970: Double(moment.microseconds) / 1e6)
        let parts = calendar.dateComponents([.year, .month, .day], from: date)
        return CivilDate(year: parts.year ?? 1970, month: parts.month ?? 1, day: parts.day ?? 1)
    }

    /// The moment of a time of day. A time that clocks skip is as much later as they skip; of one that they show twice it is
    /// the first.
    func moment(_ date: CivilDate, minuteOfDay: Int) -> Timestamp {
        let parts = DateComponents(
            year: date.year, month: date.month, day: date.day, hour: minuteOfDay / 60, minute: minuteOfDay % 60)
        guard let found = calendar.date(from: parts) else {
            return Timestamp(year: date.year, month: date.month, day: date.day, minute: minuteOfDay)
        }
        return Timestamp(seconds: Int64(found.timeIntervalSince1970.rounded()))
    }
}
