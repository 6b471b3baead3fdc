internal import Domain
internal import JSONScan

/// Whether a token whose signature is right speaks to this dashboard, about this sign-in, now (OpenID Connect Core 1.0,
/// section 3.1.3.7).
struct IDTokenCheck: Sendable {
    let settings: OpenIDSettings
    let nonce: String
    let now: Timestamp

    /// Clocks may differ by so much, seconds.
    private static let leeway = 60.0

    /// Who it is about.
    ///
    /// - Throws: ``Refusal`` that names what is wrong.
    func identity(in claims: JSONValue) throws -> OpenIDIdentity {
        try checkParties(claims)
        try checkTimes(claims)
        guard let sent = claims.string("nonce"), ConstantTime.isEqual(sent, nonce) else {
            throw Self.refusal("it is not about this sign-in (nonce). Begin again at /login.")
        }
        guard let subject = claims.string("sub"), subject.utf8.count <= 255 else {
            throw Self.refusal("it names nobody (sub). Ask whoever runs the provider.")
        }
        return OpenIDIdentity(subject: subject, claims: claims, settings: settings)
    }

    private func checkParties(_ claims: JSONValue) throws {
        guard claims.string("iss") == settings.issuer else {
            throw Self.refusal("another provider made it (iss). Compare oidc.issuer with the provider's.")
        }
        let audience = claims.string("aud").map { [$0] } ?? claims["aud"]?.elements.compactMap(\.text) ?? []
        let party = claims["azp"]
        guard audience.contains(settings.clientID), party == nil || party == .string(settings.clientID),
            audience.count == 1 || party != nil
        else {
            throw Self.refusal(
                "it is meant for another program (aud, azp). Compare oidc.client_id with the provider's.")
        }
    }

    private func checkTimes(_ claims: JSONValue) throws {
        let now = Double(now.microseconds) / 1e6
        guard let end = Self.seconds(claims["exp"]), end + Self.leeway > now else {
            throw Self.refusal("its time is over (exp). Compare this machine's clock with the provider's.")
        }
        guard let made = Self.seconds(claims["iat"]), made - Self.leeway <= now else {
            throw Self.refusal("it comes from the future (iat). Compare this machine's clock with the provider's.")
        }
        guard let start = claims["nbf"] == nil ? made : Self.seconds(claims["nbf"]), start - Self.leeway <= now else {
            throw Self.refusal("it is not yet good (nbf). Compare this machine's clock with the provider's.")
        }
    }

    private static func seconds(_ value: JSONValue?) -> Double? {
        guard case .number(let text)? = value, let number = Double(text), number.isFinite else { return nil }
        return number
    }

    private static func refusal(_ reason: String) -> Refusal {
        .signIn("The provider's ID token is refused: \(reason)", code: "bad_id_token")
    }
}
