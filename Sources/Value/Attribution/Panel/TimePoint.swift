internal import Domain

/// A point on the axis of time of a study: a number (a year, a week), a quarter, a month, a day or a moment.
package struct TimePoint: Sendable, Hashable, Comparable {
    /// What an axis counts.
    package enum Kind: String, Sendable {
        case number, quarter, month, date
    }

    /// What it is.
    package let kind: Kind
    /// The number itself, or quarters, months or days since a fixed one.
    package let position: Double
    /// How it is written.
    package let text: String

    /// Reads `1989`, `1989.0`, `2026-Q3`, `2026-10`, `2026-10-31` or a moment of RFC 3339; `nil` where it is none.
    package init?(_ text: String) {
        if let number = Double(text) {
            guard number.isFinite else { return nil }
            let isWhole = number == number.rounded() && abs(number) < 1e15
            self.init(kind: .number, position: number, text: isWhole ? String(Int64(number)) : text)
        } else if let (year, quarter) = Self.parts(text, "Q"), (1...4).contains(quarter) {
            self.init(kind: .quarter, position: Double(year * 4 + quarter - 1), text: "\(year)-Q\(quarter)")
        } else if text.utf8.count == 7, let (year, month) = Self.parts(text, ""), (1...12).contains(month) {
            self.init(kind: .month, position: Double(year * 12 + month - 1), text: text)
        } else if text.utf8.count >= 10, let moment = Timestamp.read(text) {
            let days = Double(moment.microseconds) / Double(Timestamp.microsecondsPerDay)
            let isDay = days == days.rounded()
            self.init(kind: .date, position: days, text: isDay ? moment.dateText : moment.rfc3339)
        } else {
            return nil
        }
    }

    private init(kind: Kind, position: Double, text: String) {
        (self.kind, self.position, self.text) = (kind, position, text)
    }

    /// `2026-Q3`, `2026Q3` and `2026-10` as their two numbers.
    private static func parts(_ text: String, _ mark: String) -> (Int, Int)? {
        let rest = text.dropFirst(4)
        guard let year = Int(text.prefix(4)), text.prefix(4).utf8.count == 4, text.first != "-" else { return nil }
        let number = rest.hasPrefix("-" + mark) ? rest.dropFirst(1 + mark.count) : rest.dropFirst(mark.count)
        guard rest.hasPrefix("-" + mark) || !mark.isEmpty && rest.hasPrefix(mark) else { return nil }
        return number.allSatisfy(\.isNumber) ? Int(number).map { (year, $0) } : nil
    }

    /// The first day of a month, where an axis of days is asked for a month.
    func on(_ kind: Kind) -> TimePoint? {
        if kind == self.kind { return self }
        return self.kind == .month && kind == .date ? TimePoint(text + "-01") : nil
    }

    /// The number of the month, where days are months' first ones.
    var month: TimePoint? {
        kind == .date && text.utf8.count == 10 && text.hasSuffix("-01") ? TimePoint(String(text.dropLast(3))) : nil
    }

    /// Earlier comes first.
    package static func < (a: TimePoint, b: TimePoint) -> Bool { a.position < b.position }
}
