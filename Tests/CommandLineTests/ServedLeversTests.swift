import Foundation
import GatewayTestSupport
import JSONScan
import NIOPosix
import Testing

/// Plans put in force by the command line while the gateway runs, and what callers then get.
@Suite("Levers in payback serve", .serialized)
struct ServedLeversTests {
    private static let cache = "rules: [{name: repeats, lever: cache, match: exact}]\n"
    /// Little is enough, so that the test is short.
    private static let route = """
        rules:
          - name: cheaper
            lever: routing
            to: {provider: openai, model: gpt-4o-mini}
            quality:
              {judge: normalised, floor: 0.5, least_judged: 5, canary_share: 1, canary_judged: 5, serving_judged_share: 1}
        """

    /// A gateway in a folder of its own, before a provider whose every model gives the same answer.
    private struct Stage {
        let upstream: ScriptedUpstream
        let folder: URL
        let environment: [String: String]

        func serve() async throws -> ServedProgram { try await ServedProgram(in: folder, environment: environment) }

        @discardableResult
        func policy(_ arguments: String...) throws -> String {
            let run = try Program.run(["policy"] + arguments, in: folder)
            #expect(run.exitCode == 0, "\(arguments): \(run.error)")
            return run.output
        }

        func apply(_ plan: String) throws {
            try Data(plan.utf8).write(to: folder.appending(path: "plan.yaml"))
            try policy("apply", "plan.yaml")
        }

        /// The plan's only rule, as `payback policy show` tells it.
        func rule() throws -> JSONValue {
            let shown = try JSONValue.parse(Array(try policy("show", "--format", "json").utf8))
            return try #require(shown["rules"]?.elements.first)
        }
    }

    private func onStage(_ test: (Stage) async throws -> Void) async throws {
        let upstream = try await ScriptedUpstream.start(on: MultiThreadedEventLoopGroup.singleton) { asked, _ in
            let model = (try? JSONValue.parse(asked.body))?["model"]?.text ?? ""
            return [
                Wire.json(
                    #"{"id":"a1","model":"\#(model)","choices":[{"index":0,"finish_reason":"stop","message":{"role":"assistant","content":"Yes."}}],"usage":{"prompt_tokens":57,"completion_tokens":17,"total_tokens":74}}"#
                )
            ]
        }
        let folder = try Program.newFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        try await test(
            Stage(
                upstream: upstream, folder: folder,
                environment: ["OPENAI_API_KEY": "sk-upstream", "OPENAI_BASE_URL": upstream.url + "/v1"]))
        try await upstream.stop()
    }

    /// Asks a question for a customer.
    private static func ask(_ client: inout RawClient, _ words: String) throws -> RawClient.Answer {
        client.post(
            "/v1/chat/completions", #"{"model":"gpt-4o","messages":[{"role":"user","content":"\#(words)"}]}"#,
            headers: [("x-payback-customer", "acme")])
        return try client.answer()
    }

    /// Asks, a new question each time or the same one, until the answer is as expected: what was put in force acts by then.
    private static func ask(
        _ client: inout RawClient, _ words: (Int) -> String = { _ in "Is Santa real?" },
        until isExpected: (RawClient.Answer) throws -> Bool
    ) throws -> RawClient.Answer {
        for number in 0..<20_000 {
            let answer = try ask(&client, words(number))
            #expect(answer.status == 200, "\(answer.body)")
            if try isExpected(answer) { return answer }
        }
        throw Unheard()
    }

    /// It never came to what was expected.
    private struct Unheard: Error {}

    private static func isHit(_ answer: RawClient.Answer) -> Bool { answer.header("x-payback-cache") == "hit" }

    private static func model(_ answer: RawClient.Answer) -> String? {
        (try? JSONValue.parse(answer.body))?["model"]?.text
    }

