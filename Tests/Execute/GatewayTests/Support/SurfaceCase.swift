import Domain
import GatewayTestSupport
import Testing

/// One API as a table row: how it is called, how it streams, how its stream ends or fails, and what that used.
struct SurfaceCase: Sendable, CustomTestStringConvertible {
    let name: String
    let path: String
    /// The request's body.
    let body: String
    /// The stream's parts before its end: the prompt's side of the usage, and two pieces of text.
    let parts: [[UInt8]]
    /// The parts that carry the usage and the end.
    let end: [[UInt8]]
    /// The provider's error in the middle of a stream.
    let error: [UInt8]
    /// Tokens of the whole stream: uncached input, cache read, output.
    let usage: [Int64]
    /// The input that the stream tells at its beginning already; absent where it does not.
    var earlyInput: Int64?
    /// The head of the answer.
    var head = Wire.streamHead
    /// Bytes that come with the last piece of text.
    var lastText = "quite real."

    var testDescription: String { name }

    static let all = [chat, responses, messages, gemini, azure, converse, claudeOnBedrock, novaOnBedrock]

    /// A stream of text.
    private init(
        name: String, path: String, body: String, parts: [String], end: [String], error: String, usage: [Int64],
        earlyInput: Int64? = nil
    ) {
        self.init(
            name: name, path: path, body: body, parts: parts.map { Array($0.utf8) }, end: end.map { Array($0.utf8) },
            error: Array(error.utf8), usage: usage, earlyInput: earlyInput)
    }

    /// A stream of bytes.
    init(
        name: String, path: String, body: String, parts: [[UInt8]], end: [[UInt8]], error: [UInt8], usage: [Int64],
        earlyInput: Int64? = nil, head: ScriptedUpstream.Step = Wire.streamHead, lastText: String = "quite real."
    ) {
        (self.name, self.path, self.body) = (name, path, body)
        (self.parts, self.end, self.error) = (parts, end, error)
        (self.usage, self.earlyInput, self.head, self.lastText) = (usage, earlyInput, head, lastText)
    }

    private static let chatParts = [
        #"data: {"id":"c1","object":"chat.completion.chunk","created":1,"model":"gpt-4o-mini-2024-07-18","choices":[{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":null}],"usage":null}"#,
        #"data: {"id":"c1","object":"chat.completion.chunk","created":1,"model":"gpt-4o-mini-2024-07-18","choices":[{"index":0,"delta":{"content":"Yes, he is "},"finish_reason":null}],"usage":null}"#,
        #"data: {"id":"c1","object":"chat.completion.chunk","created":1,"model":"gpt-4o-mini-2024-07-18","choices":[{"index":0,"delta":{"content":"quite real."},"finish_reason":null}],"usage":null}"#,
    ].map { $0 + "\n\n" }

    private static let chatEnd = [
        #"data: {"id":"c1","object":"chat.completion.chunk","created":1,"model":"gpt-4o-mini-2024-07-18","choices":[{"index":0,"delta":{},"finish_reason":"stop"}],"usage":null}"#,
        #"data: {"id":"c1","object":"chat.completion.chunk","created":1,"model":"gpt-4o-mini-2024-07-18","service_tier":"default","choices":[],"usage":{"prompt_tokens":57,"completion_tokens":17,"total_tokens":74,"prompt_tokens_details":{"cached_tokens":7},"completion_tokens_details":{"reasoning_tokens":0}}}"#,
        "data: [DONE]",
    ].map { $0 + "\n\n" }

    static let chat = SurfaceCase(
        name: "chat completions", path: "/v1/chat/completions",
        body: #"{"model":"gpt-4o-mini","stream":true,"messages":[{"role":"user","content":"Is Santa real?"}]}"#,
        parts: chatParts, end: chatEnd,
        error: "data: {\"error\":{\"message\":\"no more\",\"type\":\"server_error\",\"code\":null}}\n\n",
        usage: [50, 7, 17])

    static let azure = SurfaceCase(
        name: "Azure OpenAI", path: "/openai/deployments/gpt-4o-mini/chat/completions?api-version=2024-10-21",
        body:
            #"{"stream":true,"stream_options":{"include_usage":true},"messages":[{"role":"user","content":"Is Santa real?"}]}"#,
        parts: chatParts, end: chatEnd,
        error: "data: {\"error\":{\"message\":\"no more\",\"code\":\"content_filter\"}}\n\n", usage: [50, 7, 17])

