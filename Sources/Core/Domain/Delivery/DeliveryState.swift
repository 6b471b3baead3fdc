/// What became of the newest delivery to one target.
package struct DeliveryState: Sendable, Hashable {
    /// What is delivered, and where to.
    package struct Key: Sendable, Hashable {
        /// The scheduled report's or the alert's name.
        package let name: String
        /// The target's key; see ``DeliveryTarget/key``.
        package let target: String

        /// Creates a key.
        package init(name: String, target: DeliveryTarget) { (self.name, self.target) = (name, target.key) }
    }

    /// How it stands.
    package enum Outcome: String, Sendable {
        /// The schedule has been seen; nothing was due since.
        case begun
        /// It was tried and has not arrived.
        case tried
        /// It has arrived.
        case delivered
        /// It was tried too often; the next one that is due is tried again.
        case givenUp = "given_up"
    }

    /// The moment at which it was due; of a schedule that has just begun, when that was.
    package var due: Timestamp
    /// How it stands.
    package var outcome: Outcome
    /// How often it was tried.
    package var attempts: Int64
    /// When it was last tried, or arrived.
    package var at: Timestamp
    /// Why it failed, without secrets.
    package var failure: String?

    /// Creates a state.
    package init(due: Timestamp, outcome: Outcome, attempts: Int64, at: Timestamp, failure: String? = nil) {
        (self.due, self.outcome, self.attempts, self.at, self.failure) = (due, outcome, attempts, at, failure)
    }
}
