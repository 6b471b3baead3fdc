import Domain
import Foundation
import Gateway
import GatewayTestSupport
import Ledger
import NIOHTTP1
import Testing

@Suite("Calls")
struct CallTests {
    static let answer =
        #"{"id":"a1","model":"gpt-4o-mini-2024-07-18","service_tier":"default","choices":[{"message":{"role":"assistant","content":"Yes."},"finish_reason":"stop"}],"usage":{"prompt_tokens":57,"completion_tokens":17,"total_tokens":74,"prompt_tokens_details":{"cached_tokens":7}}}"#
    static let question = #"{"model":"gpt-4o-mini","messages":[{"role":"user","content":"Is Santa real?"}]}"#

    @Test("A whole answer: passed on byte for byte, priced by what was served, with its cost in the head")
    func whole() async throws {
        try await GatewayHarness.run(answer: { _, _ in [Wire.json(Self.answer)] }) { harness in
            var client = try harness.client()
            client.post(
                "/v1/chat/completions", Self.question,
                headers: [("x-unknown", "kept"), ("authorization", "Bearer sk-mine")])
            let answer = try client.answer()
            #expect(answer.status == 200 && answer.body == Self.answer)
            // 50 × 0.15 + 7 × 0.075 + 17 × 0.60 USD per million.
            #expect(answer.header("x-payback-cost-usd") == "0.000018225")
            #expect(answer.header("x-payback-overhead-ms") != nil)
            let asked = try #require(harness.upstream.received.first)
            #expect(asked.body == Self.question && asked.uri == "/v1/chat/completions")
            #expect(asked.headers["x-unknown"] == ["kept"])
            #expect(asked.headers["authorization"] == ["Bearer upstream-secret"])
            #expect(asked.headers["accept-encoding"] == ["identity"])
            let (records, batch) = try harness.records()
            #expect(records.count == 1)
            let record = try #require(records.first)
            #expect(batch.vocabulary.text(record.model) == "gpt-4o-mini-2024-07-18")
            #expect(batch.vocabulary.text(record.requestedModel) == "gpt-4o-mini")
            #expect(batch.string(record.responseID) == "a1" && !record.prompt.exact.isAbsent)
            #expect(record.latency >= 0 && record.timeToFirstToken >= 0 && !record.trace.isEmpty)
        }
    }

