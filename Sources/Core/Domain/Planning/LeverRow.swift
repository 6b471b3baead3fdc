/// What is remembered of a rule while plans come and go: its gate, and what people want of it.
package struct LeverRow: Sendable, Hashable {
    /// What a person wants of a gate; the gateway does it and forgets the wish.
    package enum Wish: String, Sendable, CaseIterable {
        /// A new attempt from shadow on.
        case open
        /// Off.
        case close
        /// Taken back: it serves nobody until it is opened.
        case withdraw
    }

    /// A stop by a person.
    package struct Pause: Sendable, Hashable {
        /// Why.
        package var reason: String
        /// Since when.
        package var at: Timestamp

        /// Creates a pause.
        package init(reason: String, at: Timestamp) { (self.reason, self.at) = (reason, at) }
    }

    /// The rule's name.
    package var rule: String
    /// What the gateway has kept of it.
    package var kept: LeverRecord
    /// Whether a person has stopped it.
    package var pause: Pause?
    /// What a person wants and the gateway has not done yet.
    package var wish: Wish?
    /// When something of it changed last.
    package var updatedAt: Timestamp

    /// Creates a row of a rule that nothing is known of.
    package init(rule: String, kept: LeverRecord = LeverRecord(), updatedAt: Timestamp) {
        (self.rule, self.kept, self.updatedAt) = (rule, kept, updatedAt)
    }
}

/// What the gateway keeps of a rule: written by it alone, so that nothing that a person does in between is lost.
package struct LeverRecord: Sendable, Hashable {
    /// What the evidence is about: a rule that means something else has another; absent where there is no evidence.
    package var subject: String?
    /// The gate's state with its evidence, JSON.
    package var gate: String?
    /// How far the judge agrees with people, JSON.
    package var agreement: String?
    /// What was counted, a JSON object of whole numbers: requests `seen` by the rule, answers `served` under it.
    package var counters: String?

    /// Creates a record.
    package init(
        subject: String? = nil, gate: String? = nil, agreement: String? = nil, counters: String? = nil
    ) {
        (self.subject, self.gate, self.agreement, self.counters) = (subject, gate, agreement, counters)
    }
}
