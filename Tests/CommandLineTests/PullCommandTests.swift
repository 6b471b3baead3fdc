import Foundation
import GatewayTestSupport
import NIOHTTP1
import NIOPosix
import Testing

@Suite("payback import --from")
struct PullCommandTests {
    /// The key that the server accepts.
    private static let key = "sk-master-key-of-the-test"

    /// A LiteLLM proxy with three pages of two rows on the first of October; it can be told to revoke the key.
    private static func proxy(revokedFromPage last: Int? = nil) async throws -> ScriptedUpstream {
        try await ScriptedUpstream.start(on: MultiThreadedEventLoopGroup.singleton) { request, _ in
            let page = request.uri.split(separator: "&").first { $0.hasPrefix("page=") }.flatMap {
                Int($0.dropFirst(5))
            }
            guard let page, request.headers.first(name: "authorization") == "Bearer \(key)", page < last ?? 99 else {
                return answer(401, "{\"error\":{\"message\":\"Authentication Error, \(key) is revoked\"}}")
            }
            return answer(200, rows(page))
        }
    }

    private static func answer(_ status: Int, _ body: String) -> [ScriptedUpstream.Step] {
        [
            .send(
                "HTTP/1.1 \(status) X\r\ncontent-type: application/json\r\ncontent-length: \(body.utf8.count)\r\n\r\n\(body)"
            )
        ]
    }

    private static func rows(_ page: Int) -> String {
        let rows = (0..<2).map { number in
            """
            {"request_id":"chatcmpl-\(page)-\(number)","call_type":"acompletion","spend":0.00024,"prompt_tokens":1000,\
            "completion_tokens":200,"startTime":"2026-10-01T10:00:0\(number).000Z","endTime":"2026-10-01T10:00:09.600Z",\
            "model":"gpt-4o-mini","custom_llm_provider":"openai","metadata":{},"end_user":"acme","status":"success"}
            """
        }
        return "{\"data\":[\(rows.joined(separator: ","))],\"total\":6,\"page\":\(page),\"total_pages\":3}"
    }

    /// Runs the program away from the tests' few threads, on which the server answers.
    private func run(_ arguments: [String], _ environment: [String: String], in folder: URL) async throws
        -> Program.Outcome
    {
        try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread {
                continuation.resume(
                    with: Result { try Program.run(arguments, in: folder, environment: environment) })
            }
        }
    }

    private func json(_ outcome: Program.Outcome) throws -> [String: Any] {
        #expect(outcome.exitCode == 0, "\(outcome.error)")
        return try #require(try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
    }

    private let day = [
        "import", "--from", "litellm", "--since", "2026-10-01", "--until", "2026-10-02", "--format", "json",
    ]

    @Test("A revoked key ends with 69 and a clear word; with a valid one the pull goes on, and again changes nothing")
    func resumed() async throws {
        let folder = try Program.newFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let revoking = try await Self.proxy(revokedFromPage: 3)
        var environment = ["LITELLM_MASTER_KEY": Self.key, "LITELLM_BASE_URL": revoking.url]
        let cut = try await run(day, environment, in: folder)
        #expect(cut.exitCode == 69)
        #expect(cut.error.contains("LITELLM_MASTER_KEY") && cut.error.contains("master key"))
        #expect(cut.error.contains("goes on from there") && !(cut.error + cut.output).contains(Self.key))
        try await revoking.stop()

        let proxy = try await Self.proxy()
        environment["LITELLM_BASE_URL"] = proxy.url
        let resumed = try json(try await run(day, environment, in: folder))
        #expect(proxy.received.count == 1 && proxy.received.first?.uri.contains("&page=3&") == true)
        #expect(resumed["records_added"] as? Int == 2 && resumed["pages"] as? Int == 1)
        let again = try json(try await run(day, environment, in: folder))
        #expect(again["records_added"] as? Int == 0 && again["records_repeated"] as? Int == 6)
        // Another ledger begins at the beginning.
        let other = try json(try await run(day + ["--ledger", "sqlite:other.sqlite"], environment, in: folder))
        #expect(other["records_added"] as? Int == 6)
        try await proxy.stop()
    }

    @Test("A pull that is killed at its third page goes on there")
    func killed() async throws {
        let folder = try Program.newFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let stalling = try await ScriptedUpstream.start(on: MultiThreadedEventLoopGroup.singleton) { request, number in
            number < 3 ? Self.answer(200, Self.rows(number)) : [.wait]
        }
        let process = Process()
        process.executableURL = Program.executable
        process.arguments = day
        process.currentDirectoryURL = folder
        process.environment = ["LITELLM_MASTER_KEY": Self.key, "LITELLM_BASE_URL": stalling.url]
        try process.run()
        // Another process: that it asks is seen at the server alone.
        while stalling.waiting == 0, process.isRunning { try await Task.sleep(for: .milliseconds(10)) }
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        try await stalling.stop()

        let proxy = try await Self.proxy()
        let environment = ["LITELLM_MASTER_KEY": Self.key, "LITELLM_BASE_URL": proxy.url]
        let resumed = try json(try await run(day, environment, in: folder))
        #expect(proxy.received.map { $0.uri.contains("&page=3&") } == [true])
        #expect(resumed["records_added"] as? Int == 2 && resumed["records_repeated"] as? Int == 0)
        let again = try json(try await run(day, environment, in: folder))
        #expect(again["records_added"] as? Int == 0 && again["records_repeated"] as? Int == 6)
        try await proxy.stop()
    }

    @Test("What people read: the lists, and what was added")
    func text() async throws {
        let folder = try Program.newFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let proxy = try await Self.proxy()
        let environment = ["LITELLM_MASTER_KEY": Self.key, "LITELLM_BASE_URL": proxy.url]
        let arguments = Array(day.dropLast(2)) + ["--ledger", "memory:"]
        let outcome = try await run(arguments, environment, in: folder)
        #expect(outcome.exitCode == 0, "\(outcome.error)")
        #expect(outcome.output.contains("spend_logs: 2026-10-01 to 2026-10-02, 6 rows"))
        #expect(outcome.output.contains("6 records added, 0 were there already"))
        #expect(!FileManager.default.fileExists(atPath: folder.appending(path: "payback-registry.sqlite").path))
        try await proxy.stop()
    }

    @Test(
        "What cannot be meant is refused before anything is asked",
        arguments: [
            (["--from", "grafana"], 64, "There is no source grafana"),
            (["--since", "2026-10-01", "x.csv"], 64, "--from"),
            (["--bucket", "1h", "x.csv"], 64, "--bucket"), (["--from", "openai", "x.csv"], 64, "leave files"),
            (["--from", "openai", "--bucket", "1w"], 64, "1w"),
            (["--from", "openai", "--since", "2026-10-02", "--until", "2026-10-01"], 64, "--since"),
            (["--from", "openai"], 78, "OPENAI_ADMIN_KEY is not set"),
            (["--from", "litellm"], 78, "LITELLM_BASE_URL is not set"),
        ] as [([String], Int32, String)])
    func refused(_ arguments: [String], _ exitCode: Int32, _ word: String) async throws {
        let folder = try Program.newFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let outcome = try await run(["import"] + arguments, [:], in: folder)
        #expect(outcome.exitCode == exitCode && outcome.error.contains(word), "\(outcome.error)")
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
    }
}
