import Domain
import Foundation
import Gateway
import GatewayTestSupport
import NIOCore
import NIOHTTP1
import NIOPosix
import Pricing
import Testing

@Suite("Budgets at the gateway")
struct BudgetTests {
    private func budget(_ limit: String, _ scope: BudgetScope = .total) -> Budget {
        Budget(id: "bud_test", scope: scope, limit: NanoUSD(dollars: limit) ?? .zero, period: .month)
    }

    private static let question =
        #"{"model":"gpt-4o-mini","max_tokens":1000,"messages":[{"role":"user","content":"Is Santa real?"}]}"#

    /// An answer that uses most of what a request may.
    private static let answer =
        #"{"id":"a","model":"gpt-4o-mini","choices":[],"usage":{"prompt_tokens":20,"completion_tokens":990,"total_tokens":1010,"prompt_tokens_details":{"cached_tokens":0}}}"#

    @Test("Five hundred callers at once never spend more than a hard budget, and leave little of it")
    func fiveHundred() async throws {
        // A worst case is about 0.0009 USD: 0.2 USD is some two hundred of them.
        try await GatewayHarness.run(
            change: { $0.budgets = [budget("0.2")] }, answer: { _, _ in [Wire.json(Self.answer)] }
        ) { harness in
            let outcomes = try await Crowd(port: harness.gateway.port).ask(callers: 500, times: 10, body: Self.question)
            #expect(outcomes[200, default: 0] + outcomes[402, default: 0] == 5_000)
            #expect(outcomes[402, default: 0] > 0, "demand has to exceed the budget")
            let (records, _) = try await harness.records(count: 5_000)
            let spent = records.reduce(NanoUSD.zero) { $0 + $1.cost }
            let limit = NanoUSD(dollars: "0.2") ?? .zero
            #expect(spent <= limit)
            #expect(spent.dollars >= limit.dollars * 0.98)
            #expect(records.filter { $0.status == .ok }.count == outcomes[200])
        }
    }

    @Test("A refusal says which budget, how much is left, and when it resets, in the caller's format")
    func refusal() async throws {
        try await GatewayHarness.run(
            change: { $0.budgets = [budget("0.000001", .feature("chat"))] },
            answer: { _, _ in [Wire.json(Self.answer)] }
        ) { harness in
            var client = try harness.client()
            client.post("/v1/chat/completions", Self.question, headers: [("x-payback-feature", "chat")])
            let answer = try client.answer()
            #expect(answer.status == 402)
            for word in ["bud_test", "feature=chat", "0.000001 USD per month", "resets at", "\"budget_exceeded\""] {
                #expect(answer.body.contains(word), "\(word)")
            }
            client.post(
                "/v1/messages", #"{"model":"claude-sonnet-4-5","max_tokens":9,"messages":[]}"#,
                headers: [("x-payback-feature", "chat")])
            #expect(try client.answer().body.hasPrefix(#"{"type":"error","error":{"type":"billing_error""#))
            client.post("/v1/chat/completions", Self.question)
            #expect(try client.answer().status == 200, "another feature has no budget")
            #expect(harness.upstream.received.count == 1)
        }
    }

