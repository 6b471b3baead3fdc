import Domain
import Foundation
import GatewayTestSupport
import Ledger
import LedgerSQLite
import NIOHTTP1
import NIOPosix
import TestSupport
import Testing

/// The gateway as a process: started, killed, drained, reloaded, short of disk.
@Suite("payback serve", .serialized)
struct ServeTests {
    static let answer =
        #"{"id":"a1","model":"gpt-4o-mini-2024-07-18","choices":[],"usage":{"prompt_tokens":57,"completion_tokens":17,"total_tokens":74,"prompt_tokens_details":{"cached_tokens":7}}}"#
    static let question =
        #"{"model":"gpt-4o-mini","max_tokens":64,"messages":[{"role":"user","content":"Is Santa real?"}]}"#

    /// Runs a test with an upstream that answers at once, unless it is told otherwise.
    private func withUpstream(
        _ answer: @escaping @Sendable (ScriptedUpstream.Received, Int) -> [ScriptedUpstream.Step] = { _, _ in
            [Wire.json(answer)]
        },
        _ test: (ScriptedUpstream, URL, [String: String]) async throws -> Void
    ) async throws {
        let upstream = try await ScriptedUpstream.start(on: MultiThreadedEventLoopGroup.singleton, answer: answer)
        let folder = try Program.newFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        try await test(upstream, folder, ["OPENAI_API_KEY": "sk-upstream", "OPENAI_BASE_URL": upstream.url + "/v1"])
        try await upstream.stop()
    }

    private func records(in folder: URL) throws -> [String] {
        let ledger = try SQLiteLedger(path: folder.appending(path: "payback.sqlite").path, mustExist: true)
        var ids: [String] = []
        try ledger.forEachBatch(in: .always) { batch in ids += batch.records.compactMap { batch.string($0.requestID) } }
        return ids
    }

    @Test("With nothing but a provider's key it serves, meters, and tells about a request")
    func environmentOnly() async throws {
        try await withUpstream { upstream, folder, environment in
            let program = try await ServedProgram(in: folder, environment: environment)
            var client = try RawClient(port: program.port)
            client.post("/v1/chat/completions", Self.question)
            let answer = try client.answer()
            #expect(answer.status == 200)
            #expect(upstream.received.first?.headers["authorization"] == ["Bearer sk-upstream"])
            #expect(program.end() == 0)
            let id = try #require(answer.header("x-payback-request-id"))
            let shown = try Program.run(["requests", "show", id], in: folder)
            #expect(shown.exitCode == 0, "\(shown.error)")
            for word in [
                "ok, HTTP 200", "uncached_input 50", "$0.000018225", "openai/gpt-4o-mini-2024-07-18", "overhead",
            ] {
                #expect(shown.output.contains(word), "\(word) in \(shown.output)")
            }
            let audit = try Program.run(["audit", "--format", "json"], in: folder)
            #expect(audit.output.contains("\"requests\": 1"))
            #expect(!program.text.contains("sk-upstream") && !program.text.contains("Santa"))
        }
    }

