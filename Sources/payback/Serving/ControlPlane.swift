import Gateway
import Ledger

/// Answers operators: health, metrics, reports; traces and task metrics in.
struct ControlPlane: Sendable {
    let world: GatewayWorld
    let gateway: Gateway
    let intake: TraceIntake
    let reports: ReportPages

    /// The answer to a request.
    func respond(_ request: AdminRequest) async -> AdminResponse {
        switch (request.method, request.path) {
        case ("GET", "/healthz"): AdminResponse("ok\n")
        case ("GET", "/readyz"): readiness
        case ("GET", "/metrics"): await metrics()
        case ("POST", "/v1/traces"): await intake.take(request)
        case ("POST", "/api/v1/tasks"): TaskIntake(registry: world.registry).take(request)
        default:
            reports.answer(request)
                ?? AdminResponse(status: 404, "There is nothing at \(request.path). See docs/gateway.md.\n")
        }
    }

    private var readiness: AdminResponse {
        if let failure = world.core.journalFailure { return AdminResponse(status: 503, "not ready: \(failure)\n") }
        return AdminResponse("ready\n")
    }

    private func metrics() async -> AdminResponse {
        do {
            let progress = world.folder.progress
            let text = try await gateway.prometheus(
                records: (progress.added, progress.repeated, progress.damagedBytes))
            return AdminResponse(contentType: "text/plain; version=0.0.4; charset=utf-8", text)
        } catch { return AdminResponse(status: 503, "The metrics cannot be read: \(error)\n") }
    }
}