    @Test("Without a limit of its own a request gets one, which is sent upstream")
    func addedLimit() async throws {
        try await GatewayHarness.run(
            change: { $0.budgets = [budget("10")] }, answer: { _, _ in [Wire.json(Self.answer)] }
        ) { harness in
            var client = try harness.client()
            client.post("/v1/chat/completions", #"{"model":"gpt-4o-mini","messages":[]}"#)
            #expect(try client.answer().status == 200)
            client.post(
                "/v1beta/models/gemini-2.5-flash:generateContent", #"{"generationConfig":{"topK":3},"contents":[]}"#)
            _ = try client.answer()
            #expect(
                harness.upstream.received.map(\.body) == [
                    #"{"max_completion_tokens":4096,"model":"gpt-4o-mini","messages":[]}"#,
                    #"{"generationConfig":{"maxOutputTokens":4096,"topK":3},"contents":[]}"#,
                ])
        }
    }

    @Test(
        "What cannot be bounded is refused by name, or reserves the whole context window",
        arguments: [
            (#"{"model":"unheard-of","messages":[]}"#, 402, "unheard-of"),
            (#"{"model":"gpt-4o-mini","messages":[],"tools":[{"type":"web_search_preview"}]}"#, 402, "web_search"),
            (#"{"model":"gpt-4o-mini","messages":[],"service_tier":"warp"}"#, 402, "gpt-4o-mini"),
            (
                #"{"model":"gpt-4o-mini","max_tokens":9,"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"https://x/y.png"}}]}]}"#,
                402, "budget"
            ),
            (
                #"{"model":"gpt-4o-mini","max_tokens":9,"messages":[{"role":"user","content":"an \"image_url\""}]}"#,
                200, ""
            ),
        ])
    func unbounded(body: String, status: Int, word: String) async throws {
        // Less than the context window of 128,000 tokens costs.
        try await GatewayHarness.run(
            change: { $0.budgets = [budget("0.015")] }, answer: { _, _ in [Wire.json(Self.answer)] }
        ) { harness in
            var client = try harness.client()
            client.post("/v1/chat/completions", body)
            let answer = try client.answer()
            #expect(answer.status == status)
            #expect(word.isEmpty || answer.body.contains(word))
        }
    }

    @Test("Other paths that may cost something are refused under a hard budget, reading is not")
    func otherPaths() async throws {
        try await GatewayHarness.run(
            change: { $0.budgets = [budget("10")] }, answer: { _, _ in [Wire.json("{}")] }
        ) { harness in
            var client = try harness.client()
            client.post("/v1/images/generations", "{}")
            #expect(try client.answer().status == 402)
            client.send("GET /v1/models HTTP/1.1\r\nhost: g\r\n\r\n")
            #expect(try client.answer().status == 200)
        }
    }

    @Test("Requests per minute and at one time")
    func rateLimits() async throws {
        try await GatewayHarness.run(
            change: { configuration in
                var key = VirtualKey(
                    id: "key_1", secretHash: AttributionTests.hash(of: "sk-pb-test"), createdAt: Timestamp(seconds: 0))
                key.limits = RateLimits(requestsPerMinute: 2)
                configuration.keys = [key]
            }, answer: { _, _ in [Wire.json(Self.answer)] }
        ) { harness in
            var client = try harness.client()
            var statuses: [Int] = []
            var retryAfter: String?
            for _ in 0..<3 {
                client.post("/v1/chat/completions", Self.question, headers: [("authorization", "Bearer sk-pb-test")])
                let answer = try client.answer()
                statuses.append(answer.status)
                retryAfter = answer.header("retry-after")
            }
            #expect(statuses == [200, 200, 429])
            #expect(retryAfter.flatMap { Int($0) }.map { (1...60).contains($0) } == true)
        }
    }
}

/// Many callers at once.
struct Crowd {
    let port: Int

    /// Has callers send a request each, some times one after the other on a connection of their own.
    ///
    /// - Returns: how often each status was answered.
    func ask(callers: Int, times: Int, body: String) async throws -> [Int: Int] {
        let group = MultiThreadedEventLoopGroup.singleton
        return try await withThrowingTaskGroup(of: [Int].self) { tasks in
            for _ in 0..<callers {
                tasks.addTask {
                    let channel = try await ClientBootstrap(group: group)
                        .connect(host: "127.0.0.1", port: port) { channel in
                            channel.eventLoop.makeCompletedFuture {
                                try channel.pipeline.syncOperations.addHTTPClientHandlers()
                                return try NIOAsyncChannel<HTTPClientResponsePart, HTTPClientRequestPart>(
                                    wrappingChannelSynchronously: channel)
                            }
                        }
                    return try await channel.executeThenClose { inbound, outbound in
                        var answers = inbound.makeAsyncIterator()
                        var statuses: [Int] = []
                        for _ in 0..<times {
                            try await Self.send(body, to: outbound)
                            statuses.append(try await Self.status(&answers))
                        }
                        return statuses
                    }
                }
            }
            var counts: [Int: Int] = [:]
            for try await statuses in tasks { for status in statuses { counts[status, default: 0] += 1 } }
            return counts
        }
    }

    private static func send(_ body: String, to outbound: NIOAsyncChannelOutboundWriter<HTTPClientRequestPart>)
        async throws
    {
        var head = HTTPRequestHead(version: .http1_1, method: .POST, uri: "/v1/chat/completions")
        head.headers = ["host": "gateway", "content-type": "application/json", "content-length": "\(body.utf8.count)"]
        try await outbound.write(.head(head))
        try await outbound.write(.body(.byteBuffer(ByteBuffer(string: body))))
        try await outbound.write(.end(nil))
    }

    private static func status(
        _ answers: inout NIOAsyncChannelInboundStream<HTTPClientResponsePart>.AsyncIterator
    ) async throws -> Int {
        var status = 0
        while let part = try await answers.next() {
            switch part {
            case .head(let head): status = Int(head.status.code)
            case .body: break
            case .end: return status
            }
        }
        return status
    }
}
