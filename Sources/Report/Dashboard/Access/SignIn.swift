internal import Domain
internal import Registry
internal import Synchronization

/// Who gets in, and how: the one-time link, passwords, tokens, sessions.
final class SignIn: Sendable {
    private let registry: RegistryStore
    private let adminToken: String?
    /// Whether programs on this machine need no credential: no token is configured, and no proxy brings others here to sign
    /// in.
    let isOpenToThisMachine: Bool
    private let state = Mutex(State())

    private struct State: Sendable {
        var throttle = SignInThrottle()
        /// SHA-256 of the secret of the link that makes the first administrator.
        var setupHash: String?
    }

    /// The name of the one local administrator.
    static let administrator = "admin"

    init(registry: RegistryStore, adminToken: String?, isOpen: Bool) {
        (self.registry, self.adminToken, isOpenToThisMachine) = (registry, adminToken, isOpen)
    }

    // MARK: The first administrator

    /// Makes the secret of a one-time link, where there is no local administrator yet.
    func setupSecret(using random: inout some RandomNumberGenerator) throws -> String? {
        guard try administrator() == nil else { return nil }
        let secret = KeySecret(using: &random)
        state.withLock { $0.setupHash = secret.hash }
        return secret.text
    }

    /// Whether a link's secret is the one, and nobody has used it.
    func isSetupSecret(_ secret: String) -> Bool {
        let hash = KeySecret.hash(secret)
        return state.withLock { $0.setupHash.map { ConstantTime.isEqual($0, hash) } ?? false }
    }

    /// Makes the administrator, and signs them in; the link is used up.
    func setUp(secret: String, password: String, at now: Timestamp) throws -> String {
        guard isSetupSecret(secret) else {
            throw Refusal(
                status: 403, code: "bad_link", message: "This link was used already. payback serve prints a new one.")
        }
        var random = SystemRandomNumberGenerator()
        let account = Account(
            id: try administrator()?.id ?? Self.id("usr_", now, &random), name: Self.administrator, role: .admin,
            passwordHash: try PasswordHash(password, using: &random).text)
        try registry.set(account, at: now)
        state.withLock { $0.setupHash = nil }
        return try begin(account, at: now)
    }

    private func administrator() throws -> Account? {
        try registry.accounts().first { $0.passwordHash != nil && $0.role == .admin }
    }

    // MARK: Signing in

    /// Signs somebody in.
    ///
    /// - Returns: the secret for the cookie.
    /// - Throws: ``Refusal``; it does not tell whether the name or the password was wrong.
    func signIn(name: String, password: String, address: String, at now: Timestamp) throws -> String {
        let subjects = ["name \(name)", "address \(address)"]
        if let seconds = state.withLock({ $0.throttle.wait(subjects, at: now) }) {
            throw Refusal(
                status: 429, code: "too_many_failures",
                message: "Too many failures. Try again in \((seconds + 59) / 60) minutes.", retryAfter: seconds)
        }
        guard let account = try account(name: name, password: password, at: now) else {
            state.withLock { $0.throttle.note(failureOf: subjects, at: now) }
            throw Refusal(status: 401, code: "bad_password", message: "Name and password do not belong together.")
        }
        state.withLock { $0.throttle.clear(subjects) }
        return try begin(account, at: now)
    }

    private func account(name: String, password: String, at now: Timestamp) throws -> Account? {
        if let adminToken, name == Self.administrator, ConstantTime.isEqual(password, adminToken) {
            return try tokenAccount(at: now)
        }
        let account = try registry.accounts().first { $0.name == name && $0.passwordHash != nil }
        // A name that does not exist takes as long as one that does.
        let hash = PasswordHash(kept: account?.passwordHash ?? Self.nobody)
        return hash.matches(password) ? account : nil
    }

    private static let nobody = "scrypt$15$AAAAAAAAAAAAAAAAAAAAAA==$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="

    /// The account of those who sign in with the configured token.
    private func tokenAccount(at now: Timestamp) throws -> Account {
        if let known = try registry.account(id: "usr_token") { return known }
        let account = Account(id: "usr_token", name: "admin token", role: .admin)
        try registry.set(account, at: now)
        return account
    }

    /// Begins a session of somebody whose identity is certain.
    func begin(_ account: Account, at now: Timestamp) throws -> String {
        var random = SystemRandomNumberGenerator()
        let (secret, form) = (KeySecret(using: &random), KeySecret(using: &random))
        try registry.keep(
            Session(
                secretHash: secret.hash, account: account.id, formToken: form.text, createdAt: now, seenAt: now),
            at: now)
        return secret.text
    }

    // MARK: Who asks

    /// The session and the viewer of a cookie; `nil` where it is none, or has ended.
    func session(secret: String, at now: Timestamp) throws -> (Session, Viewer)? {
        guard var session = try registry.session(secretHash: KeySecret.hash(secret)), session.isValid(at: now),
            let account = try registry.account(id: session.account)
        else { return nil }
        if now.microseconds - session.seenAt.microseconds > 60_000_000 {
            session.seenAt = now
            try registry.keep(session, at: now)
        }
        return (session, account.viewer)
    }

    /// Ends a session.
    func signOut(_ session: Session) throws { try registry.end(session) }

    /// The viewer of a token; `nil` where it is none, or has ended.
    func viewer(token: String, at now: Timestamp) throws -> Viewer? {
        if let adminToken, ConstantTime.isEqual(token, adminToken) { return Viewer(name: "admin token", role: .admin) }
        let hash = KeySecret.hash(token)
        let found = try registry.apiTokens().first { ConstantTime.isEqual($0.secretHash, hash) }
        return found.flatMap { $0.isValid(at: now) ? $0.viewer : nil }
    }

    static func id(_ prefix: String, _ now: Timestamp, _ random: inout some RandomNumberGenerator) -> String {
        prefix + SortableID(at: now, using: &random).text
    }
}
