import Dashboard
import Domain
import Gateway
import Ledger
import Logging
import NIOCore
import Registry
import ServiceLifecycle
import UnixSignals

/// Serves callers until the end is asked for, then lets requests under way end.
struct DataPlaneService: Service {
    let gateway: Gateway
    let drainSeconds: Int64
    /// Says that it serves, once signals are taken.
    let announce: @Sendable () async -> Void

    func run() async throws {
        await announce()
        try await gracefulShutdown()
        try await gateway.drain(seconds: drainSeconds)
    }
}

/// Serves operators.
struct ControlPlaneService: Service {
    let server: DashboardServer
    let address: ListenAddress

    func run() async throws {
        do { try await server.run() } catch {
            throw StandardError.fail(.unavailable, "\(address.host):\(address.port) cannot be listened on: \(error)")
        }
    }
}

/// Folds the journal into the ledger, ten times a second, and once more at the end.
struct FoldingService: Service {
    let world: GatewayWorld

    func run() async throws {
        var isFailing = false
        for await _ in Every(milliseconds: 100).cancelOnGracefulShutdown() {
            do {
                try world.folder.fold()
                if isFailing { world.log.notice("Records reach the ledger again") }
                isFailing = false
            } catch {
                // The journal keeps what the ledger cannot take now.
                if !isFailing { world.log.error("Records wait in the journal", metadata: ["reason": "\(error)"]) }
                isFailing = true
            }
        }
        try world.folder.fold()
    }
}

/// Takes up what changes: keys and budgets within a second, the configuration on SIGHUP.
struct ChangeService: Service {
    let world: GatewayWorld
    let gateway: Gateway

    func run() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await watchRegistry() }
            group.addTask { await watchSignals() }
            try await group.waitForAll()
        }
    }

    private func watchRegistry() async throws {
        var seen = try world.registry.version()
        for await _ in Every(milliseconds: 250).cancelOnGracefulShutdown() {
            do {
                let version = try world.registry.version()
                guard version != seen else { continue }
                gateway.update(try world.refreshRegistry())
                seen = version
            } catch { world.log.error("The registry cannot be read", metadata: ["reason": "\(error)"]) }
        }
    }

    private func watchSignals() async {
        for await _ in await UnixSignalsSequence(trapping: .sighup).cancelOnGracefulShutdown() {
            do {
                gateway.update(try world.reload())
                world.log.notice("The configuration was read anew")
            } catch { world.log.error("The configuration stays as it was", metadata: ["reason": "\(error)"]) }
        }
    }
}
