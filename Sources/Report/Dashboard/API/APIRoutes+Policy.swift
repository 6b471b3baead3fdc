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
            "POST", "/api/v1/cache/invalidate", .admin,
            APIOperation(
                id: "invalidateCache", summary: "Takes back every cached answer with a tag, at once.",
                body: .object([("tag", .text)], required: ["tag"]),
                result: .object([("taken_back", .integer(least: 0))], required: ["taken_back"]))
        ) { request, site in
            let tag = try request.jsonFields()["tag"] ?? ""
            guard !tag.isEmpty, !tag.contains(where: \.isNewline), !tag.hasPrefix("\u{1}") else {
                throw Refusal.bad("\"tag\" is missing: what x-payback-cache-tags said.")
            }
            return .json(["taken_back": .integer(Int64(site.room.takeBackAnswers(tag)))])
        },
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
