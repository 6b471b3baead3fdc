internal import Documents

/// The description of the API, made from the routes themselves, so that it cannot tell of others.
enum OpenAPI {
    /// The document, OpenAPI 3.1.
    static var document: JSONOutput {
        let described = Site.routes.filter { $0.operation != nil }
        let paths = Dictionary(grouping: described, by: \.path)
        return .object([
            .init("openapi", "3.1.0"),
            .init(
                "info",
                [
                    "title": "Payback", "version": "1",
                    "description":
                        "What AI costs, what it is worth, and what was saved. Money is USD as an exact decimal; times are RFC 3339 in UTC.",
                    "license": ["name": "Apache-2.0", "identifier": "Apache-2.0"],
                ]),
            .init("servers", [["url": "/"]]),
            .init("security", [["token": []]]),
            .init(
                "paths",
                .object(paths.sorted { $0.key < $1.key }.map { path, routes in .init(template(path), item(routes)) })),
            .init(
                "components",
                [
                    "securitySchemes": ["token": ["type": "http", "scheme": "bearer"]],
                    "schemas": ["Refusal": refusal.json],
                ]),
        ])
    }

    private static let refusal = APISchema.object(
        [("error", .object([("code", .text), ("message", .text)], required: ["code", "message"]))], required: ["error"])

    /// `/keys/:id` as OpenAPI writes it.
    private static func template(_ path: String) -> String {
        path.split(separator: "/").map { $0.first == ":" ? "/{\($0.dropFirst())}" : "/\($0)" }.joined()
    }

    private static func item(_ routes: [Route]) -> JSONOutput {
        .object(
            routes.compactMap { route in route.operation.map { .init(route.method.lowercased(), operation($0, route)) }
            })
    }

    private static func operation(_ operation: APIOperation, _ route: Route) -> JSONOutput {
        var members: [JSONOutput.Member] = [
            .init("operationId", .string(operation.id)), .init("summary", .string(operation.summary)),
            .init("parameters", .array(operation.parameters.map(parameter))),
        ]
        if let body = operation.body {
            members.append(
                .init("requestBody", ["required": true, "content": ["application/json": ["schema": body.json]]]))
        }
        if route.access == .anyone { members.append(.init("security", .array([]))) }
        members.append(.init("responses", .object(responses(operation, route))))
        return .object(members)
    }

    private static func parameter(_ parameter: APIParameter) -> JSONOutput {
        [
            "name": .string(parameter.name), "in": parameter.isInPath ? "path" : "query",
            "required": .bool(parameter.isInPath), "description": .string(parameter.summary),
            "schema": parameter.schema.json,
        ]
    }

    private static func responses(_ operation: APIOperation, _ route: Route) -> [JSONOutput.Member] {
        var types: [JSONOutput.Member] = [.init("application/json", ["schema": operation.result.json])]
        types += operation.otherTypes.map { .init($0, ["schema": .object([])]) }
        var result: [JSONOutput.Member] = [
            .init(String(operation.success), ["description": "Done.", "content": .object(types)])
        ]
        var refusals = [("400", "Something in the request cannot be understood."), ("503", "Not now; try again.")]
        if route.access != .anyone {
            refusals += [("401", "No credential, or one that has ended."), ("403", "Not for this viewer.")]
        }
        refusals.append(("404", "There is no such thing."))
        if operation.body != nil {
            refusals += [("409", "There is one already."), ("413", "The body is too large.")]
        }
        result += refusals.sorted { $0.0 < $1.0 }.map { status, description in
            .init(
                status,
                [
                    "description": .string(description),
                    "content": ["application/json": ["schema": ["$ref": "#/components/schemas/Refusal"]]],
                ])
        }
        return result
    }
}
