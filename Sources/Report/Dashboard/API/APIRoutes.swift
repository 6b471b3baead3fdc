internal import Auditing
internal import Documents
internal import Domain
internal import Ledger
internal import Pricing
internal import ROI
internal import Registry
internal import Reports

/// The API: what the dashboard shows and changes, for programs.
enum APIRoutes {
    static let routes: [Route] = general + spend + keys + budgets + tokens + policy

    // MARK: General

    private static let general: [Route] = [
        .api(
            "GET", "/api/v1/openapi.json", .anyone,
            APIOperation(id: "describe", summary: "This description.", result: .anything)
        ) { _, _ in .json(OpenAPI.document) },
        .api(
            "GET", "/api/v1/viewer", .viewer,
            APIOperation(
                id: "viewer", summary: "Who asks, and what they see.",
                result: .object(
                    [("name", .text), ("role", .text), ("teams", .list(.text))], required: ["name", "role", "teams"]))
        ) { request, _ in
            let viewer = request.viewer
            return .json([
                "name": .text(viewer?.name), "role": .text(viewer?.role.rawValue),
                "teams": .array((viewer?.teams ?? []).sorted().map { .string($0) }),
            ])
        },
        .api(
            "GET", "/api/v1/changes", .wholeView,
            APIOperation(
                id: "listChanges", summary: "Who changed what, the newest first.",
                parameters: [
                    APIParameter(name: "limit", summary: "1 to 1000; 50 where absent", schema: .integer(least: 1))
                ],
                result: .list(.anything))
        ) { request, site in
            let limit = try request.query["limit"].map { text in
                guard let limit = Int(text), (1...1_000).contains(limit) else {
                    throw Refusal.bad("limit takes 1 to 1000.")
                }
                return limit
            }
            return .json(.array(try site.room.registry.changes(limit: limit ?? 50).map(\.json)))
        },
        .api(
            "GET", "/api/v1/scenarios", .wholeView,
            APIOperation(id: "listScenarios", summary: "The built-in ROI scenarios.", result: .list(.anything))
        ) { _, _ in
            .json(.array(ScenarioTemplate.all.map { ["name": .string($0.name), "purpose": .string($0.purpose)] }))
        },
        .api(
            "GET", "/api/v1/scenarios/:name", .wholeView,
            APIOperation(
                id: "runScenario", summary: "Runs a scenario; set.NAME=value changes a driver.",
                parameters: [APIParameter(name: "name", summary: "The scenario", isInPath: true)], result: .anything)
        ) { request, site in
            guard let template = ScenarioTemplate.named(request.parameters["name"] ?? "") else {
                throw Refusal.missing("There is no such scenario; GET /api/v1/scenarios lists them.")
            }
            return .json(RunResult(try ScenarioRun.model(template, request.query, site)).json)
        },
        .api(
            "POST", "/api/v1/tasks", .machine,
            APIOperation(
                id: "addTasks", summary: "Keeps task metrics: one object, an array, JSON lines, or CSV.",
                body: .anything,
                result: .anything)
        ) { request, site in
            .content(MachineRoutes.content(await site.room.takeTasks(MachineRoutes.delivery(request))))
        },
    ]

    // MARK: Spend and reports

    private static let spend: [Route] = [
        .api(
            "GET", "/api/v1/spend", .viewer,
            APIOperation(
                id: "spend",
                summary: "Spend of a month, cut by a dimension; is.NAME=value filters, day=… adds its requests.",
                parameters: [
                    .month,
                    APIParameter(
                        name: "by", summary: "The dimension", schema: .oneOf(LedgerDimension.allCases.map(\.rawValue))),
                    APIParameter(name: "day", summary: "2026-10-05", schema: .pattern("^[0-9]{4}-[0-9]{2}-[0-9]{2}$")),
                ], result: .anything)
        ) { request, site in
            let question = try SpendQuestion(request.query, period: site.period(of: request))
            let ledger = site.ledger(for: request)
            let slice = try SpendSlice.make(ledger, question.period, by: question.dimension, filter: question.filter)
            guard let day = question.day else { return .json(slice.json) }
            let found = try DearestRequests.find(in: ledger, day, filter: question.filter)
            return .json(slice.json.adding("dearest_requests", found.json))
        },
        .api(
            "GET", "/api/v1/requests/:id", .viewer,
            APIOperation(
                id: "request", summary: "One request: every call of it.", parameters: [.id("The request's id")],
                result: .anything)
        ) { request, site in
            let id = request.parameters["id"] ?? ""
            let batch = try site.ledger(for: request).request(id, in: .around(requestID: id))
            guard !batch.records.isEmpty else { throw Refusal.missing("There is no such request that you may see.") }
            return .json([
                "request_id": .string(id),
                "calls": .array(batch.records.map { RequestAccount(record: $0, of: batch).json }),
            ])
        },
        .api(
            "GET", "/api/v1/reports/:name", .wholeView,
            APIOperation(
                id: "report", summary: "A report.",
                parameters: [
                    APIParameter(
                        name: "name", summary: "Which", isInPath: true,
                        schema: .oneOf(ReportName.allCases.map(\.rawValue))), .month,
                    APIParameter(
                        name: "format", summary: "json where absent",
                        schema: .oneOf(DeliveryFormat.allCases.map(\.rawValue))),
                ], result: .anything,
                otherTypes: [
                    "text/html", "text/markdown", "text/csv", DeliveryFormat.pdf.mediaType,
                    DeliveryFormat.xlsx.mediaType,
                ]), ReportPages.download),
        .api(
            "GET", "/api/v1/reconciliation", .wholeView,
            APIOperation(
                id: "reconcile", summary: "The ledger beside the providers' own totals.", parameters: [.month],
                result: .anything)
        ) { request, site in
            .json(
                try Reconciliation(
                    site.ledger(for: request), in: site.period(of: request).period, prices: site.room.prices()
                ).json)
        },
    ]
}

extension RegistryChange {
    fileprivate var json: JSONOutput {
        [
            "at": .string(at.rfc3339), "actor": .text(actor), "what": .string(what), "subject": .string(subject),
            "detail": .string(detail),
        ]
    }
}
