/// A key that callers hold instead of a provider's: whom its traffic is for, and what it may do.
///
/// The secret itself is shown once and never kept; ``secretHash`` recognises it.
package struct VirtualKey: Sendable, Hashable {
    /// The key's id, for example `key_01J9…`; safe to show and to log.
    package var id: String
    /// What people call it.
    package var name: String?
    /// SHA-256 of the secret, 64 lower-case hexadecimal digits (LiteLLM keeps its keys the same way).
    package var secretHash: String
    /// The first characters of the secret, so that a person can tell keys apart; absent for imported keys.
    package var hint: String?
    /// The customer that its traffic is for.
    package var customer: String?
    /// The feature that its traffic is for.
    package var feature: String?
    /// The team that pays.
    package var team: String?
    /// The models that it may call; empty for all. An entry may end in `*`.
    package var models: [String] = []
    /// The customers that a request may name by header or body; empty for any.
    package var customers: [String] = []
    /// The features that a request may name by header or body; empty for any.
    package var features: [String] = []
    /// How much and how fast.
    package var limits = RateLimits()
    /// When it was created.
    package var createdAt: Timestamp
    /// When it stops being valid; absent for never.
    package var expiresAt: Timestamp?
    /// When it was revoked; absent while it is valid.
    package var revokedAt: Timestamp?

    /// Creates a key.
    package init(id: String, secretHash: String, createdAt: Timestamp) {
        (self.id, self.secretHash, self.createdAt) = (id, secretHash, createdAt)
    }

    /// Whether it is valid at a moment.
    package func isValid(at moment: Timestamp) -> Bool {
        revokedAt.map { moment < $0 } ?? true && expiresAt.map { moment < $0 } ?? true
    }
}

/// How much may be asked in a minute, and at once. Absent limits do not limit.
package struct RateLimits: Sendable, Hashable {
    /// Requests per minute.
    package var requestsPerMinute: Int64?
    /// Tokens per minute, input and output together.
    package var tokensPerMinute: Int64?
    /// Requests in flight at one time.
    package var concurrentRequests: Int64?

    /// Creates limits; what is not given does not limit.
    package init(requestsPerMinute: Int64? = nil, tokensPerMinute: Int64? = nil, concurrentRequests: Int64? = nil) {
        (self.requestsPerMinute, self.tokensPerMinute) = (requestsPerMinute, tokensPerMinute)
        self.concurrentRequests = concurrentRequests
    }

    /// Whether nothing is limited.
    package var isUnlimited: Bool {
        requestsPerMinute == nil && tokensPerMinute == nil && concurrentRequests == nil
    }
}
