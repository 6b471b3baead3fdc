import Domain
import Gateway
import Inputs
import Logging
import Policy
import Registry
import ServiceLifecycle

/// The plan in force, between the registry and the gateway.
struct LeverKeeper: Sendable {
    let registry: RegistryStore

    /// The plan in force; `nil` where there is none, or it does nothing.
    ///
    /// - Throws: what is wrong with it.
    func plan() throws -> LivePlan? {
        guard let applied = try registry.planInForce() else { return nil }
        let document = try YAMLDocument(text: applied.body, file: "the plan in force")
        return LivePlan(try PlanReader.read(document), number: Int(applied.number))
    }

    /// What is known of levers, by their rules' names.
    func rows() throws -> [String: LeverRow] {
        Dictionary(try registry.levers().map { ($0.rule, $0) }) { first, _ in first }
    }

    /// Puts the registry's plan in force. One that cannot be read is said, and calls pass as they were asked.
    func apply(to core: GatewayCore, log: Logger) throws -> LivePlan? {
        do {
            let plan = try plan()
            core.apply(plan, rows: try rows(), wishes: try registry.takeWishes())
            return plan
        } catch let error as RefusedInput {
            log.error("The plan in force cannot be read; apply another", metadata: ["reason": "\(error)"])
        }
        core.apply(nil, rows: [:])
        return nil
    }
}

/// Keeps what levers have learnt, once a second and once more at the end.
struct LeverService: Service {
    let world: GatewayWorld

    func run() async throws {
        var kept: [String: LeverRecord] = [:]
        for await _ in Every(milliseconds: 1_000).cancelOnGracefulShutdown() { keep(&kept) }
        keep(&kept)
        world.answers?.flush()
    }

    private func keep(_ kept: inout [String: LeverRecord]) {
        let records = world.core.leverRecords
        let changed = records.filter { kept[$0.key] != $0.value }
        if changed.isEmpty { return }
        do {
            try world.registry.saveLevers(changed, at: .now)
            kept = records
        } catch {
            world.log.error("What levers have learnt cannot be kept now", metadata: ["reason": "\(error)"])
        }
    }
}

/// Keeps the verdicts that applications post, and has them counted; one that was posted before changes nothing.
struct FeedbackService: Service {
    let world: GatewayWorld

    func run() async throws {
        for await verdict in world.feedback.cancelOnGracefulShutdown() {
            do {
                if try world.registry.addFeedback(verdict) { world.core.take(verdict) }
            } catch { world.log.error("A verdict cannot be kept", metadata: ["reason": "\(error)"]) }
        }
    }
}
