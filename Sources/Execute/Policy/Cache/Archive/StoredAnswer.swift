package import Domain

/// An answer as it is kept: what is sent again, and what is known of the call that it came from.
package struct StoredAnswer: Sendable, Hashable {
    /// Whose it is, and to what.
    package var key: AnswerKey
    /// The rule whose cache holds it.
    package var rule: String
    /// When it was complete.
    package var storedAt: Timestamp
    /// How long it is served from then on, in microseconds.
    package var timeToLive: Int64
    /// What it can be taken back by.
    package var tags: [String] = []
    /// The HTTP status.
    package var status: UInt16 = 200
    /// The media type of the body: `application/json`, `text/event-stream`.
    package var contentType = ""
    /// The body, byte for byte.
    package var body: [UInt8]
    /// What the call used.
    package var usage = TokenUsage.unknown
    /// The provider that was called.
    package var provider = ""
    /// The model that was asked for.
    package var requestedModel = ""
    /// The model that answered.
    package var model = ""
    /// What the call cost; `nil` where it had no price.
    package var cost: NanoUSD?

    /// Creates an answer of which little is known.
    package init(key: AnswerKey, rule: String, storedAt: Timestamp, timeToLive: Int64, body: [UInt8]) {
        (self.key, self.rule, self.storedAt, self.timeToLive, self.body) = (key, rule, storedAt, timeToLive, body)
    }

    /// What it counts towards a bound in bytes: its texts, and about what a cache keeps beside them.
    package var bytes: Int {
        256 + body.count + contentType.utf8.count + rule.utf8.count
            + tags.reduce(0) { $0 + 2 * $1.utf8.count + 32 }
    }

    /// Whether it is too old to be served.
    package func isExpired(at now: Timestamp) -> Bool { now.microseconds - storedAt.microseconds > timeToLive }
}

/// What an archive is told.
package enum ArchiveEntry: Sendable, Hashable {
    /// An answer is kept; it takes the place of the one with the same rule and key.
    case answer(StoredAnswer)
    /// One answer is taken back.
    case removedKey(rule: String, AnswerKey)
    /// All answers with a tag are taken back: of one scope, or of all.
    case removedTag(String, scope: UInt64?)
    /// All answers of a rule are taken back.
    case removedRule(String)
}
