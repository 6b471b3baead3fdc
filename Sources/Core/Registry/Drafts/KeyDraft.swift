package import Domain

/// A virtual key as somebody asks for it, in the texts of a command, a form or the API; what is absent is left open.
package struct KeyDraft: Sendable {
    /// What people call it.
    package var name: String?
    /// Whom its traffic is for, and who pays.
    package var customer, feature, team: String?
    /// The models that it may call, separated by commas.
    package var models: String?
    /// The first day on which it is not valid any more, UTC: `2027-01-01`.
    package var expires: String?
    /// Whole numbers of at least 1.
    package var requestsPerMinute, tokensPerMinute, concurrentRequests: String?

    /// Creates a draft that says nothing.
    package init() {}

    /// The key.
    ///
    /// - Throws: ``DraftError`` naming the field.
    package func key(id: String, _ secret: KeySecret, at now: Timestamp) throws(DraftError) -> VirtualKey {
        var key = VirtualKey(id: id, secretHash: secret.hash, createdAt: now)
        (key.name, key.hint) = (name, secret.hint)
        (key.customer, key.feature, key.team) = (customer, feature, team)
        key.models = try allowedModels()
        key.limits = RateLimits(
            requestsPerMinute: try Self.count("requests_per_minute", requestsPerMinute),
            tokensPerMinute: try Self.count("tokens_per_minute", tokensPerMinute),
            concurrentRequests: try Self.count("concurrent_requests", concurrentRequests))
        key.expiresAt = try Self.day("expires", expires, after: now)
        return key
    }

    /// A list that names no model is refused: kept as it is, it would allow them all.
    private func allowedModels() throws(DraftError) -> [String] {
        guard let models else { return [] }
        let names = models.split(separator: ",").map(\.trimmed).filter { !$0.isEmpty }
        guard !names.isEmpty else {
            throw DraftError("models", "names no model; write gpt-4o-mini,gpt-5*, or leave it out for all models.")
        }
        return names
    }

    private static func count(_ field: String, _ text: String?) throws(DraftError) -> Int64? {
        guard let text else { return nil }
        guard let value = Int64(text), value > 0 else {
            throw DraftError(field, "takes a whole number of at least 1; leave it out for no limit.")
        }
        return value
    }

    /// A day to come, for keys and for whatever else ends.
    ///
    /// - Throws: ``DraftError`` where it is no date, or has passed.
    package static func day(_ field: String, _ text: String?, after now: Timestamp) throws(DraftError) -> Timestamp? {
        guard let text else { return nil }
        // A bare number would be read as seconds since 1970: 2027 must not make a key that is dead already.
        guard text.dropFirst(4).first == "-", let moment = Timestamp.read(text) else {
            throw DraftError(field, "\(text) is not a date; write 2027-01-01.")
        }
        guard moment > now else { throw DraftError(field, "\(text) has passed already; write a day to come.") }
        return moment
    }
}
