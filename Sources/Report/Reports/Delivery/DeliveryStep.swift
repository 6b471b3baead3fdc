package import Domain

/// What is to be done about a delivery now.
package enum DeliveryStep: Sendable, Hashable {
    /// The schedule is new: note it, send nothing of the past.
    case begin
    /// Nothing until a moment.
    case wait(until: Timestamp)
    /// Send what was due at a moment.
    case send(due: Timestamp, attempt: Int64)

    /// Attempts before a delivery is given up: with the pauses below they span a day.
    package static let mostAttempts: Int64 = 10

    /// What to do about a scheduled report.
    ///
    /// Of several that were missed the newest is sent; a failing one gives way to the next that is due.
    package static func next(_ schedule: DeliverySchedule, last: DeliveryState?, now: Timestamp) -> DeliveryStep {
        guard let last else { return .begin }
        let newest = schedule.lastDue(at: now)
        if newest > last.due { return .send(due: newest, attempt: 1) }
        let next = schedule.nextDue(after: now)
        guard last.outcome == .tried, last.attempts < mostAttempts else { return .wait(until: next) }
        let again = retry(last)
        return again <= now ? .send(due: last.due, attempt: last.attempts + 1) : .wait(until: min(again, next))
    }

    /// What to do about an alert.
    ///
    /// - Returns: `nil` for nothing: it has arrived, or one of its scope was sent within its days of quiet.
    package static func next(_ alert: DeliveryAlert, last: DeliveryState?, now: Timestamp) -> DeliveryStep? {
        guard let last else { return .send(due: alert.due, attempt: 1) }
        if last.due < alert.due {
            let quiet = last.outcome == .delivered ? alert.quietDays * Timestamp.microsecondsPerDay : 0
            let isQuiet = alert.due.microseconds - last.due.microseconds < quiet
            return isQuiet ? nil : .send(due: alert.due, attempt: 1)
        }
        guard last.due == alert.due, last.outcome == .tried, last.attempts < mostAttempts else { return nil }
        return retry(last) <= now ? .send(due: alert.due, attempt: last.attempts + 1) : nil
    }

    /// Five minutes after the first attempt, then twice as long each time, six hours at most.
    private static func retry(_ state: DeliveryState) -> Timestamp {
        let minutes = min(Int64(5) << min(max(state.attempts - 1, 0), 10), 360)
        return Timestamp(microseconds: state.at.microseconds + minutes * 60_000_000)
    }
}
