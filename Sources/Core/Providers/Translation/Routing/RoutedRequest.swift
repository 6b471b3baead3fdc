internal import Domain
internal import JSONScan

/// A caller's request as it goes to another model: of the caller's own API with nothing but the model changed, or of
/// another in its words.
package struct RoutedRequest: Sendable, Hashable {
    /// Path and query, behind the upstream's prefix; without a key.
    package let path: String
    /// The body.
    package let body: [UInt8]
    /// The API that is asked: answers are metered and read by it.
    package let surface: APISurface
    /// Headers to set, in place of the caller's.
    package let headers: [String: String]
    /// What was changed or left out without changing what is asked.
    package let notes: [TranslationNote]
    /// How the answer gets back into the caller's words; absent where it passes as it comes.
    package let reply: RoutedReplyTerms?

    /// Makes the request for a target.
    ///
    /// - Parameters:
    ///   - body: what the caller sent, one JSON object.
    ///   - route: what the caller's path says.
    ///   - uri: the caller's path and query.
    ///   - scanner: finds the model in the body.
    /// - Throws: ``TranslationProblem`` with the field that has no counterpart; the request is still good for a provider
    ///   of the caller's own API.
    package static func make(
        _ body: UnsafeBufferPointer<UInt8>, route: RequestRoute, uri: String, to target: TranslationTarget,
        using scanner: RequestScanner
    ) throws(TranslationProblem) -> RoutedRequest {
        guard target.family == route.family else { return try translated(body, route, uri, to: target) }
        // A conversation that was translated before bears marks that its own provider refuses; where they cannot be
        // taken out, that provider is asked as it stands.
        let path = RoutedPath.path(uri, route: route, to: target)
        if Translation.hasTraces(body), let clean = try? Translation.request(body, route: route, to: target) {
            return RoutedRequest(path: path, body: clean.body, route.surface, notes: clean.notes)
        }
        let renamed = try RoutedBody.renamed(body, route: route, to: target, using: scanner)
        return RoutedRequest(path: path, body: renamed, route.surface)
    }

    /// Whether a header of the caller's goes along. Those for the caller's own provider mean nothing to another, and a
    /// key against repetition was given to another request.
    package func passes(header name: String) -> Bool {
        let name = name.lowercased()
        if name == "idempotency-key" || headers[name] != nil { return false }
        return reply == nil || !Self.providersOwn.contains { name.hasPrefix($0) }
    }

    private static let providersOwn = ["anthropic-", "openai-", "x-goog-", "x-ms-", "x-stainless-"]

    private init(
        path: String, body: [UInt8], _ surface: APISurface, headers: [String: String] = [:],
        notes: [TranslationNote] = [], reply: RoutedReplyTerms? = nil
    ) {
        (self.path, self.body, self.surface, self.headers) = (path, body, surface, headers)
        (self.notes, self.reply) = (notes, reply)
    }

    private static func translated(
        _ body: UnsafeBufferPointer<UInt8>, _ route: RequestRoute, _ uri: String, to target: TranslationTarget
    ) throws(TranslationProblem) -> RoutedRequest {
        let request = try Translation.request(body, route: route, to: target)
        // Compressed answers could not be read.
        var headers = ["content-type": "application/json", "accept-encoding": "identity"]
        if target.family == .anthropic { headers["anthropic-version"] = Translation.anthropicVersion }
        let reply = RoutedReplyTerms(
            upstream: target.family, caller: route.family, streams: request.request.streams,
            includesUsage: request.request.includesUsage, framing: RoutedPath.framing(uri))
        return RoutedRequest(
            path: request.path, body: request.body, target.family.chatSurface, headers: headers, notes: request.notes,
            reply: reply)
    }
}

extension ProviderFamily {
    /// The API of the family's chats.
    package var chatSurface: APISurface {
        switch self {
        case .openAI: .chatCompletions
        case .anthropic: .messages
        case .gemini: .generateContent
        case .bedrock: .converse
        }
    }
}
