import ArgumentParser
import Dashboard
import Domain
import Gateway
import Ledger
import Logging
import NIOCore
import NIOPosix
import Pricing
import ServiceLifecycle
import UnixSignals

/// `payback serve`.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "The gateway: one endpoint that meters every call, and the control plane beside it.",
        discussion: """
            With nothing but a provider's key in the environment:

                OPENAI_API_KEY=… payback serve

            Then point the client's base URL at http://127.0.0.1:4000/v1. docs/gateway.md tells the rest.
            """)

    @OptionGroup var settings: ConfigurationOptions
    @OptionGroup var ledger: LedgerOptions

    @Option(help: "The host or address to listen on.")
    var host: String?

    @Option(help: "The port for callers (4000).")
    var port: Int?

    @Option(help: "The port for operators: health, metrics, traces in (4001).")
    var adminPort: Int?

    @Option(help: "The file of keys and budgets.")
    var registry: String?

    @Option(help: "The journal's folder.")
    var journal: String?

    @Option(help: "Seconds that requests under way may take after SIGTERM.")
    var drainSeconds: Int64 = 30

    func run() async throws {
        try await reportingFailures { try await serve() }
    }

    private func serve() async throws {
        ignoreSignals()
        let log = Logger(label: "payback") { JSONLogHandler(label: $0) }
        let loaded = try configuration()
        let world = try GatewayWorld(ledger: try ledger.open(mustExist: false, configured: loaded.ledger), log: log) {
            try configuration()
        }
        let group = MultiThreadedEventLoopGroup(numberOfThreads: loaded.threads ?? System.coreCount)
        do {
            try await serve(world, loaded, group)
        } catch {
            try await group.shutdownGracefully()
            throw error
        }
        try await group.shutdownGracefully()
    }

    private func serve(
        _ world: GatewayWorld, _ loaded: GatewayConfiguration, _ group: MultiThreadedEventLoopGroup
    ) async throws {
        let gateway = try await bound(loaded.listen) { try await Gateway.start(world.core, on: group, address: $0) }
        // Connections of their own: spans, pages and the journal may go on at the same time.
        let intake = TraceIntake(ledger: try connection(world, loaded), prices: { world.core.snapshot.prices })
        let sources = ScenarioResolver(prices: loaded.prices, ledgerOptions: ledger) { world.registry }.sources
        let room = ControlRoom(
            world, gateway: gateway, ledger: try connection(world, loaded), intake: intake, sources: sources,
            loaded: loaded)
        let listening = Listening()
        let dashboard = try DashboardServer(room, host: loaded.admin.host, port: loaded.admin.port, on: group) {
            listening.begin(port: $0, setupSecret: $1)
        }
        // Ended in the opposite order: callers first, the ledger last.
        let post = HTTPPost(group: group)
        var services: [any Service] = [
            FoldingService(world: world), LeverService(world: world), FeedbackService(world: world),
            HousekeepingService(world: world), AlertService(world: world, post: post),
            DeliveryService(
                world: world, source: DeliverySource(world, ledger: try connection(world, loaded)), post: post),
            ChangeService(world: world, gateway: gateway),
            ControlPlaneService(server: dashboard, address: loaded.admin),
            DataPlaneService(gateway: gateway, drainSeconds: drainSeconds) {
                if let begun = await listening.begun { announce(gateway, begun, loaded, world.log) }
            },
        ]
        if let endpoint = loaded.otlpEndpoint {
            services.insert(SpanService(world: world, post: post, endpoint: endpoint), at: 0)
        }
        try await ServiceGroup(
            services: services, gracefulShutdownSignals: [.sigterm, .sigint],
            logger: Logger(label: "services") { _ in SwiftLogNoOpLogHandler() }
        ).run()
        world.log.notice("Ended", metadata: ["records": "\(world.folder.progress.added)"])
    }

    /// A ledger in memory has one connection only.
    private func connection(_ world: GatewayWorld, _ loaded: GatewayConfiguration) throws -> any UsageLedger {
        world.ledger is MemoryLedger ? world.ledger : try ledger.open(mustExist: false, configured: loaded.ledger)
    }

    private func announce(
        _ gateway: Gateway, _ admin: Listening.Begun, _ loaded: GatewayConfiguration, _ log: Logger
    ) {
        log.notice(
            "Serving",
            metadata: [
                "callers": "http://\(loaded.listen.host):\(gateway.port)",
                "operators": "http://\(loaded.admin.host):\(admin.port)",
                "upstreams": "\(loaded.upstreams.map(\.name).joined(separator: ", "))",
            ])
        // For whoever started it, on standard output: a log is read by others, and keeps what it is told.
        let dashboard = "http://\(loaded.admin.host):\(admin.port)"
        var lines = ["Callers    http://\(loaded.listen.host):\(gateway.port)", "Dashboard  \(dashboard)"]
        if let secret = admin.setupSecret {
            lines.append("Begin      \(dashboard)/setup?link=\(secret)   (works once)")
        }
        do { try StandardOutput.write(lines.joined(separator: "\n") + "\n") } catch {
            log.warning("The addresses cannot be written to standard output")
        }
    }

    /// The configuration with what the command line says over it.
    private func configuration() throws -> GatewayConfiguration {
        var loaded = try settings.load().0
        if let host { (loaded.listen.host, loaded.admin.host) = (host, host) }
        if let port { loaded.listen.port = port }
        if let adminPort { loaded.admin.port = adminPort }
        loaded.registry = registry ?? RegistryOptions.environment ?? loaded.registry
        if let journal { loaded.journal.directory = journal }
        guard !loaded.upstreams.isEmpty else {
            throw StandardError.fail(
                .configuration,
                "No upstream is configured. Set OPENAI_API_KEY, ANTHROPIC_API_KEY or GEMINI_API_KEY, or write a payback.yaml (docs/configuration.md)."
            )
        }
        return loaded
    }

    private func bound<Server>(
        _ address: ListenAddress, _ start: (ListenAddress) async throws -> Server
    ) async throws -> Server {
        do { return try await start(address) } catch {
            throw StandardError.fail(.unavailable, "\(address.host):\(address.port) cannot be listened on: \(error)")
        }
    }
}
