internal import Domain
internal import Registry

/// The accounts of those who sign in at a provider: made at the first time, and brought up to date at each.
struct OpenIDAccounts: Sendable {
    let registry: RegistryStore
    let settings: OpenIDSettings

    /// The account of somebody, with the role that the provider's claims give now.
    ///
    /// - Throws: ``Refusal`` where they give none; sessions that the account still had are ended.
    func account(of identity: OpenIDIdentity, at now: Timestamp) throws -> Account {
        let subject = "\(settings.issuer)|\(identity.subject)"
        let all = try registry.accounts()
        let known = all.first { $0.subject == subject }
        guard let rights = settings.roles.rights(of: identity.values) else {
            if let known { try registry.endSessions(ofAccount: known.id) }
            throw refusal(of: identity)
        }
        var random = SystemRandomNumberGenerator()
        let id = known?.id ?? SignIn.id("usr_", now, &random)
        let account = Account(
            id: id, name: name(of: identity, besides: all.filter { $0.id != id }), role: rights.role,
            teams: rights.teams, subject: subject)
        if account != known {
            try RegistryStore.$actor.withValue(account.name) { try registry.set(account, at: now) }
        }
        return account
    }

    /// A name that nobody else has: the log of changes knows people by it.
    private func name(of identity: OpenIDIdentity, besides others: [Account]) -> String {
        let taken = Set(others.map(\.name) + [SignIn.administrator, "admin token"])
        let host = WebAddress(settings.issuer)?.host ?? settings.issuer
        let choices = [identity.name, "\(identity.name) (\(host))", "\(settings.issuer)|\(identity.subject)"]
        // Tokens of programs are called so.
        return choices.first { !taken.contains($0) && !$0.hasPrefix("token ") } ?? choices[2]
    }

    private func refusal(of identity: OpenIDIdentity) -> Refusal {
        let claim = settings.roles.claim
        if identity.isCutShort {
            return .signIn(
                "You are in so many groups that the provider left out \(claim). Ask an administrator to send only groups of this application, or application roles.",
                code: "no_role")
        }
        let found =
            identity.values.isEmpty
            ? "the provider sent no \(claim)" : "your \(claim) have no role here"
        return .signIn(
            "You are known as \(identity.name), but \(found). Ask an administrator to add one of them to oidc.roles, or to add you to a group that is there.",
            code: "no_role")
    }
}
