import Domain
import Foundation
import Gateway
import GatewayTestSupport
import Ledger
import Logging
import NIOCore
import NIOPosix
import Policy
import Pricing
import Prompts

/// A gateway in front of a scripted upstream, with a journal and a ledger of its own.
final class GatewayHarness: Sendable {
    let gateway: Gateway
    let core: GatewayCore
    let upstream: ScriptedUpstream
    let ledger: any UsageLedger
    let folder: JournalFolder
    private let path: URL

    private init(
        _ gateway: Gateway, _ core: GatewayCore, _ upstream: ScriptedUpstream, _ ledger: any UsageLedger,
        _ folder: JournalFolder,
        _ path: URL
    ) {
        (self.gateway, self.core, self.upstream) = (gateway, core, upstream)
        (self.ledger, self.folder, self.path) = (ledger, folder, path)
    }

    /// Runs a test against a gateway.
    ///
    /// - Parameters:
    ///   - kinds: the upstreams' kinds; all are the same scripted server.
    ///   - change: changes the configuration before the start.
    ///   - plan: the plan in force.
    ///   - rows: what is known of its levers.
    ///   - feedback: takes verdicts that applications post.
    ///   - answer: how the upstream answers, by what it is asked and the number of the request.
    static func run(
        kinds: [UpstreamKind] = [.openAI, .anthropic, .gemini, .azure, .bedrock],
        change: (inout GatewayConfiguration) -> Void = { _ in }, plan: Plan = Plan(), rows: [String: LeverRow] = [:],
        feedback: @escaping @Sendable (PostedVerdict) -> Void = { _ in },
        answer: @escaping @Sendable (ScriptedUpstream.Received, Int) -> [ScriptedUpstream.Step],
        _ test: (GatewayHarness) async throws -> Void
    ) async throws {
        let group = MultiThreadedEventLoopGroup.singleton
        let upstream = try await ScriptedUpstream.start(on: group, answer: answer)
        var configuration = GatewayConfiguration()
        configuration.listen.port = 0
        configuration.upstreams = kinds.map { kind in
            var server = Upstream(name: kind.rawValue, kind: kind, baseURL: upstream.url)
            server.credentials = [Secret("upstream-secret")]
            return server
        }
        configuration.retries.baseDelay = 1
        change(&configuration)
        let path = FileManager.default.temporaryDirectory.appending(path: "payback-gateway-\(UUID().uuidString)")
        configuration.journal.directory = path.path
        let journal = try JournalDirectory(path: path.path)
        let ledger = MemoryLedger()
        let live = LivePlan(plan, number: 1)
        var parts = GatewayCore.Parts(
            snapshot: GatewaySnapshot(
                configuration: configuration, prices: try PriceBook.shipped(), keys: configuration.keys, plan: live),
            journal: journal, promptKey: .fileAudit, clock: Self.clock, seed: { UInt64.random(in: 0 ... .max) },
            log: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        parts.feedback = feedback
        let core = GatewayCore(parts, alerts: { _ in })
        _ = core.replaceBudgets(with: configuration.budgets)
        core.apply(live, rows: rows)
        let gateway = try await Gateway.start(core, on: group, address: configuration.listen)
        let harness = GatewayHarness(
            gateway, core, upstream, ledger, JournalFolder(directory: journal, ledger: ledger), path)
        do { try await test(harness) } catch {
            try await harness.stop()
            throw error
        }
        try await harness.stop()
    }

    private static let clock: @Sendable () -> Timestamp = {
        Timestamp(microseconds: Int64(Date().timeIntervalSince1970 * 1e6))
    }

    /// A caller's connection.
    func client() throws -> RawClient { try RawClient(port: gateway.port) }

    /// The records so far: folded from the journal, in the order of their time.
    func records() throws -> (records: [UsageRecord], batch: RecordBatch) {
        try folder.fold()
        var found = RecordBatch()
        try ledger.forEachBatch(in: .always) { found = $0 }
        return (found.records, found)
    }

    /// Waits until so many records are there, or a few seconds have passed.
    func records(count: Int) async throws -> (records: [UsageRecord], batch: RecordBatch) {
        try await wait { try records().records.count >= count }
        return try records()
    }

    /// Waits until something is so, or a few seconds have passed.
    func wait(until condition: () async throws -> Bool) async throws {
        for _ in 0..<200 {
            if try await condition() { return }
            try await Task.sleep(for: .milliseconds(20))
        }
    }

    /// Waits until the metrics have a line, or a few seconds have passed.
    func waitForMetric(_ line: String) async throws {
        try await wait {
            try await gateway.prometheus(records: (added: 0, repeated: 0, damagedBytes: 0))
                .split(separator: "\n").contains(Substring(line))
        }
    }

    private func stop() async throws {
        upstream.goOn()
        try await gateway.drain(seconds: 0)
        try await upstream.stop()
        try? FileManager.default.removeItem(at: path)
    }
}
