internal import Documents
internal import Domain
internal import HTTPTypes
internal import Hummingbird
package import NIOCore
internal import Registry
internal import ServiceLifecycle

/// The control plane's socket: the dashboard, the API, health and metrics. Apart from the data plane, with credentials of
/// its own.
package struct DashboardServer: Service {
    private let application: Application<RouterResponder<DashboardContext>>

    /// Makes a server that listens once it runs.
    ///
    /// - Parameters:
    ///   - host, port: where to listen; port 0 for any.
    ///   - announce: is told the port, and the one-time link's secret where there is no administrator yet.
    /// - Throws: where the registry cannot be read.
    package init(
        _ room: ControlRoom, host: String, port: Int, on group: any EventLoopGroup,
        announce: @escaping @Sendable (_ port: Int, _ setupSecret: String?) -> Void
    ) throws {
        let site = try Site(room)
        var random = SystemRandomNumberGenerator()
        let secret = try site.signIn.setupSecret(using: &random)
        application = Application(
            responder: Self.router(site).buildResponder(),
            configuration: ApplicationConfiguration(address: .hostname(host, port: port), serverName: "payback"),
            onServerRunning: { channel in announce(channel.localAddress?.port ?? port, secret) },
            eventLoopGroupProvider: .shared(group), logger: room.log)
    }

    /// Serves until a graceful end is asked for.
    ///
    /// - Throws: where the address cannot be listened on.
    package func run() async throws { try await application.run() }

    static func router(_ site: Site) -> Router<DashboardContext> {
        let router = Router(context: DashboardContext.self, options: .autoGenerateHeadEndpoints)
        router.addMiddleware { Doorkeeper(site: site) }
        for route in Site.routes {
            guard let method = HTTPRequest.Method(route.method) else { continue }
            router.on(RouterPath(route.path), method: method) { request, context in
                try await Exchange(site: site, context: context).respond(to: request, by: route)
            }
        }
        return router
    }
}

/// What is known of a connection.
struct DashboardContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    /// The other side's address.
    let address: String

    init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        address = source.channel.remoteAddress?.ipAddress ?? ""
    }
}
