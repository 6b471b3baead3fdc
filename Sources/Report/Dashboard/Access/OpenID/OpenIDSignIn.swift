internal import Domain
internal import Registry
internal import Synchronization

/// Signing in at a provider: the authorisation code flow of OpenID Connect with a proof key.
final class OpenIDSignIn: Sendable {
    private let access: OpenIDAccess
    private let accounts: OpenIDAccounts
    private let directory: OpenIDDirectory
    private let seal = ErrandSeal()
    private let used = Mutex(UsedStates())

    init(_ access: OpenIDAccess, registry: RegistryStore) {
        self.access = access
        accounts = OpenIDAccounts(registry: registry, settings: access.settings)
        directory = OpenIDDirectory(access)
    }

    /// Where, and who gets which role.
    var settings: OpenIDSettings { access.settings }

    /// Sends a browser to the provider.
    ///
    /// - Parameter target: where the reader wanted to go; a path of our own.
    /// - Returns: the provider's address, and what the browser keeps meanwhile.
    /// - Throws: ``Refusal`` where the provider does not answer.
    func begin(to target: String, at now: Timestamp) async throws -> (address: String, cookie: String) {
        var random = SystemRandomNumberGenerator()
        let errand = SignInErrand(to: target, at: now, using: &random)
        let provider = try await directory.provider(at: now)
        return (errand.address(at: provider, settings), try seal.seal(errand))
    }

    /// Takes a browser back.
    ///
    /// - Parameters:
    ///   - query: what the provider says.
    ///   - cookie: what the browser has kept; `nil` for nothing.
    /// - Returns: whose session to begin, and where the reader wanted to go.
    /// - Throws: ``Refusal`` with what to do.
    func finish(
        _ query: Fields, cookie: String?, at now: Timestamp
    ) async throws -> (account: Account, target: String) {
        let errand = try errand(query, cookie, at: now)
        let provider = try await directory.provider(at: now)
        let code = try code(query, provider)
        let (form, authorization) = TokenExchange.request(code: code, errand: errand, access, provider)
        let reply = try await Refusal.translating(provider.tokenEndpoint) {
            try await access.transport.post(provider.tokenEndpoint, form: form, authorization: authorization)
        }
        let token = try TokenExchange.token(in: reply)
        guard try await directory.hasSigned(token, at: now) else {
            throw Refusal.signIn(
                "The provider's ID token is signed by none of its keys. If it has just changed them, try again in a minute.",
                code: "bad_id_token")
        }
        let check = IDTokenCheck(settings: settings, nonce: errand.nonce, now: now)
        return (try accounts.account(of: try check.identity(in: token.claims), at: now), errand.target)
    }

    /// The errand that a browser comes back from. Whoever lures somebody here with a code of their own has not its cookie.
    private func errand(_ query: Fields, _ cookie: String?, at now: Timestamp) throws -> SignInErrand {
        guard let errand = cookie.flatMap({ seal.open($0, at: now) }) else {
            throw Refusal.lost(
                "This browser did not begin to sign in here, took more than ten minutes, or keeps no cookies.")
        }
        guard let state = query["state"], ConstantTime.isEqual(state, errand.state) else {
            throw Refusal.lost("The provider's answer belongs to another sign-in.")
        }
        guard used.withLock({ $0.use(state, at: now) }) else {
            throw Refusal.lost("This sign-in has ended already.")
        }
        return errand
    }

    private func code(_ query: Fields, _ provider: OpenIDProvider) throws -> String {
        let issuer = query["iss"]
        guard issuer == nil ? !provider.namesItself : issuer == settings.issuer else {
            throw Refusal.lost("Another provider sent this answer.")
        }
        if let error = query["error"] {
            let detail = query["error_description"].map { " (\($0.prefix(200)))" } ?? ""
            throw Refusal.signIn(
                "The provider says \"\(error.prefix(60))\"\(detail). Try again at /login, or ask whoever runs the provider.",
                code: "provider_refused")
        }
        guard let code = query["code"] else { throw Refusal.lost("The provider sent no code.") }
        return code
    }
}
