internal import Domain
internal import NIOHTTP1
internal import Providers
internal import Registry

extension Exchange {
    /// Finds the caller's key among the texts that may be one, and says for whom the request is.
    func authenticate() throws(CallerError) {
        let found = try key()
        // A key of ours that is not known is a mistake, or one made this second; it is never a provider's.
        let isOurs = headers.keys.contains { $0.hasPrefix(KeySecret.prefix) }
        guard found != nil || !(snapshot.requiresKey || isOurs) else { throw missingKey }
        caller.key = found
        caller.customer = try allowed(headers.customer, found?.customer, found?.customers, "customer")
        caller.feature = try allowed(headers.feature, found?.feature, found?.features, "feature")
        caller.team = found?.team ?? headers.team
        caller.session = headers.session
        caller.tags = headers.tags
    }

    /// What only the body says; a header or the key says it with more weight.
    func attributeByBody() throws(CallerError) {
        let found = caller.key
        if caller.customer == nil {
            caller.customer = try allowed(
                facts.customer ?? facts.endUser, found?.customer, found?.customers, "customer")
        }
        if caller.feature == nil {
            caller.feature = try allowed(facts.feature, found?.feature, found?.features, "feature")
        }
        caller.team = caller.team ?? facts.team
        caller.session = caller.session ?? facts.session
        if !facts.tags.isEmpty { caller.tags = facts.tags + caller.tags }
    }

    private func key() throws(CallerError) -> VirtualKey? {
        var stale: VirtualKey?
        for secret in headers.keys + queryKey {
            var secret = secret
            let hash = secret.withUTF8 { KeySecret.hash(UnsafeRawBufferPointer($0)) }
            guard let key = snapshot.keys[KeyHash(hash.0, hash.1, hash.2, hash.3)] else { continue }
            if key.isValid(at: startedAt) { return key }
            stale = key
        }
        guard let stale else { return nil }
        let reason = stale.revokedAt == nil ? "has expired" : "was revoked"
        throw CallerError(
            status: 401, code: "invalid_api_key", message: "The key \(stale.id) \(reason); ask for a new one.")
    }

    /// Gemini's clients may put the key into the query.
    private var queryKey: [String] {
        guard route.family == .gemini, let query = head.uri.split(separator: "?", maxSplits: 1).dropFirst().first
        else { return [] }
        return query.split(separator: "&").filter { $0.hasPrefix("key=") }.map { String($0.dropFirst(4)) }
    }

    private var missingKey: CallerError {
        CallerError(
            status: 401, code: "invalid_api_key",
            message: headers.keys.isEmpty
                ? "No key was sent; send a key of this gateway as the API key (payback keys create)."
                : "The key is not one of this gateway's (payback keys list shows them).")
    }

    /// What the request names, unless the key says otherwise.
    private func allowed(
        _ named: String?, _ own: String?, _ permitted: [String]?, _ what: String
    ) throws(CallerError) -> String? {
        guard let named else { return own }
        if let permitted, !permitted.isEmpty {
            guard permitted.contains(named) || named == own else {
                throw CallerError(
                    status: 403, code: "\(what)_not_allowed",
                    message: "The key may not be used for the \(what) \"\(named)\".")
            }
            return named
        }
        // A key that belongs to one customer cannot spend for another.
        return own ?? named
    }
}
