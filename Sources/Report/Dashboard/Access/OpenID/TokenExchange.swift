internal import Domain
internal import Foundation
internal import JSONScan

/// A code for a token (RFC 6749, section 4.1.3).
enum TokenExchange {
    /// What is sent: the form, and the header where the provider wants the secret there.
    static func request(
        code: String, errand: SignInErrand, _ access: OpenIDAccess, _ provider: OpenIDProvider
    ) -> (form: String, authorization: String?) {
        let settings = access.settings
        var fields = [
            (name: "grant_type", value: "authorization_code"), ("code", code), ("redirect_uri", settings.callback),
            ("code_verifier", errand.verifier),
        ]
        var authorization: String?
        if let secret = access.clientSecret, provider.takesBasicCredentials {
            let pair = "\(settings.clientID.percentEncoded):\(secret.percentEncoded)"
            authorization = "Basic " + Data(pair.utf8).base64EncodedString()
        } else {
            fields.append(("client_id", settings.clientID))
            if let secret = access.clientSecret { fields.append(("client_secret", secret)) }
        }
        return (String(Fields(fields).link.dropFirst()), authorization)
    }

    /// The token in the answer.
    ///
    /// - Throws: ``Refusal`` with what to do where there is none.
    static func token(in reply: OpenIDReply) throws -> IDToken {
        let document = try? JSONValue.parse(reply.body)
        if reply.status == 200, let text = document?.string("id_token") { return try IDToken(text) }
        switch document?.string("error") {
        case "invalid_client", "unauthorized_client":
            throw Refusal.provider(
                "The provider does not accept this dashboard. Compare oidc.client_id and oidc.client_secret with the provider's."
            )
        case "invalid_grant":
            throw Refusal.lost(
                "The provider does not know the code (any more). If it happens again, compare the provider's redirect address with oidc.url."
            )
        case let error:
            throw Refusal.provider(
                "The provider gave no ID token (status \(reply.status)\(error.map { ", \($0.prefix(100))" } ?? "")). Try again at /login."
            )
        }
    }
}