    static let responses = SurfaceCase(
        name: "responses", path: "/v1/responses",
        body: #"{"model":"gpt-4o-mini","stream":true,"input":"Is Santa real?"}"#,
        parts: [
            #"{"type":"response.created","response":{"id":"r1","model":"gpt-4o-mini-2024-07-18","status":"in_progress","usage":null}}"#,
            #"{"type":"response.output_text.delta","item_id":"m","delta":"Yes, he is "}"#,
            #"{"type":"response.output_text.delta","item_id":"m","delta":"quite real."}"#,
        ].map { "event: x\ndata: \($0)\n\n" },
        end: [
            #"{"type":"response.completed","response":{"id":"r1","status":"completed","model":"gpt-4o-mini-2024-07-18","service_tier":"default","output":[],"usage":{"input_tokens":57,"input_tokens_details":{"cached_tokens":7},"output_tokens":17,"output_tokens_details":{"reasoning_tokens":4},"total_tokens":74}}}"#
        ].map { "event: response.completed\ndata: \($0)\n\n" },
        error: "event: error\ndata: {\"type\":\"error\",\"code\":\"server_error\",\"message\":\"no more\"}\n\n",
        usage: [50, 7, 17])

    static let messages = SurfaceCase(
        name: "messages", path: "/v1/messages",
        body:
            #"{"model":"claude-sonnet-4-5","max_tokens":64,"stream":true,"messages":[{"role":"user","content":"Is Santa real?"}]}"#,
        parts: [
            #"{"type":"message_start","message":{"id":"m1","type":"message","role":"assistant","model":"claude-sonnet-4-5-20250929","content":[],"usage":{"input_tokens":50,"cache_creation_input_tokens":0,"cache_read_input_tokens":7,"output_tokens":1,"service_tier":"standard"}}}"#,
            #"{"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}"#,
            #"{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Yes, he is "}}"#,
            #"{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"quite real."}}"#,
        ].map { "event: x\ndata: \($0)\n\n" },
        end: [
            #"{"type":"content_block_stop","index":0}"#,
            #"{"type":"message_delta","delta":{"stop_reason":"end_turn","stop_sequence":null},"usage":{"output_tokens":17}}"#,
            #"{"type":"message_stop"}"#,
        ].map { "event: x\ndata: \($0)\n\n" },
        error:
            "event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"no more\"}}\n\n",
        usage: [50, 7, 17], earlyInput: 50)

    static let gemini = SurfaceCase(
        name: "generateContent", path: "/v1beta/models/gemini-2.5-flash:streamGenerateContent?alt=sse",
        body: #"{"contents":[{"role":"user","parts":[{"text":"Is Santa real?"}]}]}"#,
        parts: [
            #"data: {"candidates":[{"content":{"parts":[{"text":"Yes, he is "}],"role":"model"},"index":0}],"modelVersion":"gemini-2.5-flash","responseId":"g1"}"#,
            #"data: {"candidates":[{"content":{"parts":[{"text":"quite real."}],"role":"model"},"index":0}],"modelVersion":"gemini-2.5-flash","responseId":"g1"}"#,
        ].map { $0 + "\r\n\r\n" },
        end: [
            #"data: {"candidates":[{"content":{"parts":[{"text":""}],"role":"model"},"finishReason":"STOP","index":0}],"usageMetadata":{"promptTokenCount":57,"cachedContentTokenCount":7,"candidatesTokenCount":11,"thoughtsTokenCount":6,"totalTokenCount":74},"modelVersion":"gemini-2.5-flash","responseId":"g1"}"#
        ].map { $0 + "\r\n\r\n" },
        error: "data: {\"error\":{\"code\":503,\"message\":\"no more\",\"status\":\"UNAVAILABLE\"}}\r\n\r\n",
        usage: [50, 7, 17])

    /// The whole stream as the caller should see it: without the chunk of usage that it did not ask for.
    var visible: [UInt8] {
        let hidden =
            name == "chat completions"
            ? end.filter { String(decoding: $0, as: UTF8.self).contains("\"choices\":[]") } : []
        return (parts + end.filter { !hidden.contains($0) }).flatMap(\.self)
    }
}
