internal import Documents
internal import Domain
internal import Policy
internal import Registry

/// Keys, budgets and tokens, for programs.
extension APIRoutes {
    private static let text = APISchema.optional(.text)
    private static let count = APISchema.optional(.integer(least: 1))

    // MARK: Keys

    static let keys: [Route] = [
        .api(
            "GET", "/api/v1/keys", .viewer,
            APIOperation(id: "listKeys", summary: "All keys, without secrets.", result: .list(.anything))
        ) {
            request, site in .json(.array(try site.keys(for: request).map(\.json)))
        },
        .api(
            "POST", "/api/v1/keys", .admin,
            APIOperation(
                id: "createKey", summary: "Makes a key; its secret is in the answer, and nowhere else.",
                body: .object(
                    [
                        ("name", text), ("customer", text), ("feature", text), ("team", text),
                        ("models", .optional(.list(.text))), ("expires", text), ("requests_per_minute", count),
                        ("tokens_per_minute", count), ("concurrent_requests", count),
                    ], required: []),
                result: .object([("id", .text), ("secret", .text), ("name", text)], required: ["id", "secret"]),
                success: 201)
        ) { request, site in
            let (key, secret) = try KeyFields.make(try request.jsonFields(), at: request.now)
            try site.room.registry.add(key, at: request.now)
            return .json(secret.json(of: key), status: 201)
        },
        .api(
            "POST", "/api/v1/keys/:id/rotate", .admin,
            APIOperation(
                id: "rotateKey", summary: "Gives a key a new secret; the old one stops within a second.",
                parameters: [.id("The key's id")],
                result: .object([("id", .text), ("secret", .text), ("name", text)], required: ["id", "secret"]))
        ) { request, site in
            let key = try site.room.registry.key(named: request.parameters["id"] ?? "")
            var random = SystemRandomNumberGenerator()
            let secret = KeySecret(using: &random)
            try site.room.registry.rotate(key, to: secret, at: request.now)
            return .json(secret.json(of: key))
        },
        .api(
            "DELETE", "/api/v1/keys/:id", .admin,
            APIOperation(
                id: "revokeKey", summary: "Ends a key within a second.", parameters: [.id("The key's id")],
                result: .anything)
        ) { request, site in
            let key = try site.room.registry.key(named: request.parameters["id"] ?? "")
            try site.room.registry.revoke(key, at: request.now)
            return .json(["id": .string(key.id), "revoked": true])
        },
    ]

    // MARK: Budgets

    static let budgets: [Route] = [
        .api(
            "GET", "/api/v1/budgets", .viewer,
            APIOperation(
                id: "listBudgets", summary: "The budgets in force, with what is spent.", result: .list(.anything))
        ) { request, site in
            .json(.array(try site.budgets(for: request).map(\.json)))
        },
        .api(
            "PUT", "/api/v1/budgets", .admin,
            APIOperation(
                id: "setBudget", summary: "Sets a budget, or changes the one of the same scope and period.",
                body: .object(
                    [
                        ("scope", .pattern("^(total|(key|customer|feature|team)=.+)$")),
                        ("limit", .pattern("^[0-9]{1,9}([.][0-9]{1,9})?$")),
                        ("per", .oneOf(["day", "week", "month", "rolling:24h", "rolling:30d"])), ("time_zone", text),
                        ("enforcement", .optional(.oneOf(["hard", "soft"]))),
                    ], required: ["scope", "limit", "per"]), result: .anything)
        ) { request, site in
            let budget = try BudgetFields.budget(try request.jsonFields(), site, at: request.now)
            return .json(try site.room.registry.set(budget, at: request.now).json)
        },
        .api(
            "DELETE", "/api/v1/budgets/:id", .admin,
            APIOperation(
                id: "removeBudget", summary: "Removes a budget.", parameters: [.id("The budget's id")],
                result: .anything)
        ) { request, site in
            let id = request.parameters["id"] ?? ""
            try site.room.registry.removeBudget(id: id, at: request.now)
            return .json(["id": .string(id), "removed": true])
        },
    ]

    // MARK: Tokens

    static let tokens: [Route] = [
        .api(
            "GET", "/api/v1/tokens", .admin,
            APIOperation(id: "listTokens", summary: "Tokens of programs, without secrets.", result: .list(.anything))
        ) { _, site in .json(.array(try site.room.registry.apiTokens().map(\.json))) },
        .api(
            "POST", "/api/v1/tokens", .admin,
            APIOperation(
                id: "createToken", summary: "Makes a token; its secret is in the answer, and nowhere else.",
                body: .object(
                    [
                        ("name", .text), ("role", .oneOf(AccessRole.allCases.map(\.rawValue))),
                        ("teams", .optional(.list(.text))), ("expires", text),
                    ], required: ["name"]),
                result: .object([("id", .text), ("secret", .text)], required: ["id", "secret"]), success: 201)
        ) { request, site in
            let (token, secret) = try TokenFields.make(try request.jsonFields(), at: request.now)
            try site.room.registry.add(token, at: request.now)
            return .json(["id": .string(token.id), "secret": .string(secret.text)], status: 201)
        },
        .api(
            "DELETE", "/api/v1/tokens/:id", .admin,
            APIOperation(
                id: "revokeToken", summary: "Ends a token at once.", parameters: [.id("The token's id")],
                result: .anything)
        ) { request, site in
            let id = request.parameters["id"] ?? ""
            try site.room.registry.revokeToken(id: id, at: request.now)
            return .json(["id": .string(id), "revoked": true])
        },
    ]
}

extension KeySecret {
    fileprivate func json(of key: VirtualKey) -> JSONOutput {
        ["id": .string(key.id), "secret": .string(text), "name": .text(key.name)]
    }
}

extension APIToken {
    fileprivate var json: JSONOutput {
        [
            "id": .string(id), "name": .string(name), "hint": .string(hint), "role": .string(role.rawValue),
            "teams": .array(teams.sorted().map { .string($0) }), "created_at": .string(createdAt.rfc3339),
            "expires_at": .text(expiresAt?.rfc3339), "revoked_at": .text(revokedAt?.rfc3339),
        ]
    }
}
