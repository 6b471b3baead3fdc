import JSONScan
import Providers
import Testing

@Suite("The same request for another model")
struct RoutedRequestTests {
    private func make(
        _ body: String, _ uri: String, to target: TranslationTarget, isAnthropic: Bool = false
    ) throws -> RoutedRequest {
        let bytes = Array(body.utf8)
        return try bytes.withUnsafeBufferPointer {
            try RoutedRequest.make(
                $0, route: RequestRoute(uri: uri, isAnthropic: isAnthropic), uri: uri, to: target,
                using: RequestScanner())
        }
    }

    private static let azure = {
        var target = TranslationTarget(family: .openAI, model: "small")
        target.isAzure = true
        return target
    }()

    @Test(
        "Of the caller's own API: the model is another, and every other byte is the same",
        arguments: [
            (
                "/v1/chat/completions", #"{ "model" : "big" , "messages":[{"role":"user","content":"\u0041 model"}]}"#,
                "/v1/chat/completions", #"{ "model" : "small" , "messages":[{"role":"user","content":"\u0041 model"}]}"#
            ),
            (
                "/v1/responses?a=1", #"{"input":"big","model":"b\u0069g"}"#, "/v1/responses?a=1",
                #"{"input":"big","model":"small"}"#
            ),
            ("/chat/completions", #"{"model":7}"#, "/v1/chat/completions", #"{"model":"small"}"#),
            ("/v1/completions", "{}", "/v1/completions", #"{"model":"small"}"#),
            (
                "/openai/deployments/big/chat/completions?api-version=2024-10-21&x=1", #"{"messages":[]}"#,
                "/v1/chat/completions?x=1", #"{"model":"small","messages":[]}"#
            ),
            ("/openai/v1/responses", #"{"model":"big"}"#, "/v1/responses", #"{"model":"small"}"#),
            (
                "/v1/messages?beta=true", #"{"model":"big","max_tokens":1}"#, "/v1/messages?beta=true",
                #"{"model":"small","max_tokens":1}"#
            ),
            (
                "/v1beta/models/big:streamGenerateContent?key=k&alt=sse", #"{"contents":[]}"#,
                "/v1beta/models/small:streamGenerateContent?alt=sse", #"{"contents":[]}"#
            ),
            (
                "/v1/models/models:generateContent", #"{"model":"models/big","contents":[]}"#,
                "/v1/models/small:generateContent", #"{"model":"models/small","contents":[]}"#
            ),
        ])
    func own(uri: String, body: String, path: String, expected: String) throws {
        let family = RequestRoute(uri: uri, isAnthropic: false).family
        let routed = try make(body, uri, to: TranslationTarget(family: family, model: "small"))
        #expect(routed.path == path && String(decoding: routed.body, as: UTF8.self) == expected)
        #expect(routed.reply == nil && routed.notes.isEmpty && routed.headers.isEmpty)
        #expect(routed.surface == RequestRoute(uri: uri, isAnthropic: false).surface)
        #expect(routed.passes(header: "anthropic-beta") && routed.passes(header: "OpenAI-Organization"))
        #expect(!routed.passes(header: "Idempotency-Key"))
    }

    @Test("Azure names the deployment in the path, or in the body of its newer API")
    func azure() throws {
        let old = try make(
            #"{"messages":[]}"#, "/openai/deployments/big/chat/completions?api-version=1", to: Self.azure)
        #expect(
            old.path == "/openai/deployments/small/chat/completions?api-version=1"
                && old.body == Array(#"{"messages":[]}"#.utf8))
        let new = try make(#"{"model":"big"}"#, "/v1/chat/completions", to: Self.azure)
        #expect(new.path == "/openai/v1/chat/completions" && new.body == Array(#"{"model":"small"}"#.utf8))
        let other = try make(
            #"{"model":"big","max_tokens":9,"messages":[{"role":"user","content":"a"}]}"#, "/v1/messages",
            to: Self.azure)
        #expect(other.path == "/openai/v1/chat/completions" && other.surface == .chatCompletions)
    }

    @Test("A name that would lead elsewhere stays a name")
    func hostileNames() throws {
        let target = TranslationTarget(family: .gemini, model: "a?b#c\"d")
        let gemini = try make("{}", "/v1beta/models/big:generateContent", to: target)
        #expect(gemini.path == "/v1beta/models/a%3Fb%23c%22d:generateContent")
        let chat = try make(
            #"{"model":"big"}"#, "/v1/chat/completions", to: TranslationTarget(family: .openAI, model: "a\"b"))
        #expect(try JSONValue.parse(chat.body)["model"]?.text == "a\"b")
    }

    @Test(
        "Of another API: its path, its words, its headers; the caller's provider's own go no further",
        arguments: Translating.ways)
    func other(_ way: Translating.Way) throws {
        let bodies: [ProviderFamily: (uri: String, body: String)] = [
            .openAI: (
                "/v1/chat/completions",
                #"{"model":"big","stream":true,"stream_options":{"include_usage":true},"messages":[{"role":"user","content":"Hi"}]}"#
            ),
            .anthropic: (
                "/v1/messages",
                #"{"model":"big","stream":true,"max_tokens":9,"messages":[{"role":"user","content":"Hi"}]}"#
            ),
            .gemini: ("/v1beta/models/big:streamGenerateContent?key=k", #"{"contents":[{"parts":[{"text":"Hi"}]}]}"#),
        ]
        let paths: [ProviderFamily: String] = [
            .openAI: "/v1/chat/completions", .anthropic: "/v1/messages",
            .gemini: "/v1beta/models/target:streamGenerateContent?alt=sse",
        ]
        let (uri, body) = try #require(bodies[way.from])
        let routed = try make(body, uri, to: Translating.target(way.to))
        #expect(routed.path == paths[way.to] && routed.surface == way.to.chatSurface)
        let turns = routed.body.withUnsafeBufferPointer { ConversationReading.read(routed.surface, body: $0) }
        #expect(turns == [ConversationTurn(.user, "Hi")])
        #expect(routed.headers["anthropic-version"] == (way.to == .anthropic ? "2023-06-01" : nil))
        #expect(routed.headers["accept-encoding"] == "identity" && routed.headers["content-type"] == "application/json")
        let reply = try #require(routed.reply)
        #expect(reply.upstream == way.to && reply.caller == way.from && reply.streams)
        #expect(reply.contentType == (way.from == .gemini ? "application/json" : "text/event-stream"))
        for name in [
            "Anthropic-Beta", "anthropic-version", "OpenAI-Project", "x-goog-user-project", "X-Stainless-Lang",
            "Content-Type",
        ] {
            #expect(!routed.passes(header: name))
        }
        #expect(routed.passes(header: "traceparent") && routed.passes(header: "user-agent"))
    }

    @Test("What has no counterpart is refused, and still goes to the caller's own API")
    func refused() throws {
        let body = #"{"model":"big","n":2,"messages":[{"role":"user","content":"Hi"}]}"#
        let problem = Translating.problem {
            _ = try make(body, "/v1/chat/completions", to: Translating.target(.gemini))
        }
        #expect(problem?.kind == .unsupported && problem?.path == "n")
        let own = try make(body, "/v1/chat/completions", to: Translating.target(.openAI))
        #expect(own.body == Array(body.replacing("big", with: "target").utf8))
        let embedding = Translating.problem {
            _ = try make(#"{"model":"big","input":"a"}"#, "/v1/embeddings", to: Translating.target(.gemini))
        }
        #expect(embedding?.kind == .unsupported)
        for text in ["", "[]", "{", #"{"model":"a","model":"b"}"#] {
            let problem = Translating.problem { _ = try make(text, "/v1/responses", to: Translating.target(.openAI)) }
            #expect(problem?.kind == .malformed)
        }
    }

    @Test("Marks of an earlier translation are taken out for the caller's own API, where they can be")
    func traces() throws {
        let body =
            #"{"model":"big","messages":[{"role":"user","content":"a"},{"role":"assistant","content":"b","thinking_blocks":[{"type":"thinking","thinking":"t","signature":"s"}]},{"role":"user","content":"c"}]}"#
        let clean = try make(body, "/v1/chat/completions", to: Translating.target(.openAI))
        #expect(!String(decoding: clean.body, as: UTF8.self).contains("thinking_blocks"))
        #expect(
            try JSONValue.parse(clean.body)["model"]?.text == "target" && clean.reply == nil && !clean.notes.isEmpty)
        let kept = try make(
            body.replacing(#""model""#, with: #""n":2,"model""#), "/v1/chat/completions",
            to: Translating.target(.openAI))
        #expect(String(decoding: kept.body, as: UTF8.self).contains("thinking_blocks"))
    }
}
