package import Domain

/// A month of the calendar.
package struct CalendarMonth: Sendable, Hashable, Comparable {
    /// Months since January of year 0.
    package let number: Int

    /// Creates a month.
    package init(number: Int) { self.number = number }

    /// Reads `2027-01`, or the month of `2027-01-15`.
    package init?(_ text: String) {
        let parts = text.split(separator: "-")
        guard (2...3).contains(parts.count), parts[0].count == 4, let year = Int(parts[0]), let month = Int(parts[1]),
            (1...12).contains(month), parts.count == 2 || Timestamp.read(text) != nil
        else { return nil }
        number = year * 12 + month - 1
    }

    /// The month so many months later.
    package func adding(_ months: Int) -> CalendarMonth { CalendarMonth(number: number + months) }

    /// `2027-01`.
    package var text: String {
        let month = number % 12 + 1
        return "\(number / 12)-\(month < 10 ? "0" : "")\(month)"
    }

    /// Its first moment, UTC.
    package var start: Timestamp { Timestamp.startOfMonth(Int64((number / 12 - 1970) * 12 + number % 12)) }

    package static func < (a: Self, b: Self) -> Bool { a.number < b.number }
}
