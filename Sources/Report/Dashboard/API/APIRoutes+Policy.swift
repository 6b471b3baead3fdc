internal import Documents
internal import Domain
internal import Policy

/// The plan in force, for programs.
extension APIRoutes {
    private static let rule = APIParameter(name: "rule", summary: "The rule's name", isInPath: true)
    private static let changed = APISchema.object(
        [("rule", .text), ("paused", .flag)], required: ["rule", "paused"])

    static let policy: [Route] = [
        .api(
            "GET", "/api/v1/policy", .wholeView,
            APIOperation(
                id: "policy", summary: "The plan in force: each rule with its state, evidence and what it needs next.",
                result: .object([("plan", .anything), ("rules", .list(.anything))], required: ["plan", "rules"]))
        ) { _, site in .json(try site.policy()?.json ?? PolicyStatus.noneJSON) },
        .api(
            "POST", "/api/v1/policy/levers/:rule/pause", .admin,
            APIOperation(
                id: "pauseLever", summary: "Stops a rule within a second; its evidence goes on.", parameters: [rule],
                body: .object([("reason", .text)], required: ["reason"]), result: changed)
        ) { request, site in
            let reason = try request.jsonFields()["reason"]
            return .json(["rule": .string(try LeverChange.pause(request, site, reason: reason)), "paused": true])
        },
        .api(
            "POST", "/api/v1/policy/levers/:rule/resume", .admin,
            APIOperation(
                id: "resumeLever", summary: "Lets a paused rule act again, as far as its gate allows.",
                parameters: [rule], result: changed)
        ) { request, site in .json(["rule": .string(try LeverChange.resume(request, site)), "paused": false]) },
    ]
}
