internal import Documents
internal import Domain
internal import Registry

/// Virtual keys: who has one, and how they are made, renewed and ended.
enum KeyPages {
    static let routes: [Route] = [
        .get("/keys", .viewer) { .page(try page($0, $1)) },
        .post("/keys") { request, site in
            let (key, secret) = try KeyFields.make(request.form, at: request.now)
            try site.room.registry.add(key, at: request.now)
            return .page(shown(secret, of: key, callers: site.room.health().callers))
        },
        .post("/keys/:id/rotate") { request, site in
            let key = try site.room.registry.key(named: request.parameters["id"] ?? "")
            var random = SystemRandomNumberGenerator()
            let secret = KeySecret(using: &random)
            try site.room.registry.rotate(key, to: secret, at: request.now)
            return .page(shown(secret, of: key, callers: site.room.health().callers))
        },
        .post("/keys/:id/revoke") { request, site in
            try site.room.registry.revoke(
                try site.room.registry.key(named: request.parameters["id"] ?? ""), at: request.now)
            return .redirect("/keys")
        },
    ]

    private static func page(_ request: WebRequest, _ site: Site) throws -> Page {
        let keys = try site.keys(for: request)
        let valid = keys.filter { $0.isValid(at: request.now) }
        var page = Page(
            title: keys.isEmpty ? "No keys" : valid.count == 1 ? "One key is valid" : "\(valid.count) keys are valid",
            subtitle: "Callers send a key instead of a provider's; secrets are shown once and kept nowhere",
            section: .keys)
        page.parts = [
            .blocks(
                keys.isEmpty
                    ? [.hint(Hint("Nobody has a key that you see.", command: "payback keys create --customer acme"))]
                    : [.table(table(keys, at: request.now))])
        ]
        guard request.viewer?.mayChange ?? false else { return page }
        page.parts.append(.form(KeyFields.form))
        if !valid.isEmpty { page.parts.append(.blocks([.heading(level: 1, text: "Renew or end a key")])) }
        for key in valid {
            let (name, path) = (key.name ?? key.hint ?? key.id, "/keys/" + key.id.percentEncoded)
            page.parts += [
                .form(
                    Form(
                        title: "", action: path + "/rotate", button: "Renew \(name)",
                        confirmation: "Give \(name) a new secret? The old one stops within a second.", isInline: true)),
                .form(
                    Form(
                        title: "", action: path + "/revoke", button: "Revoke \(name)",
                        confirmation: "Revoke \(name)? Its callers are refused within a second.", isInline: true)),
            ]
        }
        return page
    }

    private static func table(_ keys: [VirtualKey], at now: Timestamp) -> Table {
        Table(
            "Keys",
            columns: [
                Column("Name"), Column("Secret", isCode: true), Column("Customer", priority: 1),
                Column("Feature", priority: 2), Column("Team", priority: 2), Column("Models", priority: 3),
                Column("State"),
            ],
            rows: keys.map { key in
                Row([
                    Cell(key.name ?? key.id, exact: key.id), Cell(key.hint.map { $0 + "…" } ?? ""),
                    Cell(key.customer ?? ""), Cell(key.feature ?? ""), Cell(key.team ?? ""),
                    Cell(key.models.isEmpty ? "all" : key.models.joined(separator: ", ")), Cell(key.state(at: now)),
                ])
            })
    }

    private static func shown(_ secret: KeySecret, of key: VirtualKey, callers: String) -> Page {
        Page(
            title: "This secret is shown once", subtitle: "\(key.name ?? key.id): keep it now", section: .keys,
            parts: [
                .blocks([
                    .hint(Hint("Callers send it as their API key.", command: secret.text)),
                    .hint(
                        Hint(
                            "Point the client here:",
                            command: "OPENAI_BASE_URL=\(callers)/v1 OPENAI_API_KEY=\(secret.text)")),
                ]), .links("", [Page.Link(label: "Back to the keys", target: "/keys")]),
            ])
    }
}