    @Test("Several requests on one connection, sent at once, are answered in order")
    func pipelining() async throws {
        try await GatewayHarness.run(answer: { request, _ in
            [Wire.json(Self.answer, headers: "x-echo: \(request.headers["x-n"][0])\r\n")]
        }) { harness in
            var client = try harness.client()
            for number in 1...5 { client.post("/v1/chat/completions", Self.question, headers: [("x-n", "\(number)")]) }
            for number in 1...5 { #expect(try client.answer().header("x-echo") == "\(number)") }
            #expect(try await harness.records(count: 5).records.count == 5)
        }
    }

    @Test("A compressed answer is passed on as it came, and metered all the same")
    func compressed() async throws {
        // gzip of CallTests.answer, as `gzip -9n` makes it; kept as base64.
        let gzip = try #require(Self.gzip)
        let steps: [ScriptedUpstream.Step] = [
            .send(
                "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-encoding: gzip\r\ncontent-length: \(gzip.count)\r\n\r\n"
            ),
            .bytes(gzip),
        ]
        try await GatewayHarness.run(answer: { _, _ in steps }) { harness in
            var client = try harness.client()
            client.post("/v1/chat/completions", Self.question)
            #expect(try client.answer().header("content-encoding") == "gzip")
            let record = try #require(try harness.records().records.first)
            #expect(record.usage.output.known == 17 && record.usageSource == .reported)
        }
    }

    private static var gzip: [UInt8]? {
        Data(
            base64Encoded:
                "H4sIAAAAAAACA1WMUQqDMAxA75JvO1QcDm8yxpBiMy1rm9LE/UjvvjqYY3/Jy8vbwBoYQDdQgSeDrixzFNWR8jZY1dZtp+peNZciMKaXnXAUi6l4Bh96dVIO00KFMwy3DTwy6xlh2CCRwz3ObFl0+JgUBMs0wBX5BDnfK1i/fkzko4xCTwwldu5330eHYikcuClYSLQ7SN9V/7+jQdHW8R6d9LSg+bk55zdiqlyt9QAAAA=="
        ).map(Array.init)
    }

    @Test("An error of the provider's is passed on as it came, and costs nothing")
    func providerError() async throws {
        let body = #"{"error":{"message":"bad","type":"invalid_request_error"}}"#
        try await GatewayHarness.run(answer: { _, _ in [Wire.json(body, status: "400 Bad Request")] }) { harness in
            var client = try harness.client()
            client.post("/v1/chat/completions", Self.question)
            let answer = try client.answer()
            #expect(answer.status == 400 && answer.body == body)
            let record = try #require(try harness.records().records.first)
            #expect(record.status == .failed && record.httpStatus == 400 && record.cost == .zero)
            #expect(record.costKind == .priced)
        }
    }

    @Test("A failed call is tried again, and each try leaves a record; one of them counts as the request")
    func retries() async throws {
        try await GatewayHarness.run(
            answer: { _, number in
                number < 3
                    ? [Wire.json("{}", status: "503 Busy", headers: "retry-after: 0\r\n")] : [Wire.json(Self.answer)]
            }
        ) { harness in
            var client = try harness.client()
            client.post("/v1/chat/completions", Self.question)
            #expect(try client.answer().status == 200)
            let (records, _) = try await harness.records(count: 3)
            #expect(records.sorted { $0.attempt < $1.attempt }.map(\.purpose) == [.retry, .retry, .serve])
            #expect(records.filter(\.countsAsRequest).map(\.status) == [.ok])
        }
    }

    @Test("When a target fails the next one is tried, under its own name for the model")
    func fallback() async throws {
        try await GatewayHarness.run(
            kinds: [.openAI],
            change: { configuration in
                configuration.models = [
                    ModelRoute(
                        name: "fast",
                        targets: [
                            ModelTarget(upstream: "dead", model: "gpt-4o-mini"),
                            ModelTarget(upstream: "openai", model: "gpt-4o-mini-2024-07-18"),
                        ])
                ]
                configuration.upstreams.append(
                    Upstream(name: "dead", kind: .openAI, baseURL: "http://127.0.0.1:1"))
            }, answer: { _, _ in [Wire.json(Self.answer)] }
        ) { harness in
            var client = try harness.client()
            client.post("/v1/chat/completions", Self.question.replacing("gpt-4o-mini", with: "fast"))
            #expect(try client.answer().status == 200)
            #expect(
                harness.upstream.received.map(\.body) == [
                    Self.question.replacing("gpt-4o-mini", with: "gpt-4o-mini-2024-07-18")
                ])
            let (records, _) = try await harness.records(count: 2)
            #expect(records.map(\.costKind) == [.priced, .priced] && records.filter { $0.cost > .zero }.count == 1)
        }
    }

    @Test("A connection that the upstream closed meanwhile is not the caller's trouble")
    func staleConnection() async throws {
        try await GatewayHarness.run(
            change: { $0.retries.attempts = 1 },
            answer: { _, number in number == 2 ? [.close] : [Wire.json(Self.answer)] }
        ) { harness in
            var client = try harness.client()
            for _ in 0..<2 {
                client.post("/v1/chat/completions", Self.question)
                #expect(try client.answer().status == 200)
            }
            #expect(harness.upstream.received.count == 3)
        }
    }

    @Test("A caller that leaves a single answer: it is waited for, since it is charged whole")
    func leavesSingle() async throws {
        try await GatewayHarness.run(answer: { _, _ in [.wait, Wire.json(Self.answer)] }) { harness in
            do {
                let client = try harness.client()
                client.post("/v1/chat/completions", Self.question)
                try await harness.wait { harness.upstream.waiting == 1 }
            }
            try await harness.waitForMetric("payback_callerless_calls 1")
            harness.upstream.goOn()
            let record = try #require(try await harness.records(count: 1).records.first)
            #expect(record.status == .cancelled && record.usageSource == .reported && record.usage.output.known == 17)
        }
    }

