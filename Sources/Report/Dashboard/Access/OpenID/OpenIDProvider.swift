internal import Domain
internal import JSONScan

/// What a provider says about itself (OpenID Connect Discovery 1.0, section 3).
struct OpenIDProvider: Sendable, Hashable {
    /// Where people sign in.
    let authorizationEndpoint: String
    /// Where a code is exchanged for a token.
    let tokenEndpoint: String
    /// Where its keys are.
    let keysEndpoint: String
    /// Whether the client's secret goes into a header; else into the form.
    let takesBasicCredentials: Bool
    /// Whether it names itself when it sends a browser back (RFC 9207).
    let namesItself: Bool

    /// Where an issuer's document is.
    static func address(of issuer: String) -> String {
        (issuer.hasSuffix("/") ? String(issuer.dropLast()) : issuer) + "/.well-known/openid-configuration"
    }

    /// Reads the document of an issuer.
    ///
    /// - Throws: ``Refusal`` where it is none, is another issuer's, or leads where others could listen.
    init(_ reply: OpenIDReply, issuer: String) throws {
        guard reply.status == 200, let document = try? JSONValue.parse(reply.body) else {
            throw Refusal.provider(
                "\(Self.address(of: issuer)) holds no description of a provider (status \(reply.status)). Compare oidc.issuer with what the provider calls it."
            )
        }
        // Another issuer's document would let it sign in for this one.
        guard let named = document.string("issuer"), named == issuer else {
            throw Refusal.provider(
                "The provider calls itself \(document.string("issuer") ?? "nothing"), and oidc.issuer \(issuer). Write it as the provider does; for Entra name the tenant."
            )
        }
        authorizationEndpoint = try Self.endpoint("authorization_endpoint", document)
        tokenEndpoint = try Self.endpoint("token_endpoint", document)
        keysEndpoint = try Self.endpoint("jwks_uri", document)
        let methods = document["token_endpoint_auth_methods_supported"]?.elements.compactMap(\.text) ?? []
        takesBasicCredentials = methods.isEmpty || methods.contains("client_secret_basic")
        namesItself = document["authorization_response_iss_parameter_supported"]?.isTrue ?? false
    }

    private static func endpoint(_ key: String, _ document: JSONValue) throws -> String {
        guard let text = document.string(key), let address = WebAddress(text), address.isConfidential else {
            throw Refusal.provider("The provider's \(key) is missing, or not https. Ask whoever runs the provider.")
        }
        return text
    }
}

extension JSONValue {
    /// A member that is a text and nothing else.
    func string(_ key: String) -> String? {
        guard case .string(let text)? = self[key], !text.isEmpty else { return nil }
        return text
    }
}
