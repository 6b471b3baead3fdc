import ArgumentParser
import Documents
import Domain
import Gateway
import Logging
import Policy
import ServiceLifecycle

/// Posts finished calls as spans to the operator's collector, every two seconds.
struct SpanService: Service {
    let world: GatewayWorld
    let post: HTTPPost
    let endpoint: String

    func run() async throws {
        for await _ in Every(milliseconds: 2_000).cancelOnGracefulShutdown() { await send() }
        await send()
    }

    private func send() async {
        let calls = world.core.takeFinishedCalls()
        if calls.isEmpty { return }
        do {
            let status = try await post(
                SpanExport.body(calls, version: Payback.configuration.version), to: endpoint + "/v1/traces")
            if status >= 400 {
                world.log.warning("Spans were refused", metadata: ["status": "\(status)", "spans": "\(calls.count)"])
            }
        } catch {
            // Spans are for looking at: the ledger has the calls.
            world.log.warning("Spans could not be sent", metadata: ["reason": "\(error)", "spans": "\(calls.count)"])
        }
    }
}

/// Logs budgets that have reached a threshold, and posts a warning where the budget names an address.
struct AlertService: Service {
    let world: GatewayWorld
    let post: HTTPPost

    func run() async throws {
        for await alert in world.alerts.cancelOnGracefulShutdown() {
            world.log.warning("A budget has reached a threshold", metadata: alert.metadata)
            guard let webhook = alert.budget.webhook else { continue }
            do {
                let status = try await post(Array(alert.json.text.utf8), to: webhook)
                if status >= 400 {
                    world.log.warning("The webhook refused the warning", metadata: ["status": "\(status)"])
                }
            } catch { world.log.warning("The webhook cannot be reached", metadata: ["reason": "\(error)"]) }
        }
    }
}

/// Once a minute: room on the journal's disk, and records that are older than they are to be kept.
struct HousekeepingService: Service {
    let world: GatewayWorld

    func run() async throws {
        for await _ in Every(milliseconds: 60_000).cancelOnGracefulShutdown() {
            let settings = world.core.configuration
            if let free = world.core.freeBytes, free < settings.journal.alarmFreeBytes {
                world.log.error(
                    "Little room is left on the journal's disk; calls are refused when it is full",
                    metadata: ["free_bytes": "\(free)"])
            }
            guard let days = settings.keepRecordsDays else { continue }
            do {
                let end = Timestamp(
                    microseconds: (Timestamp.now.day - Int64(days)) * Timestamp.microsecondsPerDay)
                let removed = try world.removeRecords(before: end)
                if removed > 0 {
                    world.log.notice("Old records were removed; sums stay", metadata: ["records": "\(removed)"])
                }
            } catch { world.log.error("Old records cannot be removed", metadata: ["reason": "\(error)"]) }
        }
    }
}

extension BudgetAlert {
    fileprivate var metadata: Logger.Metadata {
        [
            "budget": "\(budget.id)", "scope": "\(budget.scope.text)", "customer": "\(customer ?? "")",
            "threshold_percent": "\(threshold)", "spent_usd": "\(spent.decimalText)",
            "limit_usd": "\(budget.limit.decimalText)",
        ]
    }

    /// What a webhook gets.
    fileprivate var json: JSONOutput {
        [
            "event": .string("budget_threshold"), "budget": .string(budget.id), "scope": .string(budget.scope.text),
            "customer": .text(customer), "threshold_percent": .integer(threshold), "spent_usd": .money(spent),
            "limit_usd": .money(budget.limit), "per": .string(budget.period.text),
            "enforcement": .string(budget.enforcement.rawValue),
        ]
    }
}
