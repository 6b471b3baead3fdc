internal import Domain

/// Reads the header `Retry-After`: seconds, or a date as RFC 9110 writes it.
enum RetryAfter {
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// Seconds from now on, never negative; `nil` where it says nothing that can be read.
    static func seconds(_ text: String?, now: Timestamp) -> Double? {
        guard let text else { return nil }
        if let seconds = Double(text), seconds.isFinite { return max(seconds, 0) }
        guard let moment = date(text) else { return nil }
        return max(Double(moment.microseconds - now.microseconds) / 1e6, 0)
    }

    /// `Sun, 06 Nov 1994 08:49:37 GMT`.
    private static func date(_ text: String) -> Timestamp? {
        let parts = text.split(whereSeparator: { $0 == " " || $0 == ":" || $0 == "," })
        guard parts.count == 8, let day = Int(parts[1]), let month = months.firstIndex(of: String(parts[2])),
            let year = Int(parts[3]), let hour = Int(parts[4]), let minute = Int(parts[5]), let second = Int(parts[6]),
            (1970...9999).contains(year), CivilDate(year: year, month: month + 1, day: day).isValid,
            (0...23).contains(hour), (0...59).contains(minute), (0...60).contains(second)
        else { return nil }
        return Timestamp(year: year, month: month + 1, day: day, hour: hour, minute: minute, second: second)
    }
}
