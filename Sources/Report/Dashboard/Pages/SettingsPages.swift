internal import Documents
internal import Domain
internal import Registry

/// How the gateway is, who may look, and who changed what.
enum SettingsPages {
    static let routes: [Route] = [
        .get("/settings", .wholeView) { .page(try page($0, $1)) },
        .post("/settings/tokens") { request, site in
            let (token, secret) = try TokenFields.make(request.form, at: request.now)
            try site.room.registry.add(token, at: request.now)
            return .page(
                Page(
                    title: "This token is shown once", subtitle: token.name, section: .settings,
                    parts: [
                        .blocks([.hint(Hint("Programs send it so:", command: "Authorization: Bearer \(secret.text)"))]),
                        .links("", [Page.Link(label: "Back to the settings", target: "/settings")]),
                    ]))
        },
        .post("/settings/tokens/:id/revoke") { request, site in
            try site.room.registry.revokeToken(id: request.parameters["id"] ?? "", at: request.now)
            return .redirect("/settings")
        },
        .post("/settings/accounts") { request, site in
            try site.room.registry.set(try AccountFields.make(request.form, at: request.now), at: request.now)
            return .redirect("/settings")
        },
    ]

    private static func page(_ request: WebRequest, _ site: Site) throws -> Page {
        let health = site.room.health()
        var page = Page(
            title: health.failure == nil ? "The gateway takes requests" : "The gateway refuses requests",
            subtitle: "Callers: \(health.callers)", section: .settings)
        page.parts = [.blocks([self.health(health)])]
        if request.viewer?.mayChange ?? false { page.parts += try access(request, site) }
        page.parts.append(.blocks([.table(changes(try site.room.registry.changes(limit: 50)))]))
        return page
    }

    private static func health(_ health: ControlRoom.Health) -> Block {
        let free = health.freeBytes.map { NumberText.fixed(Double($0) / 1e9, decimals: 1) + " GB" }
        return .table(
            Table(
                "Health", columns: [Column("What"), Column("State")],
                rows: [
                    ("Requests", health.failure.map { "refused: \($0)" } ?? "taken"),
                    ("Upstreams", health.upstreams.joined(separator: ", ")),
                    ("Records since the start", NumberText.count(health.records)), ("Ledger", health.ledger),
                    ("Free for the journal", free ?? "not known"),
                ].map { Row([Cell($0.0), Cell($0.1)]) }))
    }

    private static func access(_ request: WebRequest, _ site: Site) throws -> [Page.Part] {
        let (accounts, tokens) = (try site.room.registry.accounts(), try site.room.registry.apiTokens())
        var parts: [Page.Part] = [
            .blocks([.table(table(accounts)), .table(table(tokens, at: request.now))]), .form(TokenFields.form),
            .form(AccountFields.form),
        ]
        for token in tokens where token.isValid(at: request.now) {
            parts.append(
                .form(
                    Form(
                        title: "", action: "/settings/tokens/\(token.id.percentEncoded)/revoke",
                        button: "Revoke \(token.name)", confirmation: "Revoke the token \(token.name)?", isInline: true)
                ))
        }
        return parts
    }

    private static func table(_ accounts: [Account]) -> Table {
        Table(
            "People", columns: [Column("Name"), Column("May"), Column("Signs in with")],
            rows: accounts.map { account in
                Row([
                    Cell(account.name), Cell(account.role.label(of: account.teams)),
                    Cell(account.passwordHash != nil ? "a password" : account.subject ?? "the configured token"),
                ])
            })
    }

    private static func table(_ tokens: [APIToken], at now: Timestamp) -> Table {
        Table(
            "Tokens of programs",
            columns: [Column("Name"), Column("Secret", isCode: true), Column("May"), Column("State")],
            rows: tokens.map { token in
                let state =
                    token.revokedAt.map { "revoked \($0.dateText)" }
                    ?? (token.isValid(at: now) ? token.expiresAt.map { "until \($0.dateText)" } ?? "valid" : "ended")
                return Row([
                    Cell(token.name), Cell(token.hint + "…"), Cell(token.role.label(of: token.teams)), Cell(state),
                ])
            })
    }