    @Test("An upstream that does not answer in time")
    func timeout() async throws {
        try await GatewayHarness.run(
            change: { configuration in
                configuration.timeouts.firstByte = 50
                configuration.retries.attempts = 1
            }, answer: { _, _ in [.wait] }
        ) { harness in
            var client = try harness.client()
            client.post("/v1/chat/completions", Self.question)
            let answer = try client.answer()
            #expect(answer.status == 504 && answer.body.contains("upstream_timeout"))
            let record = try #require(try await harness.records(count: 1).records.first)
            #expect(record.usageSource == .estimated && record.cost > .zero, "the provider may charge for it")
        }
    }

    @Test("Paths that are not metered pass through, and leave a record without a price where they may cost")
    func passThrough() async throws {
        try await GatewayHarness.run(answer: { _, _ in [Wire.json("{\"ok\":true}")] }) { harness in
            var client = try harness.client()
            client.send("GET /v1/models HTTP/1.1\r\nhost: g\r\n\r\n")
            #expect(try client.answer().body == "{\"ok\":true}")
            client.post("/v1/images/generations", "{\"prompt\":\"a cat\"}")
            #expect(try client.answer().body == "{\"ok\":true}")
            let (records, _) = try await harness.records(count: 1)
            #expect(records.map(\.costKind) == [.unpriced])
        }
    }

    @Test("The results of a batch are metered when they are read, once")
    func batchResults() async throws {
        let lines = (1...3).map {
            #"{"id":"b\#($0)","custom_id":"\#($0)","response":{"status_code":200,"body":{"id":"cmpl-\#($0)","object":"chat.completion","created":1790000000,"model":"gpt-4o-mini-2024-07-18","usage":{"prompt_tokens":100,"completion_tokens":10,"total_tokens":110,"prompt_tokens_details":{"cached_tokens":0}}}},"error":null}"#
        }.joined(separator: "\n")
        try await GatewayHarness.run(answer: { _, _ in [Wire.json(lines)] }) { harness in
            var client = try harness.client()
            for _ in 0..<2 {
                client.send("GET /v1/files/file-1/content HTTP/1.1\r\nhost: g\r\n\r\n")
                #expect(try client.answer().body == lines)
            }
            let (records, batch) = try await harness.records(count: 3)
            #expect(records.count == 3)
            // Half of 100 × 0.15 + 10 × 0.60 USD per million.
            #expect(records.allSatisfy { $0.cost == NanoUSD(nanos: 10_500) })
            #expect(records.allSatisfy { batch.vocabulary.text($0.serviceTier) == "batch" })
        }
    }

    @Test("An answer that nobody waits for any more is given up at its time limit as well")
    func orphanTimesOut() async throws {
        try await GatewayHarness.run(
            change: { configuration in
                configuration.timeouts.firstByte = 200
                configuration.retries.attempts = 1
            }, answer: { _, _ in [.wait] }
        ) { harness in
            do {
                let client = try harness.client()
                client.post("/v1/chat/completions", Self.question)
                try await harness.wait { harness.upstream.waiting == 1 }
            }
            // Without its time limit the call would be waited for for ever, and leave no record.
            let record = try #require(try await harness.records(count: 1).records.first)
            #expect(record.usageSource == .estimated && record.status != .ok)
        }
    }

    @Test("A long stream arrives whole, whatever the sockets hold")
    func longStream() async throws {
        let piece = String(repeating: "x", count: 64 * 1024)
        let steps = [Wire.streamHead] + (0..<100).map { _ in ScriptedUpstream.Step.chunk(": \(piece)\n\n") }
        try await GatewayHarness.run(
            answer: { _, _ in steps + [.chunk("data: [DONE]\n\n"), Wire.streamEnd] }
        ) { harness in
            var client = try harness.client()
            client.post(
                "/v1/chat/completions", Self.question.replacing("{\"model\"", with: "{\"stream\":true,\"model\""))
            try client.receive(until: "200 OK")
            // Six megabytes are on their way; the sockets hold a part, and reading from the upstream waits for the rest.
            let answer = try client.answer()
            #expect(answer.isWhole && answer.body.utf8.count > 100 * 64 * 1024)
        }
    }
}
