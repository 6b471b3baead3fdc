package import Domain
package import JSONScan

/// One list that a provider's API gives out: how it is asked for, and where a page ends. It does nothing itself.
package protocol PullEndpoint: Sendable {
    /// The name within the source, for example `completions`.
    var name: String { get }
    /// The format that reads its pages.
    var format: String { get }
    /// Whether a server may do without it; then its absence is a note, not a failure.
    var isOptional: Bool { get }
    /// Whether it gives sums of whole buckets of time, so that only whole days may be asked for.
    var isBucketed: Bool { get }
    /// How many forms it has; older servers do not know the first.
    var forms: Int { get }
    /// The header in which the API names the organisation of the key.
    var ownerHeader: String? { get }

    /// The width of bucket that it gives where another was asked for.
    func bucket(for asked: BucketWidth) -> BucketWidth
    /// The most time that one question may be about, in microseconds.
    func windowLength(of bucket: BucketWidth) -> Int64
    /// The part of a span of time about which the API says anything.
    func available(of span: Period, now: Timestamp) -> Period
    /// The question for a page.
    func request(at position: PullPosition) -> PullRequest
    /// Looks at an answer.
    ///
    /// - Throws: ``PullError`` where it is not what the documentation says.
    func turn(_ document: JSONValue, at position: PullPosition) throws(PullError) -> PageTurn
}

/// The width of the buckets of time in which usage is summed up.
package enum BucketWidth: String, Sendable, CaseIterable {
    case day = "1d"
    case hour = "1h"

    /// The width in microseconds.
    package var microseconds: Int64 { self == .day ? Timestamp.microsecondsPerDay : Timestamp.microsecondsPerHour }
}

/// What a page says of itself.
package struct PageTurn: Sendable, Hashable {
    /// How many rows it has.
    package let rows: Int
    /// The page behind it, in the API's own words; absent behind the last.
    package let next: String?

    /// Creates it.
    package init(rows: Int, next: String?) { (self.rows, self.next) = (rows, next) }
}

extension PullEndpoint {
    var isOptional: Bool { false }
    var isBucketed: Bool { false }
    var forms: Int { 1 }
    var ownerHeader: String? { nil }
    func bucket(for asked: BucketWidth) -> BucketWidth { .day }
    func windowLength(of bucket: BucketWidth) -> Int64 { Timestamp.microsecondsPerDay }
    func available(of span: Period, now: Timestamp) -> Period { span }

    /// The window that begins at a moment: as long as the API allows, to the end of a day or of the span.
    func window(from start: Timestamp, in span: Period, bucket: String) -> Period {
        guard start < span.end else { return Period(start: span.end, end: span.end) }
        let length = windowLength(of: BucketWidth(rawValue: bucket) ?? .day)
        let day = Timestamp(microseconds: start.day * Timestamp.microsecondsPerDay)
        let end = Timestamp(microseconds: day.microseconds + length)
        return Period(start: start, end: min(end, span.end))
    }
}

extension PullPosition {
    /// How many buckets the window has.
    var buckets: Int64 {
        let width = (BucketWidth(rawValue: bucket) ?? .day).microseconds
        return max((window.end.microseconds - window.start.microseconds + width - 1) / width, 1)
    }

    /// The number of the page, from 1, where the API counts pages.
    var pageNumber: Int { page.flatMap { Int($0) } ?? 1 }
}
