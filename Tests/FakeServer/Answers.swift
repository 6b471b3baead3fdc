/// The answers of each API, in its own words.
enum Answers {
    /// A whole answer.
    static func whole(_ path: String, model: String, _ how: Behaviour) -> String {
        let text = how.text
        if path.hasSuffix("/embeddings") {
            return
                #"{"object":"list","data":[{"object":"embedding","index":0,"embedding":[0.1,0.2,0.3]}],"model":"\#(model)","usage":{"prompt_tokens":\#(how.input),"total_tokens":\#(how.input)}}"#
        }
        if path.hasSuffix("/responses") { return response(model, how, status: "completed") }
        if path.hasSuffix("/count_tokens") { return #"{"input_tokens":\#(how.input)}"# }
        if path.hasSuffix("/messages") {
            return
                #"{"id":"msg_1","type":"message","role":"assistant","model":"\#(model)","content":[{"type":"text","text":"\#(text)"}],"stop_reason":"end_turn","stop_sequence":null,"usage":{"input_tokens":\#(how.input),"cache_creation_input_tokens":0,"cache_read_input_tokens":\#(how.cached),"output_tokens":\#(how.output),"service_tier":"standard"}}"#
        }
        if path.contains(":countTokens") { return #"{"totalTokens":\#(how.input)}"# }
        if path.contains("enerateContent") { return gemini(text, model, how, isLast: true) }
        if path.hasSuffix("/models") {
            return
                #"{"object":"list","data":[{"id":"gpt-4o-mini","object":"model","created":1700000000,"owned_by":"fake"}]}"#
        }
        return
            #"{"id":"chatcmpl-1","object":"chat.completion","created":1700000000,"model":"\#(model)","choices":[{"index":0,"message":{"role":"assistant","content":"\#(text)","refusal":null},"logprobs":null,"finish_reason":"stop"}],"usage":\#(chatUsage(how)),"service_tier":"default"}"#
    }

    /// The events of a stream, each with its end.
    static func stream(_ path: String, model: String, _ how: Behaviour) -> [String] {
        if path.hasSuffix("/responses") { return responseStream(model, how) }
        if path.hasSuffix("/messages") { return messageStream(model, how) }
        if path.contains("enerateContent") {
            return how.pieces.enumerated().map { position, piece in
                "data: " + gemini(piece, model, how, isLast: position == how.deltas - 1) + "\r\n\r\n"
            }
        }
        let head = #""id":"chatcmpl-1","object":"chat.completion.chunk","created":1700000000,"model":"\#(model)","#
        let usage = how.includesUsage ? #","usage":null"# : ""
        var events = [
            #"{\#(head)"choices":[{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":null}]\#(usage)}"#
        ]
        for piece in how.pieces {
            events.append(
                #"{\#(head)"choices":[{"index":0,"delta":{"content":"\#(piece)"},"finish_reason":null}]\#(usage)}"#)
        }
        events.append(#"{\#(head)"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]\#(usage)}"#)
        if how.includesUsage { events.append(#"{\#(head)"choices":[],"usage":\#(chatUsage(how))}"#) }
        return (events + ["[DONE]"]).map { "data: \($0)\n\n" }
    }

    /// An error in the words of the API.
    static func error(_ path: String, _ status: Int) -> String {
        if path.contains("/messages") {
            return
                #"{"type":"error","error":{"type":"\#(status == 429 ? "rate_limit_error" : "api_error")","message":"as told"}}"#
        }
        if path.contains("v1beta") {
            return #"{"error":{"code":\#(status),"message":"as told","status":"UNAVAILABLE"}}"#
        }
        return #"{"error":{"message":"as told","type":"server_error","param":null,"code":null}}"#
    }

    private static func chatUsage(_ how: Behaviour) -> String {
        #"{"prompt_tokens":\#(how.input),"completion_tokens":\#(how.output),"total_tokens":\#(how.input + how.output),"prompt_tokens_details":{"cached_tokens":\#(how.cached),"audio_tokens":0},"completion_tokens_details":{"reasoning_tokens":1,"audio_tokens":0,"accepted_prediction_tokens":0,"rejected_prediction_tokens":0}}"#
    }

    private static func response(_ model: String, _ how: Behaviour, status: String) -> String {
        let isDone = status == "completed"
        let output =
            #"[{"type":"message","id":"m1","status":"\#(status)","role":"assistant","content":[{"type":"output_text","text":"\#(how.text)","annotations":[],"logprobs":[]}]}]"#
        let usage =
            #"{"input_tokens":\#(how.input),"input_tokens_details":{"cached_tokens":\#(how.cached)},"output_tokens":\#(how.output),"output_tokens_details":{"reasoning_tokens":1},"total_tokens":\#(how.input + how.output)}"#
        return
            #"{"id":"resp_1","object":"response","created_at":1700000000,"status":"\#(status)","model":"\#(model)","output":\#(isDone ? output : "[]"),"parallel_tool_calls":true,"tool_choice":"auto","tools":[],"error":null,"incomplete_details":null,"instructions":null,"metadata":{},"temperature":1.0,"top_p":1.0,"service_tier":"default","usage":\#(isDone ? usage : "null")}"#
    }

    private static func responseStream(_ model: String, _ how: Behaviour) -> [String] {
        var number = 0
        func event(_ type: String, _ rest: String) -> String {
            defer { number += 1 }
            return "event: \(type)\ndata: {\"type\":\"\(type)\",\"sequence_number\":\(number),\(rest)}\n\n"
        }
        var events = [event("response.created", "\"response\":\(response(model, how, status: "in_progress"))")]
        events.append(
            event(
                "response.output_item.added",
                #""output_index":0,"item":{"type":"message","id":"m1","status":"in_progress","role":"assistant","content":[]}"#
            ))
        events.append(
            event(
                "response.content_part.added",
                #""item_id":"m1","output_index":0,"content_index":0,"part":{"type":"output_text","text":"","annotations":[],"logprobs":[]}"#
            ))
        for piece in how.pieces {
            events.append(
                event(
                    "response.output_text.delta",
                    #""item_id":"m1","output_index":0,"content_index":0,"delta":"\#(piece)","logprobs":[]"#))
        }
        events.append(event("response.completed", "\"response\":\(response(model, how, status: "completed"))"))
        return events
    }

    private static func messageStream(_ model: String, _ how: Behaviour) -> [String] {
        func event(_ type: String, _ rest: String) -> String {
            "event: \(type)\ndata: {\"type\":\"\(type)\"\(rest)}\n\n"
        }
        var events = [
            event(
                "message_start",
                #","message":{"id":"msg_1","type":"message","role":"assistant","model":"\#(model)","content":[],"stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":\#(how.input),"cache_creation_input_tokens":0,"cache_read_input_tokens":\#(how.cached),"output_tokens":1,"service_tier":"standard"}}"#
            ),
            event("content_block_start", #","index":0,"content_block":{"type":"text","text":""}"#), event("ping", ""),
        ]
        for piece in how.pieces {
            events.append(event("content_block_delta", #","index":0,"delta":{"type":"text_delta","text":"\#(piece)"}"#))
        }
        events.append(event("content_block_stop", #","index":0"#))
        events.append(
            event(
                "message_delta",
                #","delta":{"stop_reason":"end_turn","stop_sequence":null},"usage":{"output_tokens":\#(how.output)}"#))
        return events + [event("message_stop", "")]
    }

    private static func gemini(_ text: String, _ model: String, _ how: Behaviour, isLast: Bool) -> String {
        let end = isLast ? #","finishReason":"STOP""# : ""
        return
            #"{"candidates":[{"content":{"parts":[{"text":"\#(text)"}],"role":"model"}\#(end),"index":0}],"usageMetadata":{"promptTokenCount":\#(how.input),"cachedContentTokenCount":\#(how.cached),"candidatesTokenCount":\#(how.output - 1),"thoughtsTokenCount":1,"totalTokenCount":\#(how.input + how.output)},"modelVersion":"\#(model)","responseId":"g1"}"#
    }
}
