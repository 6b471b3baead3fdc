import Domain
import Providers

/// The answers of Amazon Bedrock's runtime: of Converse in its own words, of InvokeModel in Anthropic's.
enum BedrockAnswers {
    /// A whole answer.
    struct Answer {
        let status: Int
        let headers: [(String, String)]
        let body: String
    }

    private static let requestID = ("x-amzn-RequestId", "00000000-0000-4000-8000-000000000001")

    /// A whole answer of Converse or InvokeModel.
    static func whole(_ action: String, _ how: Behaviour) -> Answer {
        if action == "converse" {
            let message = #"{"role":"assistant","content":[{"text":"\#(how.text)"}]}"#
            return Answer(
                status: 200, headers: [requestID],
                body:
                    #"{"metrics":{"latencyMs":21},"output":{"message":\#(message)},"stopReason":"end_turn","usage":\#(usage(how))}"#
            )
        }
        let counts = [("Input", how.input), ("Output", how.output), ("Cache-Read-Input", how.cached)]
        let headers = counts.map { ("X-Amzn-Bedrock-\($0.0)-Token-Count", String($0.1)) }
        return Answer(
            status: 200, headers: [requestID] + headers,
            body:
                #"{"id":"msg_bdrk_1","type":"message","role":"assistant","model":"claude","content":[{"type":"text","text":"\#(how.text)"}],"stop_reason":"end_turn","stop_sequence":null,"usage":{"input_tokens":\#(how.input),"cache_creation_input_tokens":0,"cache_read_input_tokens":\#(how.cached),"output_tokens":\#(how.output)}}"#
        )
    }

    /// An error in Bedrock's words.
    static func error(_ message: String, _ status: Int, _ type: String) -> Answer {
        Answer(
            status: status, headers: [requestID, ("x-amzn-ErrorType", type)],
            body: #"{"message":"\#(message.replacing("\n", with: " "))"}"#)
    }

    /// The messages of a stream.
    static func stream(_ action: String, _ how: Behaviour) -> [[UInt8]] {
        let messages = action == "converse-stream" ? converse(how) : invoke(how)
        return messages.map(\.encoded)
    }

    private static func usage(_ how: Behaviour) -> String {
        #"{"inputTokens":\#(how.input),"outputTokens":\#(how.output),"totalTokens":\#(how.input + how.cached + how.output),"cacheReadInputTokens":\#(how.cached),"cacheWriteInputTokens":0}"#
    }

    private static func converse(_ how: Behaviour) -> [EventStreamMessage] {
        let delta = #"{"contentBlockIndex":0,"delta":{"text":"word "},"p":"abcdefgh"}"#
        let deltas = Array(repeating: ("contentBlockDelta", delta), count: how.deltas)
        let end = [
            ("contentBlockStop", #"{"contentBlockIndex":0}"#), ("messageStop", #"{"stopReason":"end_turn"}"#),
            ("metadata", #"{"usage":\#(usage(how)),"metrics":{"latencyMs":21}}"#),
        ]
        return ([("messageStart", #"{"role":"assistant"}"#)] + deltas + end).map {
            EventStreamMessage(event: $0.0, json: $0.1)
        }
    }

    private static func invoke(_ how: Behaviour) -> [EventStreamMessage] {
        let start = [
            #"{"type":"message_start","message":{"id":"msg_bdrk_1","type":"message","role":"assistant","model":"claude","content":[],"stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":\#(how.input),"cache_creation_input_tokens":0,"cache_read_input_tokens":\#(how.cached),"output_tokens":1}}}"#,
            #"{"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}"#,
        ]
        let delta = #"{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"word "}}"#
        let end = [
            #"{"type":"content_block_stop","index":0}"#,
            #"{"type":"message_delta","delta":{"stop_reason":"end_turn","stop_sequence":null},"usage":{"output_tokens":\#(how.output)}}"#,
            #"{"type":"message_stop","amazon-bedrock-invocationMetrics":{"inputTokenCount":\#(how.input),"outputTokenCount":\#(how.output),"invocationLatency":21,"firstByteLatency":7,"cacheReadInputTokenCount":\#(how.cached),"cacheWriteInputTokenCount":0}}"#,
        ]
        return (start + Array(repeating: delta, count: how.deltas) + end).map { event in
            EventStreamMessage(
                event: "chunk", json: #"{"bytes":"\#(Base64.encode(Array(event.utf8)))","p":"abcdefgh"}"#)
        }
    }
}
