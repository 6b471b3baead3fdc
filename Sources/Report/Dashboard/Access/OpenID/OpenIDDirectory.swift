internal import Domain

/// What is known of a provider: its description and its keys, asked for when they are needed and kept for an hour.
actor OpenIDDirectory {
    private struct Known: Sendable {
        var provider: OpenIDProvider
        var keys: OpenIDKeySet
        var at: Timestamp
        /// When the keys were asked for last, whatever came of it.
        var keysAt: Timestamp
    }

    private let access: OpenIDAccess
    private var known: Known?
    private var underWay: Task<Known, any Error>?

    /// A key that the provider has withdrawn is accepted no longer than this, microseconds.
    private static let lifetime = Timestamp.microsecondsPerHour
    /// Tokens of unknown keys make nobody ask the provider more often than this, microseconds.
    private static let pause: Int64 = 60 * 1_000_000

    init(_ access: OpenIDAccess) { self.access = access }

    /// The provider's description.
    func provider(at now: Timestamp) async throws -> OpenIDProvider { try await known(at: now).provider }

    /// Whether the provider has signed a token. Where no key that is known has, the keys are asked for anew: it may have
    /// changed them.
    func hasSigned(_ token: IDToken, at now: Timestamp) async throws -> Bool {
        let found = try await known(at: now)
        if await found.keys.hasSigned(token) { return true }
        guard now.microseconds - (known ?? found).keysAt.microseconds >= Self.pause else { return false }
        known?.keysAt = now
        let keys = try OpenIDKeySet(try await reply(from: found.provider.keysEndpoint))
        known?.keys = keys
        return await keys.hasSigned(token)
    }

    private func known(at now: Timestamp) async throws -> Known {
        if let known, now.microseconds - known.at.microseconds < Self.lifetime { return known }
        // Those who come meanwhile wait for the same answer.
        let task = underWay ?? Task { try await ask(at: now) }
        underWay = task
        defer { underWay = nil }
        let found = try await task.value
        known = found
        return found
    }

    private func ask(at now: Timestamp) async throws -> Known {
        let issuer = access.settings.issuer
        let provider = try OpenIDProvider(
            try await reply(from: OpenIDProvider.address(of: issuer)), issuer: issuer)
        let keys = try OpenIDKeySet(try await reply(from: provider.keysEndpoint))
        return Known(provider: provider, keys: keys, at: now, keysAt: now)
    }

    private func reply(from url: String) async throws -> OpenIDReply {
        try await Refusal.translating(url) { try await access.transport.get(url) }
    }
}

extension Refusal {
    /// A provider that does not answer, as a refusal.
    static func translating(_ url: String, _ body: @Sendable () async throws -> OpenIDReply) async throws -> OpenIDReply
    {
        do { return try await body() } catch {
            throw Refusal(
                status: 503, code: "provider_unreachable",
                message: "\(url) does not answer. Try again, or sign in with a password. (\(error))", retryAfter: 10)
        }
    }
}
