/// October 2026 as bills write it.
enum SampleClock {
    /// Milliseconds of an hour.
    static let hour = 3_600_000
    /// Milliseconds of a day.
    static let day = 86_400_000
    /// Days of the month.
    static let days = 31

    /// `2026-10-01` for 0, and `2026-11-01` for 31.
    static func date(_ day: Int) -> String {
        let (month, date) = day < days ? (10, day + 1) : (11, day - days + 1)
        return "2026-\(month)-\(date < 10 ? "0" : "")\(date)"
    }

    /// `2026-10-01T00:00:00Z` for 0 and no hours.
    static func moment(_ day: Int, hours: Int = 0) -> String {
        "\(date(day + hours / 24))T\(hours % 24 < 10 ? "0" : "")\(hours % 24):00:00Z"
    }
}
