/// What machines ask for: health, metrics; and what they send: spans, task metrics.
enum MachineRoutes {
    static let routes: [Route] = [
        .get("/healthz", .anyone) { _, _ in .content(Content(type: plain, text: "ok\n")) },
        .get("/readyz", .anyone) { _, site in
            let failure = site.room.health().failure
            return .content(
                Content(
                    status: failure == nil ? 200 : 503, type: plain,
                    text: failure.map { "not ready: \($0)\n" } ?? "ready\n"))
        },
        .get("/metrics", .machine) { _, site in
            .content(Content(type: "text/plain; version=0.0.4; charset=utf-8", text: try await site.room.metrics()))
        },
        .post("/v1/traces", .machine) { request, site in
            .content(content(await site.room.takeTraces(delivery(request))))
        },
    ]

    private static let plain = "text/plain; charset=utf-8"

    static func delivery(_ request: WebRequest) -> ControlRoom.Delivery {
        ControlRoom.Delivery(
            contentType: request.contentType, contentEncoding: request.contentEncoding, body: request.body)
    }

    static func content(_ receipt: ControlRoom.Receipt) -> Content {
        Content(status: receipt.status, type: receipt.type, text: receipt.text)
    }
}
