/// What an application or a person said of an answer.
package struct PostedVerdict: Sendable, Hashable {
    /// Its own name; the same posted twice counts once.
    package var id: String
    /// The request that was answered.
    package var requestID: String
    /// How much worse the answer was than it should be: 0 good, 1 useless.
    package var loss: Double
    /// More, in words.
    package var comment: String?
    /// Who says so: an application's name, or `person`.
    package var source: String
    /// When.
    package var at: Timestamp

    /// Creates a verdict.
    package init(id: String, requestID: String, loss: Double, comment: String? = nil, source: String, at: Timestamp) {
        (self.id, self.requestID, self.loss) = (id, requestID, loss)
        (self.comment, self.source, self.at) = (comment, source, at)
    }
}
