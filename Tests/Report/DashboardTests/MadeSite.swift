import Domain
import Foundation
import Ledger
import Logging
import Pricing
import ROI
import Registry

@testable import Dashboard

/// A control plane over a memory ledger and a registry of its own, without a socket.
final class MadeSite {
    let site: Site
    let registry: RegistryStore
    let ledger: any UsageLedger
    private let folder: URL
    /// A moment in October 2026.
    static let now = Timestamp(year: 2026, month: 10, day: 20)

    init(
        adminToken: String? = "s3cret-of-the-tests", openID: OpenIDAccess? = nil,
        over ledger: any UsageLedger = MemoryLedger(),
        printPDF: @escaping @Sendable (String) async throws -> [UInt8] = { _ in Array("%PDF".utf8) }
    ) throws {
        self.ledger = ledger
        folder = FileManager.default.temporaryDirectory.appending(path: "dashboard-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        registry = try RegistryStore(path: folder.appending(path: "registry.sqlite").path)
        let book = try PriceBook.shipped()
        var room = ControlRoom(
            ledger: ledger, registry: registry, prices: { book }, budgets: { [] },
            health: {
                ControlRoom.Health(
                    failure: nil, records: 3, freeBytes: 5_000_000_000, callers: "http://127.0.0.1:4000",
                    upstreams: ["openai"], ledger: "memory:")
            }, metrics: { "payback_up 1\n" }, takeTraces: { _ in .init("{}") }, takeTasks: { _ in .init("{}") },
            scenarioSources: .none, printPDF: printPDF, writeWorkbook: { _ in Array("PK".utf8) },
            chartScript: nil, adminToken: adminToken, now: { Self.now },
            log: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        room.openID = openID
        site = try Site(room)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    /// Keeps a record of a team in October 2026.
    func add(
        team: String?, customer: String, feature: String = "search", id: String, cost: Int64 = 1_000_000_000,
        baseline: Int64? = nil, session: String? = nil, daysAgo: Int64 = 5
    ) throws {
        var batch = RecordBatch()
        var record = UsageRecord()
        record.identity = ByteHash.hash(id)
        record.hasSourceID = true
        record.requestID = batch.append(id)
        record.startedAt = Timestamp(microseconds: Self.now.microseconds - daysAgo * Timestamp.microsecondsPerDay)
        (record.provider, record.model) = (batch.vocabulary.term("openai"), batch.vocabulary.term("gpt-5-mini"))
        (record.team, record.customer) = (batch.vocabulary.term(team), batch.vocabulary.term(customer))
        record.feature = batch.vocabulary.term(feature)
        record.usage = TokenUsage(uncachedInput: TokenCount(100), output: TokenCount(10))
        (record.cost, record.costKind) = (NanoUSD(nanos: cost), .reported)
        if let session { record.session = batch.append(session) }
        if let baseline {
            (record.baseline, record.baselineMethod) = (NanoUSD(nanos: baseline), batch.vocabulary.term("as_asked"))
        }
        batch.records.append(record)
        let writer = try ledger.writer()
        try writer.append(batch, from: BatchOrigin(input: 0, parser: 0))
        _ = try writer.finish()
    }

    /// Asks for a page.
    func ask(_ target: String, as viewer: Viewer?) async -> WebAnswer { await ask("GET", target, as: viewer) }

    /// Asks for something.
    func ask(
        _ method: String, _ target: String, as viewer: Viewer?, session: Session? = nil, body: String = "",
        type: String? = nil
    ) async -> WebAnswer {
        let parts = target.split(separator: "?", maxSplits: 1).map(String.init)
        var request = WebRequest(
            method: method, path: parts[0], query: Fields(parts.count > 1 ? parts[1] : ""), now: Self.now)
        (request.viewer, request.session, request.body, request.contentType) = (viewer, session, Array(body.utf8), type)
        guard let route = Site.routes.first(where: { $0.method == method && Doorkeeper.matches($0.path, request.path) })
        else { return .refusal(404, "not_found", "no route") }
        for (name, value) in zip(route.path.split(separator: "/"), request.path.split(separator: "/"))
        where name.first == ":" {
            request.parameters[String(name.dropFirst())] = value.removingPercentEncoding
        }
        return await site.answer(request, by: route)
    }

    /// What an answer shows, as text; pages as HTML.
    func text(_ answer: WebAnswer, for viewer: Viewer?) -> String {
        switch answer {
        case .page(let page):
            var request = WebRequest(now: Self.now)
            request.viewer = viewer
            return site.writer.write(page, for: request, months: [])
        case .content(let content): return String(decoding: content.body, as: UTF8.self)
        case .refusal(let refusal): return refusal.message
        case .redirect(let target): return target
        case .session(_, let target), .departure(_, let target): return target
        case .events: return ""
        }
    }
}

extension WebAnswer {
    /// The status that it comes with.
    var status: Int {
        switch self {
        case .page(let page): page.status
        case .content(let content): content.status
        case .refusal(let refusal): refusal.status
        case .redirect, .session, .departure: 303
        case .events: 200
        }
    }
}

extension Viewer {
    static let admin = Viewer(name: "admin", role: .admin)
    static let finance = Viewer(name: "finn", role: .finance)
    static let blue = Viewer(name: "bea", role: .team, teams: ["blue"])
}
