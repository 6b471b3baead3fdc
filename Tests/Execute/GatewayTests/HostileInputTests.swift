import Domain
import Foundation
import Gateway
import GatewayTestSupport
import Testing

@Suite("Hostile input")
struct HostileInputTests {
    private func exchange(
        change: (inout GatewayConfiguration) -> Void = { _ in }, _ request: [UInt8]
    ) async throws -> (answer: RawClient.Answer?, upstreamCalls: Int) {
        var result: (RawClient.Answer?, Int) = (nil, 0)
        try await GatewayHarness.run(change: change, answer: { _, _ in [Wire.json(CallTests.answer)] }) { harness in
            var client = try harness.client()
            client.send(request)
            result.0 = try? client.answer()
            // The gateway still works for others.
            var other = try harness.client()
            other.post("/v1/chat/completions", CallTests.question)
            #expect(try other.answer().status == 200)
            result.1 = harness.upstream.received.count - 1
        }
        return result
    }

    private static func post(_ headers: String, _ body: String) -> [UInt8] {
        Array("POST /v1/chat/completions HTTP/1.1\r\nhost: g\r\n\(headers)\r\n\r\n\(body)".utf8)
    }

    @Test(
        "What is ambiguous or damaged is refused before anything is sent upstream",
        arguments: [
            ("both lengths", post("content-length: 5\r\ntransfer-encoding: chunked", "0\r\n\r\n")),
            ("two lengths", post("content-length: 5\r\ncontent-length: 6", "hello!")),
            ("a length that is none", post("content-length: 5x", "hello")),
            ("a negative length", post("content-length: -1", "hello")),
            ("chunked twice", post("transfer-encoding: chunked, chunked", "0\r\n\r\n")),
            ("a coding hidden by a tab", post("transfer-encoding:\tchunked\r\ncontent-length: 4", "0\r\n\r\n")),
            ("a chunk size that is none", post("transfer-encoding: chunked", "zz\r\nhello\r\n0\r\n\r\n")),
            ("a blank before the colon", post("content-length : 5", "hello")),
            ("a folded header", post("x: a\r\n b\r\ncontent-length: 2", "{}")),
            ("a bare line feed in a header", Array("POST / HTTP/1.1\nhost: g\nx: a\u{0}b\n\n".utf8)),
            ("no HTTP at all", Array("hello, is anybody there?\r\n\r\n".utf8)),
            ("a body that is no JSON", post("content-length: 5", "hello")),
            ("a body that is no UTF-8", post("content-length: 12", "{\"model\":\"") + [0xFF, 0xFE]),
            ("an array", post("content-length: 2", "[]")),
            ("a key given twice", post("content-length: 27", #"{"model":"a","model":"bbbb"}"#)),
        ])
    func refused(name: String, request: [UInt8]) async throws {
        let (answer, calls) = try await exchange(request)
        #expect(answer == nil || (400...431).contains(answer?.status ?? 0), "\(name): \(answer?.status ?? 0)")
        #expect(calls == 0, "\(name)")
    }

    @Test("Ten thousand headers, and headers without end")
    func headers() async throws {
        let many = (0..<10_000).map { "x\($0): 1" }.joined(separator: "\r\n")
        #expect([400, 431].contains(try await exchange(Self.post(many, "")).answer?.status ?? 400))
        let few = (0..<500).map { "x\($0): 1" }.joined(separator: "\r\n")
        #expect(try await exchange(Self.post(few + "\r\ncontent-length: 0", "")).answer?.status == 431)
        let long = "x: " + String(repeating: "a", count: 200_000)
        #expect([400, 431].contains(try await exchange(Self.post(long, "")).answer?.status ?? 400))
    }

    @Test("A body beyond the limit is refused by its length, or as soon as it is too long")
    func largeBody() async throws {
        let small: (inout GatewayConfiguration) -> Void = { $0.limits.bodyBytes = 1_000 }
        let announced = try await exchange(change: small, Self.post("content-length: 1001", "{}"))
        #expect(announced.answer?.status == 413)
        let chunk = "400\r\n" + String(repeating: " ", count: 1_024) + "\r\n"
        let sent = try await exchange(change: small, Self.post("transfer-encoding: chunked", chunk + chunk))
        #expect(sent.answer?.status == 413)
    }

    @Test("A request that trickles in is given up, a connection that says nothing is closed")
    func slowLoris() async throws {
        try await GatewayHarness.run(
            change: { $0.limits.receive = 100 }, answer: { _, _ in [Wire.json(CallTests.answer)] }
        ) { harness in
            var slow = try harness.client()
            slow.send("POST /v1/chat/completions HTTP/1.1\r\nhost: g\r\ncontent-length: 100\r\n\r\n{\"mo")
            #expect(try slow.answer().status == 408)
            #expect(try slow.isClosed())
            var silent = try harness.client()
            silent.send("POST /v1/chat/comp")
            #expect(try silent.isClosed())
        }
    }

    @Test("A caller that waits for it is told to send its body")
    func expectContinue() async throws {
        try await GatewayHarness.run(answer: { _, _ in [Wire.json(CallTests.answer)] }) { harness in
            var client = try harness.client()
            client.send(
                "POST /v1/chat/completions HTTP/1.1\r\nhost: g\r\nexpect: 100-continue\r\ncontent-length: \(CallTests.question.utf8.count)\r\n\r\n"
            )
            try client.receive(until: "100 Continue")
            client.send(CallTests.question)
            #expect(try client.answer().status == 200)
        }
    }

    @Test("An upstream that does not speak HTTP")
    func upstreamNoise() async throws {
        try await GatewayHarness.run(
            change: { $0.retries.attempts = 1 }, answer: { _, _ in [.send("SSH-2.0-OpenSSH_9.9\r\n\r\n"), .close] }
        ) { harness in
            var client = try harness.client()
            client.post("/v1/chat/completions", CallTests.question)
            #expect(try client.answer().status == 502)
        }
    }
}
