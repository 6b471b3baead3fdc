import Domain
import Gateway
import Logging
import Registry
import Reports
import ServiceLifecycle

/// Delivers reports and alerts when they are due; looks every thirty seconds.
struct DeliveryService: Service {
    let world: GatewayWorld
    let source: DeliverySource
    let post: HTTPPost

    func run() async throws {
        var watch = AlertWatch()
        for await _ in Every(milliseconds: 30_000).cancelOnGracefulShutdown() {
            let delivery = world.core.configuration.delivery
            if delivery.plan.isEmpty { continue }
            let courier = Courier(post: post, smtp: delivery.smtp)
            for report in delivery.plan.reports { await deliver(report, courier) }
            await deliver(delivery.plan.alerts, &watch, courier)
        }
    }

    // MARK: Reports

    private func deliver(_ report: ScheduledReport, _ courier: Courier) async {
        var made: (due: Timestamp, report: FinishedReport)?
        for target in report.targets {
            let key = DeliveryState.Key(name: report.name, target: target)
            await settling(key, target) {
                switch DeliveryStep.next(report.schedule, last: try source.registry.lastDelivery(key), now: .now) {
                case .begin: try source.registry.beginDeliveries(key, at: .now)
                case .wait: break
                case .send(let due, let attempt):
                    guard try source.registry.takeDelivery(key, due: due, attempt: attempt, at: .now) else {
                        return nil
                    }
                    return Job(due: due, attempt: attempt) {
                        if made?.due != due {
                            let period = report.schedule.period(dueAt: due)
                            made = (due, try await source.make(report, period, now: .now))
                        }
                        guard let made else { return }
                        try await courier.bring(made.report, to: target, due: due, now: .now)
                    }
                }
                return nil
            }
        }
    }

    // MARK: Alerts

    private func deliver(_ plan: AlertPlan, _ watch: inout AlertWatch, _ courier: Courier) async {
        if plan.targets.isEmpty { return }
        do { try await watch.look(at: .now, plan, ledger: source.ledger) } catch {
            world.log.error("Alerts cannot be looked for", metadata: ["reason": "\(error)"])
        }
        for alert in watch.alerts {
            for target in plan.targets {
                let key = DeliveryState.Key(name: alert.name, target: target)
                await settling(key, target) {
                    let last = try source.registry.lastDelivery(key)
                    guard case .send(let due, let attempt) = DeliveryStep.next(alert, last: last, now: .now),
                        try source.registry.takeDelivery(key, due: due, attempt: attempt, at: .now)
                    else { return nil }
                    return Job(due: due, attempt: attempt) { try await courier.bring(alert, to: target, now: .now) }
                }
            }
        }
    }

    // MARK: What becomes of them

    /// Something that was taken in hand.
    private struct Job {
        let due: Timestamp
        let attempt: Int64
        let send: () async throws -> Void
    }

    /// Sends what `take` takes in hand, and notes what became of it. A failure ends nothing but itself.
    private func settling(
        _ key: DeliveryState.Key, _ target: DeliveryTarget, _ take: () async throws -> Job?
    ) async {
        var details: Logger.Metadata = ["delivery": "\(key.name)", "target": "\(target.label)"]
        do {
            guard let job = try await take() else { return }
            details["due"] = "\(job.due.rfc3339)"
            do { try await job.send() } catch {
                try note(error, of: job, key, details)
                return
            }
            try source.registry.settleDelivery(key, due: job.due, .delivered, at: .now)
            world.log.notice("Delivered", metadata: details)
        } catch {
            details["reason"] = "\(error)"
            world.log.error("Deliveries cannot be noted in the registry", metadata: details)
        }
    }

    private func note(
        _ error: any Error, of job: Job, _ key: DeliveryState.Key, _ details: Logger.Metadata
    ) throws {
        let isLast = job.attempt >= DeliveryStep.mostAttempts
        let reason = "\(error)"
        try source.registry.settleDelivery(
            key, due: job.due, isLast ? .givenUp : .tried, failure: reason, at: .now)
        world.log.error(
            isLast ? "A delivery was given up" : "A delivery has failed and will be tried again",
            metadata: details.merging(["reason": "\(reason)", "attempt": "\(job.attempt)"]) { $1 })
    }
}