    @Test("Operators see the month in a browser and in programs, with the configured token")
    func reports() async throws {
        try await withUpstream { _, folder, environment in
            try Data("admin_token: s3cret\n".utf8).write(to: folder.appending(path: "payback.yaml"))
            // What ends has folded its records into the ledger, so the next one shows them at once.
            let before = try await ServedProgram(in: folder, environment: environment)
            var client = try RawClient(port: before.port)
            client.post("/v1/chat/completions", Self.question)
            #expect(try client.answer().status == 200)
            #expect(before.end() == 0)
            let program = try await ServedProgram(in: folder, environment: environment)
            func get(_ path: String, _ credential: String?) throws -> RawClient.Answer {
                var operators = try RawClient(port: program.adminPort)
                let header = credential.map { "authorization: \($0)\r\n" } ?? ""
                operators.send("GET \(path) HTTP/1.1\r\nhost: localhost\r\n\(header)connection: close\r\n\r\n")
                return try operators.answer()
            }
            let refused = try get("/spend", nil)
            #expect(refused.status == 303 && refused.header("location") == "/login?to=%2Fspend")
            #expect(try get("/api/v1/spend", nil).status == 401)
            #expect(try get("/metrics", "Basic b3BlcmF0b3I6d3Jvbmc=").status == 401)
            #expect(try get("/metrics", "Basic b3BlcmF0b3I6czNjcmV0").status == 200)
            let bearer = "Bearer s3cret"
            let page = try get("/", "Basic b3BlcmF0b3I6czNjcmV0")
            #expect(page.status == 200 && page.body.contains("Dearest features"))
            #expect(page.header("content-security-policy")?.contains("default-src 'none'") == true)
            let json = try get("/api/v1/reports/executive", bearer)
            #expect(json.body.contains("\"realized_usd\": 0.000018225"), "\(json.body)")
            for path in ["/reports/monthly", "/reports/savings", "/api/v1/reports/monthly?format=csv"] {
                #expect(try get(path, bearer).status == 200, "\(path)")
            }
            #expect(try get("/reports/weekly", bearer).status == 404)
            #expect(try get("/reports/monthly?month=soon", bearer).status == 400)
            #expect(try get("/reports/monthly?format=exe", bearer).status == 400)
            #expect(program.end() == 0)
        }
    }

    @Test("Without a token the control plane answers to this machine's names alone")
    func rebinding() async throws {
        try await withUpstream { _, folder, environment in
            let program = try await ServedProgram(in: folder, environment: environment)
            func status(_ host: String) throws -> Int {
                var operators = try RawClient(port: program.adminPort)
                operators.send("GET /metrics HTTP/1.1\r\nhost: \(host)\r\nconnection: close\r\n\r\n")
                return try operators.answer().status
            }
            for host in ["localhost:4001", "127.0.0.1:4001", "[::1]:4001"] {
                #expect(try status(host) == 200, "\(host)")
            }
            for host in ["evil.example", "127.evil.example:4001", "localhost.evil.example"] {
                #expect(try status(host) == 403, "\(host)")
            }
            #expect(program.end() == 0)
        }
    }

    @Test("Killed in the middle of traffic, again and again: every answered request has exactly one record")
    func killed() async throws {
        let rounds = ProcessInfo.processInfo.environment["PAYBACK_SOAK"] == nil ? 4 : 20
        try await withUpstream { _, folder, environment in
            var answered: [String] = []
            for round in 0..<rounds {
                let program = try await ServedProgram(in: folder, environment: environment)
                let port = program.port
                let callers = (0..<8).map { _ in
                    Thread.detached { Self.askUntilRefused(port: port) }
                }
                try await Task.sleep(for: .milliseconds(150 + 37 * round))
                program.killHard()
                for caller in callers { answered += caller.result() }
            }
            #expect(answered.count > rounds, "hardly anything was answered, so the test says little")
            let last = try await ServedProgram(in: folder, environment: environment)
            #expect(last.end() == 0)
            let recorded = try records(in: folder)
            #expect(Set(recorded).count == recorded.count, "no request has two records")
            #expect(Set(answered).subtracting(recorded).isEmpty, "no answered request is missing")
            // What is recorded and was not answered was in flight when it was killed: at most one for each caller.
            #expect(recorded.count - answered.count <= rounds * 8)
        }
    }

    /// Asks one question after the other until the gateway is gone.
    private static func askUntilRefused(port: Int) -> [String] {
        var ids: [String] = []
        guard var client = try? RawClient(port: port) else { return [] }
        while true {
            client.post("/v1/chat/completions", question)
            guard let answer = try? client.answer(), answer.isWhole, answer.status == 200,
                let id = answer.header("x-payback-request-id")
            else { return ids }
            ids.append(id)
        }
    }

