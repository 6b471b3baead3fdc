package import Domain
internal import Inputs
internal import JSONScan

/// Sign-in at a provider, with what only this machine knows.
package struct OpenIDConfiguration: Sendable, Hashable {
    /// What may be shown.
    package var settings: OpenIDSettings
    /// What the provider knows the dashboard by; absent for a public client, which the proof key alone protects.
    package var clientSecret: Secret?

    /// Creates a configuration.
    package init(settings: OpenIDSettings, clientSecret: Secret? = nil) {
        (self.settings, self.clientSecret) = (settings, clientSecret)
    }
}

/// Reads who signs in where, and who gets which role.
enum OpenIDReader {
    static func configuration(_ root: InputSection) -> OpenIDConfiguration? {
        guard let value = root.value["oidc"], value != .null else { return nil }
        let section = root.section("oidc")
        section.allow([
            "issuer", "client_id", "client_secret", "url", "name_claim", "scopes", "roles", "button",
        ])
        let (issuer, client, url) = (issuer(section), expanded(section, "client_id"), url(section))
        let (roles, secret) = (roles(section), section.secret("client_secret"))
        guard let issuer, let client, let url else { return nil }
        var settings = OpenIDSettings(issuer: issuer, clientID: client, url: url, roles: roles)
        settings.nameClaim = section.text("name_claim") ?? settings.nameClaim
        settings.button = section.text("button") ?? settings.button
        settings.scopes = scopes(section) ?? settings.scopes
        return OpenIDConfiguration(settings: settings, clientSecret: secret)
    }

    private static func issuer(_ section: InputSection) -> String? {
        guard let text = expanded(section, "issuer") else { return nil }
        guard let address = WebAddress(text), address.isConfidential, !address.path.contains("?") else {
            section.complain(
                "issuer", "it is no issuer; write it as the provider does, for example https://login.example")
            return nil
        }
        return text
    }

    private static func url(_ section: InputSection) -> String? {
        guard var text = expanded(section, "url") else { return nil }
        while text.hasSuffix("/") { text.removeLast() }
        guard let address = WebAddress(text), address.isConfidential, address.path.isEmpty else {
            section.complain(
                "url",
                "browsers cannot reach the dashboard there; write https://HOST without a path (http is for this machine alone)"
            )
            return nil
        }
        return text
    }

    private static func expanded(_ section: InputSection, _ key: String) -> String? {
        section.required(key) == nil ? nil : section.expandedText(key)
    }

    private static func scopes(_ section: InputSection) -> [String]? {
        let scopes = section.texts("scopes")
        if scopes.isEmpty { return nil }
        if !scopes.contains("openid") { section.complain("scopes", "openid is missing; without it nobody is named") }
        if scopes.contains(where: { $0.contains { $0.isWhitespace } }) {
            section.complain("scopes", "each scope stands for itself; write [openid, email, groups]")
        }
        return scopes
    }

    private static func roles(_ section: InputSection) -> RoleMapping {
        let roles = section.section("roles")
        roles.allow(["claim", "admin", "finance", "team"])
        let mapping = RoleMapping(
            claim: roles.text("claim") ?? "groups", admin: Set(roles.texts("admin")),
            finance: Set(roles.texts("finance")), teams: teams(roles))
        if mapping.isEmpty { section.complain("roles", "nobody could sign in; name values, for example admin: [ops]") }
        return mapping
    }

    private static func teams(_ roles: InputSection) -> [String: Set<String>] {
        guard let value = roles.value["team"], value != .null else { return [:] }
        guard case .object(let members) = value else {
            roles.complain("team", "a mapping was expected; write {blue: [team-blue]}")
            return [:]
        }
        let section = roles.section("team")
        return Dictionary(members.map { ($0.key, Set(section.texts($0.key))) }) { $0.union($1) }
    }
}
