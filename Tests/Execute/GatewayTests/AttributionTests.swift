import Crypto
import Domain
import Foundation
import Gateway
import GatewayTestSupport
import Testing

@Suite("For whom")
struct AttributionTests {
    static func hash(of secret: String) -> String {
        SHA256.hash(data: Data(secret.utf8)).map { String(format: "%02x", $0) }.joined()
    }

    private static func key(_ change: (inout VirtualKey) -> Void = { _ in }) -> VirtualKey {
        var key = VirtualKey(id: "key_1", secretHash: hash(of: "sk-pb-test"), createdAt: Timestamp(seconds: 0))
        change(&key)
        return key
    }

    private func record(
        _ key: VirtualKey?, headers: [(String, String)], body: String = CallTests.question
    ) async throws -> (status: Int, names: [String: String]) {
        var result: (Int, [String: String]) = (0, [:])
        try await GatewayHarness.run(
            change: { configuration in configuration.keys = key.map { [$0] } ?? [] },
            answer: { _, _ in [Wire.json(CallTests.answer)] }
        ) { harness in
            var client = try harness.client()
            client.post("/v1/chat/completions", body, headers: headers)
            result.0 = try client.answer().status
            let (records, batch) = try harness.records()
            guard let record = records.first else { return }
            for (name, term) in [
                ("customer", record.customer), ("feature", record.feature), ("team", record.team),
                ("tags", record.tags),
                ("key", record.credential),
            ] { result.1[name] = batch.vocabulary.text(term) }
            result.1["session"] = batch.string(record.session)
        }
        return result
    }

    @Test(
        "The headers that users of other gateways send",
        arguments: [
            ([("x-litellm-customer-id", "acme"), ("x-litellm-tags", "a, b")], ["customer": "acme", "tags": "a\nb"]),
            (
                [
                    ("Helicone-User-Id", "acme"), ("Helicone-Property-Team", "growth"),
                    ("Helicone-Property-Plan", "pro"),
                ], ["customer": "acme", "team": "growth", "tags": "plan=pro"]
            ),
            (
                [("x-portkey-metadata", #"{"_user":"acme","feature":"chat","x":"1"}"#), ("x-portkey-trace-id", "s1")],
                ["customer": "acme", "feature": "chat", "tags": "x=1", "session": "s1"]
            ),
            ([("x-bf-dim-team", "growth"), ("x-bf-customer-id", "acme")], ["customer": "acme", "team": "growth"]),
            ([("cf-aig-metadata", #"{"user_id":"acme"}"#)], ["customer": "acme"]),
            (
                [
                    ("x-payback-customer", "acme"), ("x-payback-feature", "f"), ("x-payback-team", "t"),
                    ("x-payback-session", "s"),
                ], ["customer": "acme", "feature": "f", "team": "t", "session": "s"]
            ),
        ] as [([(String, String)], [String: String])])
    func headers(headers: [(String, String)], names: [String: String]) async throws {
        let found = try await record(nil, headers: headers)
        #expect(found.status == 200 && found.names == names)
    }

    @Test("The body's words count where the headers say nothing")
    func body() async throws {
        let body =
            #"{"model":"gpt-4o-mini","user":"end-user","metadata":{"feature":"search","session_id":"s"},"messages":[]}"#
        let found = try await record(nil, headers: [], body: body)
        #expect(found.names == ["customer": "end-user", "feature": "search", "session": "s"])
    }

    @Test("A key that belongs to a customer cannot spend for another")
    func ownCustomer() async throws {
        let found = try await record(
            Self.key { key in (key.customer, key.team) = ("acme", "growth") },
            headers: [
                ("authorization", "Bearer sk-pb-test"), ("x-payback-customer", "rival"), ("x-payback-feature", "chat"),
            ])
        #expect(found.names == ["customer": "acme", "team": "growth", "feature": "chat", "key": "key_1"])
    }

    @Test(
        "What a key may not do is refused",
        arguments: [
            ([("authorization", "Bearer sk-pb-wrong")], 401), ([], 401),
            ([("x-api-key", "sk-pb-test"), ("x-payback-customer", "evil")], 403),
            ([("api-key", "sk-pb-test"), ("x-payback-customer", "acme")], 200),
            ([("x-litellm-api-key", "Bearer sk-pb-test")], 200),
        ] as [([(String, String)], Int)])
    func refused(headers: [(String, String)], status: Int) async throws {
        let key = Self.key { $0.customers = ["acme", "globex"] }
        #expect(try await record(key, headers: headers).status == status)
    }

    @Test("Expired and revoked keys, and models that a key may not call")
    func invalidKeys() async throws {
        let mine = [("authorization", "Bearer sk-pb-test")]
        #expect(try await record(Self.key { $0.expiresAt = Timestamp(seconds: 1) }, headers: mine).status == 401)
        #expect(try await record(Self.key { $0.revokedAt = Timestamp(seconds: 1) }, headers: mine).status == 401)
        #expect(try await record(Self.key { $0.models = ["gpt-5*"] }, headers: mine).status == 403)
        #expect(try await record(Self.key { $0.models = ["gpt-4o*"] }, headers: mine).status == 200)
    }

    @Test("A caller's key is never passed on to the provider")
    func keyStaysHere() async throws {
        try await GatewayHarness.run(
            change: { $0.keys = [Self.key()] }, answer: { _, _ in [Wire.json(CallTests.answer)] }
        ) { harness in
            var client = try harness.client()
            client.post(
                "/v1/chat/completions", CallTests.question,
                headers: [
                    ("x-litellm-api-key", "sk-pb-test"), ("helicone-auth", "Bearer sk-pb-test"),
                    ("x-payback-team", "t"),
                ])
            #expect(try client.answer().status == 200)
            client.post("/v1beta/models/gemini-2.5-flash:generateContent?key=sk-pb-test&x=1", "{\"contents\":[]}")
            #expect(try client.answer().status == 200)
            for request in harness.upstream.received {
                let all = request.uri + request.headers.map { $0.name + $0.value }.joined() + request.body
                #expect(!all.contains("sk-pb-test"))
            }
            #expect(harness.upstream.received.last?.uri == "/v1beta/models/gemini-2.5-flash:generateContent?x=1")
        }
    }
}