    @Test("Asked to end, it lets requests under way end, and loses none")
    func drain() async throws {
        try await withUpstream({ _, _ in [.wait, Wire.json(Self.answer)] }) { upstream, folder, environment in
            let program = try await ServedProgram(in: folder, environment: environment)
            var client = try RawClient(port: program.port)
            client.post("/v1/chat/completions", Self.question)
            for _ in 0..<200 where upstream.waiting == 0 { try await Task.sleep(for: .milliseconds(10)) }
            let ending = Thread.detached { [program = UncheckedSendable(program)] in [String(program.value.end())] }
            for _ in 0..<200 {
                guard (try? RawClient(port: program.port)) != nil else { break }
                try await Task.sleep(for: .milliseconds(10))
            }
            upstream.goOn()
            let answer = try client.answer()
            #expect(answer.status == 200 && answer.header("connection") == "close")
            #expect(ending.result() == ["0"])
            #expect(try records(in: folder) == [answer.header("x-payback-request-id")])
        }
    }

    @Test("A key that is made while it runs works within a second, and a revoked one stops")
    func keysAtRunTime() async throws {
        try await withUpstream { _, folder, environment in
            let program = try await ServedProgram(in: folder, environment: environment)
            let made = try Program.run(["keys", "create", "--customer", "acme", "--name", "mine"], in: folder)
            let secret = made.output.trimmingCharacters(in: .whitespacesAndNewlines)
            #expect(secret.hasPrefix("sk-pb-"))
            let status = { (key: String) throws -> Int in
                var client = try RawClient(port: program.port)
                client.post("/v1/chat/completions", Self.question, headers: [("authorization", "Bearer \(key)")])
                return try client.answer().status
            }
            // Another process takes a key up within a second, and says so only by its answers.
            for _ in 0..<100 where try status(secret) != 200 { try await Task.sleep(for: .milliseconds(20)) }
            #expect(try status("sk-pb-wrong") == 401)
            #expect(try status(secret) == 200)
            #expect(try Program.run(["keys", "revoke", "mine"], in: folder).exitCode == 0)
            for _ in 0..<100 where try status(secret) != 401 { try await Task.sleep(for: .milliseconds(20)) }
            #expect(try status(secret) == 401)
            #expect(!program.text.contains(secret))
        }
    }

    @Test("A budget outlives the process: what was spent before counts after a crash")
    func budgetAcrossCrash() async throws {
        try await withUpstream { _, folder, environment in
            _ = try Program.run(
                ["budgets", "set", "--scope", "total", "--limit", "0.0002", "--per", "day"], in: folder)
            var answered = 0
            var refused = 0
            for _ in 0..<4 {
                let program = try await ServedProgram(in: folder, environment: environment)
                var client = try RawClient(port: program.port)
                for _ in 0..<3 {
                    client.post("/v1/chat/completions", Self.question)
                    let status = try client.answer().status
                    if status == 200 { answered += 1 }
                    if status == 402 { refused += 1 }
                }
                program.killHard()
            }
            // 0.000018225 USD each, of which eleven fit, and before each a worst case of about 0.0001.
            #expect((5...10).contains(answered) && answered + refused == 12)
        }
    }

    @Test(
        "When the journal cannot grow, new requests are refused, nothing that was answered is lost, and room mends it")
    func fullDisk() async throws {
        try await withUpstream { upstream, folder, environment in
            let program = try await ServedProgram(in: folder, environment: environment, limits: "ulimit -f 1000;")
            var client = try RawClient(port: program.port)
            var answered: [String] = []
            var refusal: RawClient.Answer?
            for _ in 0..<3_000 {
                client.post("/v1/chat/completions", Self.question)
                let answer = try client.answer()
                if answer.status == 200 {
                    answered += [answer.header("x-payback-request-id")].compactMap(\.self)
                } else {
                    refusal = answer
                    break
                }
            }
            #expect(refusal?.status == 503 && refusal?.body.contains("ledger_unavailable") == true)
            #expect(upstream.received.count == answered.count, "nothing is sent that cannot be recorded")
            program.killHard()
            let mended = try await ServedProgram(in: folder, environment: environment)
            #expect(mended.end() == 0)
            #expect(Set(answered).isSubset(of: try records(in: folder)))
        }
    }