    @Test("A plan that is applied while the gateway runs acts; a paused lever stops, and a resumed one serves again")
    func applyPauseResume() async throws {
        try await onStage { stage in
            let program = try await stage.serve()
            var client = try RawClient(port: program.port)
            for _ in 1...2 { #expect(try Self.ask(&client, "Is Santa real?").header("x-payback-cache") == nil) }
            #expect(stage.upstream.received.count == 2, "without a plan every request is a call")
            try stage.apply(Self.cache)
            let hit = try Self.ask(&client, until: Self.isHit)
            #expect(hit.header("x-payback-cost-usd") == "0")
            #expect(Double(hit.header("x-payback-saving-usd") ?? "") ?? 0 > 0)
            try stage.policy("pause", "repeats", "--reason", "stale answers")
            _ = try Self.ask(&client, until: { !Self.isHit($0) })
            let called = stage.upstream.received.count
            for _ in 1...3 { #expect(!Self.isHit(try Self.ask(&client, "Is Santa real?"))) }
            #expect(stage.upstream.received.count == called + 3, "a paused lever answers nobody")
            try stage.policy("resume", "repeats")
            _ = try Self.ask(&client, until: Self.isHit)
            try stage.policy("remove")
            _ = try Self.ask(&client, until: { $0.header("x-payback-cache") == nil })
            #expect(program.end() == 0)
        }
    }

    @Test("A cached answer outlives the program, and is gone for good where the cache is to be forgotten")
    func keptAnswers() async throws {
        try await onStage { stage in
            try stage.apply(Self.cache)
            let first = try await stage.serve()
            var client = try RawClient(port: first.port)
            #expect(try Self.ask(&client, "Is Santa real?").header("x-payback-cache") == "miss")
            #expect(first.end() == 0)

            let second = try await stage.serve()
            client = try RawClient(port: second.port)
            let answer = try Self.ask(&client, "Is Santa real?")
            #expect(answer.header("x-payback-cache") == "hit" && answer.status == 200)
            #expect(stage.upstream.received.count == 1)
            #expect(second.end() == 0)
            #expect(!second.text.contains("Santa"), "no prompt reaches a log")
        }
    }

    @Test("A route proves itself, survives a crash as it is, and people's verdicts stand beside the judge's")
    func gates() async throws {
        try await onStage { stage in
            let first = try await stage.serve()
            try stage.apply(Self.route)
            var client = try RawClient(port: first.port)
            var states: [String] = []
            _ = try Self.ask(&client, { "Is Santa real, asked \($0) times?" }) { _ in
                // What is kept is told once a second: every question is one more verdict meanwhile.
                let state = try #require(try stage.rule()["state"]?.text)
                if states.last != state { states.append(state) }
                return state == "on"
            }
            #expect(states.first == "shadow")
            let judged = try #require(try stage.rule()["gate"]?["judged"]?.integer)
            #expect(judged >= 10)
            first.killHard()

            let second = try await stage.serve()
            client = try RawClient(port: second.port)
            let answer = try Self.ask(&client, "Is Rudolph real?")
            #expect(Self.model(answer) == "gpt-4o-mini", "what was proven before the crash serves at once")
            let id = try #require(answer.header("x-payback-request-id"))
            client.post("/v1/feedback", #"{"request_id":"\#(id)","good":true,"comment":"as good"}"#)
            #expect(try client.answer().status == 202)
            _ = try Self.ask(&client, { "Is Dasher real, asked \($0) times?" }) { _ in
                try stage.rule()["gate"]?["agreement"]?["compared"]?.integer == 1
            }
            let rule = try stage.rule()
            #expect(rule["state"]?.text == "on" && rule["gate"]?["attempt"]?.integer == 1)
            #expect(try #require(rule["gate"]?["judged"]?.integer) > judged, "evidence goes on where it was")
            #expect(
                rule["gate"]?["transitions"]?.elements.map { $0["cause"]?.text } == ["opened", "proven", "confirmed"])
            #expect(second.end() == 0)
            #expect(!second.text.contains("as good") && !second.text.contains("Rudolph"))
        }
    }

    @Test(
        "Feedback that says nothing is refused, and about nobody's answer changes nothing",
        arguments: [
            (#"{"good":true}"#, 400), (#"{"request_id":"r"}"#, 400), (#"{"request_id":"r","loss":2}"#, 400),
            ("[]", 400),
            (#"{"request_id":"r","loss":0.5}"#, 202),
        ])
    func feedback(_ body: String, _ status: Int) async throws {
        try await onStage { stage in
            let program = try await stage.serve()
            try stage.apply(Self.route)
            var client = try RawClient(port: program.port)
            client.post("/v1/feedback", body)
            #expect(try client.answer().status == status)
            #expect(program.end() == 0)
            #expect(try stage.rule()["gate"]?["agreement"] == .null)
        }
    }
}
