internal import Domain
internal import JSONScan

/// Somebody, as a provider knows them.
struct OpenIDIdentity: Sendable, Hashable {
    /// Who they are for good at that provider; names change, and may be given to others.
    let subject: String
    /// What people are shown.
    let name: String
    /// The values of the claim that roles come from.
    let values: Set<String>
    /// Whether the provider left that claim out because it is too long for a token, as Entra does.
    let isCutShort: Bool

    private static let mostCharacters = 200

    /// Reads a token's claims.
    init(subject: String, claims: JSONValue, settings: OpenIDSettings) {
        self.subject = subject
        let verified = claims["email_verified"]
        let isUnverified = settings.nameClaim == "email" && (verified == .bool(false) || verified == .string("false"))
        // An address that nobody has checked may be somebody else's, and the log of changes would show that one.
        let stated = isUnverified ? nil : Self.claim(settings.nameClaim, claims).flatMap { Self.plain($0.text) }
        name = stated ?? Self.plain(subject) ?? "somebody"
        // For a role it has to be checked for certain.
        let mayGiveRoles =
            settings.roles.claim != "email" || verified == .bool(true) || verified == .string("true")
        let claim = mayGiveRoles ? Self.claim(settings.roles.claim, claims) : nil
        values = Set(claim.map { $0.text.map { [$0] } ?? $0.elements.compactMap(\.text) } ?? [])
        isCutShort = claim == nil && claims["_claim_names"]?[settings.roles.claim] != nil
    }

    /// A claim by its whole name, else by a path with dots, as Keycloak's `realm_access.roles`.
    private static func claim(_ name: String, _ claims: JSONValue) -> JSONValue? {
        if let found = claims[name] { return found }
        return name.split(separator: ".").reduce(Optional(claims)) { $0?[String($1)] }
    }

    /// A name in one line, and not without end.
    private static func plain(_ text: String?) -> String? {
        let line = (text ?? "").filter { $0.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control } }
        return line.isEmpty ? nil : String(line.prefix(mostCharacters))
    }
}
