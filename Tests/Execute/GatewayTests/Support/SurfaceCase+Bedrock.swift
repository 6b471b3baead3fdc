import Domain
import GatewayTestSupport
import Providers

extension SurfaceCase {
    static let converse = SurfaceCase(
        name: "Converse", path: "/model/us.anthropic.claude-sonnet-4-5-20250929-v1%3A0/converse-stream",
        body:
            #"{"inferenceConfig":{"maxTokens":64},"messages":[{"role":"user","content":[{"text":"Is Santa real?"}]}]}"#,
        parts: [
            ("messageStart", #"{"p":"abcd","role":"assistant"}"#),
            ("contentBlockDelta", #"{"contentBlockIndex":0,"delta":{"text":"Yes, he is "},"p":"abc"}"#),
            ("contentBlockDelta", #"{"contentBlockIndex":0,"delta":{"text":"quite real."},"p":"ab"}"#),
        ].map { EventStreamMessage(event: $0.0, json: $0.1).encoded },
        end: [
            ("contentBlockStop", #"{"contentBlockIndex":0}"#), ("messageStop", #"{"stopReason":"end_turn"}"#),
            (
                "metadata",
                #"{"usage":{"inputTokens":50,"outputTokens":17,"totalTokens":74,"cacheReadInputTokens":7,"cacheWriteInputTokens":0},"metrics":{"latencyMs":1234}}"#
            ),
        ].map { EventStreamMessage(event: $0.0, json: $0.1).encoded }, error: bedrockError, usage: [50, 7, 17],
        head: Wire.eventStreamHead)

    private static let bedrockError = EventStreamMessage(
        exception: "modelStreamErrorException", json: #"{"message":"no more"}"#
    ).encoded

    private static func chunks(_ events: [String]) -> [[UInt8]] {
        events.map { event in
            let json = #"{"bytes":"\#(Base64.encode(Array(event.utf8)))","p":"abcd"}"#
            return EventStreamMessage(event: "chunk", json: json).encoded
        }
    }

    private static let claudeLast =
        #"{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"quite real."}}"#
    private static let novaLast =
        #"{"contentBlockDelta":{"delta":{"text":"quite real."},"contentBlockIndex":0}}"#

    static let claudeOnBedrock = SurfaceCase(
        name: "Claude by InvokeModel",
        path:
            "/model/arn%3Aaws%3Abedrock%3Aus-east-1%3A123456789012%3Ainference-profile%2Fus.anthropic.claude-sonnet-4-5-20250929-v1%3A0/invoke-with-response-stream",
        body:
            #"{"anthropic_version":"bedrock-2023-05-31","max_tokens":64,"messages":[{"role":"user","content":"Is Santa real?"}]}"#,
        parts: chunks([
            #"{"type":"message_start","message":{"id":"msg_bdrk_1","model":"claude-sonnet-4-5-20250929","usage":{"input_tokens":50,"cache_creation_input_tokens":0,"cache_read_input_tokens":7,"output_tokens":1}}}"#,
            #"{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Yes, he is "}}"#,
            claudeLast,
        ]),
        end: chunks([
            #"{"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":17}}"#,
            #"{"type":"message_stop","amazon-bedrock-invocationMetrics":{"inputTokenCount":50,"outputTokenCount":17,"cacheReadInputTokenCount":7,"invocationLatency":1234}}"#,
        ]), error: bedrockError, usage: [50, 7, 17], earlyInput: 50, head: Wire.eventStreamHead,
        lastText: Base64.encode(Array(claudeLast.utf8)))

    static let novaOnBedrock = SurfaceCase(
        name: "Nova by InvokeModel", path: "/model/amazon.nova-lite-v1:0/invoke-with-response-stream",
        body:
            #"{"inferenceConfig":{"maxTokens":64},"messages":[{"role":"user","content":[{"text":"Is Santa real?"}]}]}"#,
        parts: chunks([
            #"{"contentBlockDelta":{"delta":{"text":"Yes, he is "},"contentBlockIndex":0}}"#,
            novaLast,
        ]),
        end: chunks([
            #"{"messageStop":{"stopReason":"end_turn"}}"#,
            #"{"metadata":{"usage":{"inputTokens":50,"outputTokens":17,"cacheReadInputTokenCount":7,"cacheWriteInputTokenCount":0}},"amazon-bedrock-invocationMetrics":{"inputTokenCount":50,"outputTokenCount":17}}"#,
        ]), error: bedrockError, usage: [50, 7, 17], head: Wire.eventStreamHead,
        lastText: Base64.encode(Array(novaLast.utf8)))
}
