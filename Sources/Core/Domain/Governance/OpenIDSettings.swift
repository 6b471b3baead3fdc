/// How people sign in elsewhere: at a provider that speaks OpenID Connect.
package struct OpenIDSettings: Sendable, Hashable {
    /// The provider, exactly as it names itself.
    package var issuer: String
    /// What the provider calls this dashboard.
    package var clientID: String
    /// Where browsers reach the dashboard, without a slash at the end.
    package var url: String
    /// Who gets which role.
    package var roles: RoleMapping
    /// The claim that people are shown by.
    package var nameClaim = "email"
    /// What the provider is asked to tell.
    package var scopes = ["openid", "email", "profile"]
    /// What the button says.
    package var button = "Sign in with OpenID Connect"

    /// Creates settings.
    package init(issuer: String, clientID: String, url: String, roles: RoleMapping) {
        (self.issuer, self.clientID, self.url, self.roles) = (issuer, clientID, url, roles)
    }

    /// Where the provider sends browsers back to.
    package var callback: String { url + "/login/openid/callback" }

    /// The host by which browsers reach the dashboard, lower case.
    package var host: String? { WebAddress(url)?.host }

    /// Whether they reach it encrypted.
    package var isEncrypted: Bool { WebAddress(url)?.isEncrypted ?? false }
}

/// From what a provider says about somebody to what they may do.
package struct RoleMapping: Sendable, Hashable {
    /// The claim that is looked at.
    package var claim: String
    /// Values that make an administrator.
    package var admin: Set<String>
    /// Values that let see everything.
    package var finance: Set<String>
    /// Values that let see a team's spend, by team.
    package var teams: [String: Set<String>]

    /// Creates a mapping.
    package init(
        claim: String = "groups", admin: Set<String> = [], finance: Set<String> = [], teams: [String: Set<String>] = [:]
    ) { (self.claim, self.admin, self.finance, self.teams) = (claim, admin, finance, teams) }

    /// Whether nobody gets anything.
    package var isEmpty: Bool { admin.isEmpty && finance.isEmpty && teams.values.allSatisfy(\.isEmpty) }

    /// What somebody with certain values may do; `nil` for nothing. The role that may most wins; a team's viewer sees all
    /// teams that match.
    package func rights(of values: Set<String>) -> (role: AccessRole, teams: Set<String>)? {
        if !admin.isDisjoint(with: values) { return (.admin, []) }
        if !finance.isDisjoint(with: values) { return (.finance, []) }
        let own = teams.filter { !$0.value.isDisjoint(with: values) }.keys
        return own.isEmpty ? nil : (.team, Set(own))
    }
}
