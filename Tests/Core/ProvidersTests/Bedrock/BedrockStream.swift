import Domain
import Providers
import Testing

/// A stream of Bedrock's, and what it tells.
struct BedrockStream: Sendable, CustomTestStringConvertible {
    let name: String
    var surface = APISurface.invokeModel
    let messages: [EventStreamMessage]
    /// Uncached input, cache read, cache write 5 min, cache write 1 h, output; -1 is unknown.
    let tokens: [Int64]
    var source = UsageSource.reported
    /// How many of the messages have to be there for a proper end.
    let needed: Int
    var tier: String?
    var latency: Int64?
    var generated = 0
    var error: String?

    var testDescription: String { name }
    var bytes: [UInt8] { messages.flatMap(\.encoded) }

    static func chunks(_ events: [String]) -> [EventStreamMessage] {
        events.map {
            EventStreamMessage(event: "chunk", json: #"{"bytes":"\#(Base64.encode(Array($0.utf8)))","p":"abcd"}"#)
        }
    }

    static func metrics(_ input: Int, _ output: Int, more: String = "") -> String {
        #""amazon-bedrock-invocationMetrics":{"inputTokenCount":\#(input),"outputTokenCount":\#(output),"invocationLatency":900,"firstByteLatency":300\#(more)}"#
    }

    static let converse = BedrockStream(
        name: "Converse with a cache", surface: .converse,
        messages: [
            ("messageStart", #"{"p":"ab","role":"assistant"}"#),
            ("contentBlockDelta", #"{"contentBlockIndex":0,"delta":{"text":"Yes, he is."},"p":"abc"}"#),
            ("contentBlockDelta", #"{"contentBlockIndex":1,"delta":{"toolUse":{"input":"{}"}}}"#),
            ("contentBlockStop", #"{"contentBlockIndex":0}"#), ("messageStop", #"{"stopReason":"end_turn"}"#),
            (
                "metadata",
                #"{"usage":{"inputTokens":50,"outputTokens":17,"totalTokens":117,"cacheReadInputTokens":7,"cacheWriteInputTokens":43,"cacheDetails":[{"ttl":"1h","inputTokens":40},{"ttl":"5m","inputTokens":3}]},"metrics":{"latencyMs":1234},"serviceTier":{"type":"flex"}}"#
            ),
        ].map { EventStreamMessage(event: $0.0, json: $0.1) }, tokens: [50, 7, 3, 40, 17], needed: 5, tier: "flex",
        latency: 1234, generated: 13)

    static let all = [
        converse,
        BedrockStream(
            name: "Converse without a cache, optimised for latency", surface: .converse,
            messages: [
                ("messageStop", "{}"),
                (
                    "metadata",
                    #"{"usage":{"inputTokens":5,"outputTokens":1,"totalTokens":6},"metrics":{"latencyMs":9},"performanceConfig":{"latency":"optimized"}}"#
                ),
            ].map { EventStreamMessage(event: $0.0, json: $0.1) }, tokens: [5, 0, 0, 0, 1], needed: 1,
            tier: "latency_optimised", latency: 9),
        BedrockStream(
            name: "Anthropic's events",
            messages: chunks([
                #"{"type":"message_start","message":{"id":"msg_bdrk_1","model":"claude-sonnet-4-5-20250929","usage":{"input_tokens":50,"cache_creation_input_tokens":43,"cache_creation":{"ephemeral_5m_input_tokens":3,"ephemeral_1h_input_tokens":40},"cache_read_input_tokens":7,"output_tokens":1}}}"#,
                #"{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Yes"}}"#,
                #"{"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":17}}"#,
                #"{"type":"message_stop",\#(metrics(50, 17, more: #","cacheReadInputTokenCount":7,"cacheWriteInputTokenCount":43"#))}"#,
            ]), tokens: [50, 7, 3, 40, 17], needed: 4, latency: 900, generated: 3),
        BedrockStream(
            name: "Nova's events",
            messages: chunks([
                #"{"messageStart":{"role":"assistant"}}"#,
                #"{"contentBlockDelta":{"delta":{"text":"Yes"},"contentBlockIndex":0}}"#,
                #"{"messageStop":{"stopReason":"end_turn"}}"#,
                #"{"metadata":{"usage":{"inputTokens":50,"outputTokens":17,"cacheReadInputTokenCount":7,"cacheWriteInputTokenCount":3},"metrics":{},"trace":{}},\#(metrics(50, 17))}"#,
            ]), tokens: [50, 7, 3, 0, 17], needed: 4, latency: 900, generated: 3),
        BedrockStream(
            name: "Meta's events",
            messages: chunks([
                #"{"generation":"Yes","prompt_token_count":50,"generation_token_count":1,"stop_reason":null}"#,
                #"{"generation":"","prompt_token_count":null,"generation_token_count":17,"stop_reason":"stop",\#(metrics(50, 17))}"#,
            ]), tokens: [50, 0, 0, 0, 17], needed: 2, latency: 900, generated: 3),
        BedrockStream(
            name: "Mistral's events, which count nothing",
            messages: chunks([
                #"{"outputs":[{"text":"Yes","stop_reason":null}]}"#,
                #"{"outputs":[{"text":"","stop_reason":"stop"}],\#(metrics(50, 17))}"#,
            ]), tokens: [50, 0, 0, 0, 17], needed: 2, latency: 900, generated: 3),
        BedrockStream(
            name: "events in OpenAI's shape: Bedrock's own counts tell of the cache",
            messages: chunks([
                #"{"id":"c1","model":"openai.gpt-oss-120b-1:0","choices":[{"index":0,"delta":{"content":"Yes"}}]}"#,
                #"{"id":"c1","choices":[],"usage":{"prompt_tokens":57,"completion_tokens":17,"total_tokens":74},\#(metrics(50, 17, more: #","cacheReadInputTokenCount":7"#))}"#,
            ]), tokens: [50, 7, 0, 0, 17], needed: 2, latency: 900, generated: 3),
        BedrockStream(
            name: "an exception in the middle",
            messages: chunks([#"{"generation":"Yes","prompt_token_count":50,"generation_token_count":1}"#]) + [
                EventStreamMessage(exception: "modelStreamErrorException", json: #"{"message":"secret prompt"}"#)
            ], tokens: [50, 0, 0, 0, 1], source: .partial, needed: .max, generated: 3,
            error: "modelStreamErrorException"),
        BedrockStream(
            name: "an error without a model of its own", surface: .converse,
            messages: [
                EventStreamMessage(
                    headers: [
                        .init(":message-type", .text("error")), .init(":error-code", .text("InternalError")),
                        .init(":error-message", .text("secret prompt")),
                    ], payload: [])
            ], tokens: [-1, -1, -1, -1, -1], source: .absent, needed: .max, error: "InternalError"),
    ]
}