    private static func changes(_ changes: [RegistryChange]) -> Table {
        Table(
            "The last changes",
            columns: [
                Column("When, UTC"), Column("Who"), Column("What"), Column("Which", isCode: true),
                Column("More", priority: 1),
            ],
            rows: changes.map {
                Row([
                    Cell($0.at.rfc3339), Cell($0.actor ?? "command line"), Cell($0.what), Cell($0.subject),
                    Cell($0.detail),
                ])
            })
    }
}

/// A token's fields, in forms and in the API.
enum TokenFields {
    static var form: Form {
        Form(
            title: "Make a token", action: "/settings/tokens",
            fields: [
                Form.Field(name: "name", label: "Name", help: "What program it is for", isRequired: true),
                Form.Field(name: "role", label: "May", kind: .choice(AccessRole.choices), value: "finance"),
                Form.Field(name: "teams", label: "Teams", help: "Separated by commas, for one that sees teams"),
                Form.Field(name: "expires", label: "Ends on", kind: .date),
            ], button: "Make the token")
    }

    static func make(_ fields: Fields, at now: Timestamp) throws -> (APIToken, KeySecret) {
        guard let name = fields["name"] else { throw Refusal.bad("name is missing.") }
        let (role, teams) = try AccountFields.rights(fields)
        var random = SystemRandomNumberGenerator()
        let secret = KeySecret(using: &random)
        let token = APIToken(
            id: SignIn.id("tok_", now, &random), name: name, secretHash: secret.hash, hint: secret.hint, role: role,
            teams: teams, createdAt: now, expiresAt: try KeyDraft.day("expires", fields["expires"], after: now))
        return (token, secret)
    }
}

/// An account's fields.
enum AccountFields {
    static var form: Form {
        Form(
            title: "Add a person", action: "/settings/accounts",
            fields: [
                Form.Field(name: "name", label: "Name or e-mail address", isRequired: true),
                Form.Field(
                    name: "password", label: "First password", kind: .password,
                    help: "At least \(PasswordHash.leastCharacters) characters", isRequired: true,
                    autocomplete: "new-password"),
                Form.Field(name: "role", label: "May", kind: .choice(AccessRole.choices), value: "finance"),
                Form.Field(name: "teams", label: "Teams", help: "Separated by commas, for one who sees teams"),
            ], button: "Add the person")
    }

    static func make(_ fields: Fields, at now: Timestamp) throws -> Account {
        guard let name = fields["name"] else { throw Refusal.bad("name is missing.") }
        guard let password = fields["password"], password.count >= PasswordHash.leastCharacters else {
            throw Refusal.bad("The password has at least \(PasswordHash.leastCharacters) characters.")
        }
        let (role, teams) = try rights(fields)
        var random = SystemRandomNumberGenerator()
        return Account(
            id: SignIn.id("usr_", now, &random), name: name, role: role, teams: teams,
            passwordHash: try PasswordHash(password, using: &random).text)
    }

    /// A role with its teams.
    static func rights(_ fields: Fields) throws -> (AccessRole, Set<String>) {
        guard let role = AccessRole(rawValue: fields["role"] ?? "finance") else {
            throw Refusal.bad("role takes admin, finance or team.")
        }
        let teams = (fields["teams"] ?? "").split(separator: ",").map(\.trimmed).filter { !$0.isEmpty }
        if role == .team, teams.isEmpty { throw Refusal.bad("teams names the teams whose spend is seen.") }
        return (role, role == .team ? Set(teams) : [])
    }
}

extension AccessRole {
    fileprivate static let choices: [(value: String, label: String)] = [
        ("finance", "see everything"), ("team", "see the spend of some teams"), ("admin", "see and change everything"),
    ]

    fileprivate func label(of teams: Set<String>) -> String {
        switch self {
        case .admin: "see and change everything"
        case .finance: "see everything"
        case .team: "see \(teams.sorted().joined(separator: ", "))"
        }
    }
}
