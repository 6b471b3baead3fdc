package import Domain

/// Carries what the dashboard asks of a provider. Redirects are not followed, and an answer has an end.
package protocol OpenIDTransport: Sendable {
    /// Fetches a document.
    ///
    /// - Throws: where the provider does not answer.
    func get(_ url: String) async throws -> OpenIDReply

    /// Sends a form.
    ///
    /// - Parameters:
    ///   - form: `a=1&b=2`, encoded.
    ///   - authorization: the header of that name; `nil` for none.
    /// - Throws: where the provider does not answer.
    func post(_ url: String, form: String, authorization: String?) async throws -> OpenIDReply
}

/// What a provider answers.
package struct OpenIDReply: Sendable, Hashable {
    /// The HTTP status.
    package var status: Int
    /// The body.
    package var body: [UInt8]

    /// Creates an answer.
    package init(status: Int, body: [UInt8]) { (self.status, self.body) = (status, body) }
}

/// Everything that sign-in at a provider needs.
package struct OpenIDAccess: Sendable {
    /// Where, and who gets which role.
    package var settings: OpenIDSettings
    /// What the provider knows the dashboard by; `nil` for a public client.
    package var clientSecret: String?
    /// Carries questions there.
    package var transport: any OpenIDTransport

    /// Creates an access.
    package init(settings: OpenIDSettings, clientSecret: String?, transport: any OpenIDTransport) {
        (self.settings, self.clientSecret, self.transport) = (settings, clientSecret, transport)
    }
}

extension Refusal {
    /// The provider does not do its part.
    static func provider(_ message: String) -> Refusal {
        Refusal(status: 502, code: "provider_failed", message: message)
    }

    /// Somebody is not let in.
    static func signIn(_ message: String, code: String = "sign_in_refused") -> Refusal {
        Refusal(status: 403, code: code, message: message)
    }

    /// The way to the provider and back was not one way.
    static func lost(_ message: String) -> Refusal {
        Refusal(status: 400, code: "sign_in_lost", message: message + " Begin again at /login.")
    }
}
