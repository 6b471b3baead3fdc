package import Domain

/// What the user asked for, and where a pull begins and ends.
package struct PullQuestion: Sendable {
    /// How many days a pull goes back behind what was read before: providers revise recent days.
    package static let overlapDays: Int64 = 3
    /// How many days the first pull goes back.
    package static let firstDays: Int64 = 30

    /// From this moment on; where absent, from where the last pull ended.
    package let since: Timestamp?
    /// Until before this moment; until now where absent.
    package let until: Timestamp?
    /// The width of buckets, where the API has several.
    package let bucket: BucketWidth

    /// Creates a question.
    package init(since: Timestamp? = nil, until: Timestamp? = nil, bucket: BucketWidth = .day) {
        (self.since, self.until, self.bucket) = (since, until, bucket)
    }

    /// Where a pull of an endpoint begins: where the last one was cut off, or at the beginning of a new one.
    package func position(for endpoint: some PullEndpoint, after cursor: PullCursor, now: Timestamp) -> PullPosition {
        let bucket = endpoint.bucket(for: self.bucket).rawValue
        var asked = Period(start: since ?? start(after: cursor, now: now), end: until ?? now)
        if endpoint.isBucketed { asked = asked.wholeDays }
        let span = endpoint.available(of: asked, now: now)
        if let open = cursor.open, open.bucket == bucket, since == nil || open.span.start == span.start,
            open.window.start < span.end, endpoint.hasStill(open.window.start, before: span.end, now: now)
        {
            return open.continued(until: span.end)
        }
        let window = endpoint.window(from: span.start, in: span, bucket: bucket)
        return PullPosition(span: span, bucket: bucket, window: window, run: now.microseconds)
    }

    private func start(after cursor: PullCursor, now: Timestamp) -> Timestamp {
        let day = cursor.reached.map { $0.day - Self.overlapDays } ?? (now.day - Self.firstDays)
        return Timestamp(microseconds: day * Timestamp.microsecondsPerDay)
    }
}

extension PullEndpoint {
    /// Whether the API goes back as far as a pull was that is to be gone on with.
    fileprivate func hasStill(_ start: Timestamp, before end: Timestamp, now: Timestamp) -> Bool {
        available(of: Period(start: start, end: end), now: now).start == start
    }
}

extension PullPosition {
    /// The same place, with another end. A page of a window that has to be shorter now cannot be gone on with.
    fileprivate func continued(until end: Timestamp) -> PullPosition {
        var position = self
        position.span.end = end
        if end < window.end {
            position.window.end = end
            position.page = nil
        }
        return position
    }
}

extension PullCursor {
    /// Moves on to where a pull is.
    ///
    /// A gap before the pull keeps `reached` where it was, so that the next pull closes it.
    mutating func move(to position: PullPosition, isDone: Bool, now: Timestamp) {
        open = isDone ? nil : position
        guard isDone, reached.map({ position.span.start <= $0 }) ?? true else { return }
        reached = max(reached ?? .unknown, min(position.span.end, now))
    }
}

extension Period {
    /// The whole days, UTC, that the period touches.
    var wholeDays: Period {
        let day = Timestamp.microsecondsPerDay
        let last = (end.microseconds + day - 1).floorDivided(by: day)
        return Period(start: Timestamp(microseconds: start.day * day), end: Timestamp(microseconds: last * day))
    }
}