    @Test("Bad configurations are refused with their lines, and every problem at once")
    func badConfiguration() throws {
        let folder = try Program.newFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        try """
        listen: nowhere
        upstreams:
          - name: a
            kind: openai
            base_ulr: https://x
            credentials: [sk-very-secret]
        budgets:
          - {scope: everybody, limit: -1, per: fortnight}
        """.write(to: folder.appending(path: "payback.yaml"), atomically: true, encoding: .utf8)
        for arguments in [["config", "check"], ["serve"]] {
            let run = try Program.run(arguments, in: folder)
            #expect(run.exitCode == 78)
            let all = run.output + run.error
            for word in [
                "payback.yaml:1: listen",
                "payback.yaml:5: upstreams.0.base_ulr: there is no such key; is base_url meant?",
                "payback.yaml:8: budgets.0.scope",
            ] {
                #expect(all.contains(word), "\(word) in \(all)")
            }
            #expect(!all.contains("sk-very-secret"))
        }
    }

    @Test("Spans of other applications are taken in, once; finished calls and warnings go out")
    func tracesAndWebhooks() async throws {
        try await withUpstream { upstream, folder, environment in
            let collector = try await ScriptedUpstream.start(on: MultiThreadedEventLoopGroup.singleton) { _, _ in
                [Wire.json("{}")]
            }
            try """
            otlp_endpoint: \(collector.url)
            budgets:
              - {scope: total, limit: 0.00002, per: day, enforcement: soft, webhook: "\(collector.url)/warn"}
            """.write(to: folder.appending(path: "payback.yaml"), atomically: true, encoding: .utf8)
            let program = try await ServedProgram(in: folder, environment: environment)
            let spans = try String(contentsOf: Program.fixtures.appending(path: "otel/otlp.json"), encoding: .utf8)
            var operators = try RawClient(port: program.adminPort)
            for _ in 0..<2 {
                operators.post("/v1/traces", spans)
                #expect(try operators.answer().status == 200)
            }
            operators.post(
                "/api/v1/tasks", #"{"id":"t1","task_type":"review","with_ai_minutes":15,"without_ai_minutes":45}"#)
            #expect(try operators.answer().status == 200)
            operators.post("/api/v1/tasks", #"{"task_type":"review"}"#)
            #expect(try operators.answer().status == 400)
            operators.post("/v1/traces", "{not json")
            #expect(try operators.answer().status == 400)
            var client = try RawClient(port: program.port)
            client.post(
                "/v1/chat/completions", Self.question,
                headers: [("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")])
            #expect(try client.answer().status == 200)
            #expect(program.end() == 0)
            let posted = collector.received
            let warning = try #require(posted.first { $0.uri == "/warn" })
            #expect(warning.body.contains("\"threshold_percent\": 80") && warning.body.contains("0.000018225"))
            let exported = try #require(posted.first { $0.uri == "/v1/traces" })
            for word in [
                "0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331", "gen_ai.usage.input_tokens",
                "\"intValue\":\"57\"", "gpt-4o-mini-2024-07-18",
            ] {
                #expect(exported.body.contains(word), "\(word)")
            }
            let audit = try Program.run(["audit", "--format", "json"], in: folder)
            let imported = try Program.run(
                ["import", Program.fixtures.appending(path: "otel/otlp.json").path], in: folder)
            #expect(imported.output.contains("0 records added"), "the spans are there already: \(imported.output)")
            #expect(audit.output.contains("\"requests\":"))
            try await collector.stop()
        }
    }
}
