import Domain
import Gateway
import GatewayTestSupport
import JSONScan
import NIOHTTP1
import Policy
import Synchronization
import Testing

@Suite("Verdicts that applications post")
struct FeedbackTests {
    /// Posts about an answer that a lever gave, ID standing for its request.
    private static func post(_ body: String) async throws -> (status: Int, body: String, taken: [PostedVerdict]) {
        let (taken, rule) = (Taken(), ProvenLever.route(to: "gpt-4o-mini"))
        var answered: (Int, String) = (0, "")
        try await GatewayHarness.run(
            plan: ProvenLever.plan(rule), rows: ProvenLever.rows(rule), feedback: { taken.add($0) },
            answer: { asked, _ in [RoutingTests.answer(RoutingTests.model(asked.body))] }
        ) { harness in
            var client = try harness.client()
            client.post("/v1/chat/completions", RoutingTests.question, headers: ExactCacheTests.acme)
            let id = try #require(try client.answer().header("x-payback-request-id"))
            client.post("/v1/feedback", body.replacing("ID", with: id))
            let answer = try client.answer()
            answered = (answer.status, answer.body)
        }
        return (answered.0, answered.1, taken.all)
    }

    @Test(
        "A loss, or a word whether it was good",
        arguments: [
            (#"{"request_id":"ID","loss":0.25}"#, 0.25), (#"{"request_id":"ID","good":true}"#, 0),
            (#"{"request_id":"ID","good":false,"comment":"wrong city"}"#, 1),
        ])
    func accepted(_ body: String, _ loss: Double) async throws {
        let answer = try await Self.post(body)
        #expect(answer.status == 202 && answer.body.contains(#""counted":true"#))
        #expect(answer.taken.count == 1 && answer.taken.first?.loss == loss)
    }

    @Test("Of an answer that no lever gave nothing follows, and nothing is kept")
    func uncounted() async throws {
        let answer = try await Self.post(#"{"request_id":"nobody's","loss":1}"#)
        #expect(answer.status == 202 && answer.body.contains(#""counted":false"#) && answer.taken.isEmpty)
    }

    @Test(
        "What is no verdict is refused by its field, and nothing is kept",
        arguments: [
            ("[]", "JSON object"), ("", "JSON object"), (#"{"loss":0}"#, "request_id"),
            (#"{"request_id":"r1"}"#, "loss"), (#"{"request_id":"r1","loss":1.5}"#, "loss"),
            (#"{"request_id":"r1","loss":"bad"}"#, "loss"),
        ])
    func refused(_ body: String, _ field: String) async throws {
        let answer = try await Self.post(body)
        #expect(answer.status == 400 && answer.body.contains(field) && answer.taken.isEmpty)
    }

    @Test("Where applications judge, their verdicts move the gate; where a judge does, they are compared with it")
    func gates() async throws {
        var rule = ProvenLever.route(to: "gpt-4o-mini")
        rule.quality?.judge = .feedback
        try await GatewayHarness.run(
            plan: ProvenLever.plan(rule), rows: ProvenLever.rows(rule),
            answer: { asked, _ in [RoutingTests.answer(RoutingTests.model(asked.body))] }
        ) { harness in
            var client = try harness.client()
            for number in 1...20 where harness.core.gates["cheaper"]?.state == .on {
                client.post("/v1/chat/completions", RoutingTests.question, headers: ExactCacheTests.acme)
                let id = try #require(try client.answer().header("x-payback-request-id"))
                let verdict = PostedVerdict(
                    id: "v\(number)", requestID: id, loss: 1, source: "application", at: Timestamp(seconds: 1))
                #expect(harness.core.take(verdict))
                #expect(!harness.core.take(verdict), "one verdict an answer")
            }
            #expect(harness.core.gates["cheaper"]?.state == .rolledBack)
            let unknown = PostedVerdict(id: "v", requestID: "nobody's", loss: 1, source: "application", at: .unknown)
            #expect(!harness.core.take(unknown))
            #expect(harness.upstream.received.allSatisfy { RoutingTests.model($0.body) == "gpt-4o-mini" })
        }
    }
}

/// What was posted.
private final class Taken: Sendable {
    private let verdicts = Mutex<[PostedVerdict]>([])

    var all: [PostedVerdict] { verdicts.withLock { $0 } }

    func add(_ verdict: PostedVerdict) { verdicts.withLock { $0.append(verdict) } }
}
