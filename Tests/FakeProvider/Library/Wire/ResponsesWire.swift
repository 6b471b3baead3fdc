/// OpenAI's responses.
struct ResponsesWire {
    let completion: Completion

    /// A whole answer.
    var body: String { response(status: "completed", output: item(status: "completed", content: part(completion.text))) }

    /// A stream, from `response.created` to `response.completed`.
    var stream: EventStream {
        let pieces = completion.pieces
        let place = #""item_id":"msg_fake","output_index":0,"content_index":0"#
        return EventStream(
            prologue: prologue(place),
            deltas: pieces.enumerated().map { index, piece in
                event("response.output_text.delta", 4 + index, "\(place),\"delta\":\(quoted(piece)),\"logprobs\":[]")
            },
            epilogue: epilogue(place, from: 4 + pieces.count, text: pieces.joined()),
            error: event(
                "error", 4 + (completion.behaviour.errorAfter ?? 0),
                #""code":"server_error","message":"The fake provider failed as it was told to.","param":null"#))
    }

    private func prologue(_ place: String) -> String {
        let begun = response(status: "in_progress", output: "")
        return event("response.created", 0, "\"response\":\(begun)")
            + event("response.in_progress", 1, "\"response\":\(begun)")
            + event("response.output_item.added", 2, "\"output_index\":0,\"item\":\(item(status: "in_progress", content: ""))")
            + event("response.content_part.added", 3, "\(place),\"part\":\(part(""))")
    }

    private func epilogue(_ place: String, from number: Int, text: String) -> String {
        let item = item(status: "completed", content: part(text))
        return event("response.output_text.done", number, "\(place),\"text\":\(quoted(text)),\"logprobs\":[]")
            + event("response.content_part.done", number + 1, "\(place),\"part\":\(part(text))")
            + event("response.output_item.done", number + 2, "\"output_index\":0,\"item\":\(item)")
            + event("response.completed", number + 3, "\"response\":\(response(status: "completed", output: item))")
    }

    private func event(_ type: String, _ number: Int, _ members: String) -> String {
        "event: \(type)\ndata: {\"type\":\"\(type)\",\"sequence_number\":\(number),\(members)}\n\n"
    }

    private func part(_ text: String) -> String {
        "{\"type\":\"output_text\",\"text\":\(quoted(text)),\"annotations\":[],\"logprobs\":[]}"
    }

    private func item(status: String, content: String) -> String {
        if let tool = completion.tool {
            return """
                {"id":"fc_fake","type":"function_call","status":"\(status)","call_id":"call_fake",\
                "name":\(quoted(tool)),"arguments":"{}"}
                """
        }
        return "{\"id\":\"msg_fake\",\"type\":\"message\",\"status\":\"\(status)\",\"role\":\"assistant\",\"content\":[\(content)]}"
    }

    private func response(status: String, output: String) -> String {
        let isDone = status == "completed"
        let tier = completion.behaviour.serviceTier ?? (isDone ? "default" : "auto")
        return """
            {"id":"resp_fake","object":"response","created_at":\(Completion.created),"status":"\(status)",\
            "error":null,"incomplete_details":null,"instructions":null,"max_output_tokens":null,\
            "model":\(quoted(completion.model)),"output":[\(output)],"parallel_tool_calls":true,\
            "previous_response_id":null,"reasoning":{"effort":null,"summary":null},\
            "service_tier":\(quoted(tier)),"store":true,"temperature":1.0,"text":{"format":{"type":"text"}},\
            "tool_choice":"auto","tools":[],"top_p":1.0,"truncation":"disabled"\
            \(completion.usageMember(isDone ? usage : "null")),"user":null,"metadata":{}}
            """
    }

    private var usage: String {
        let told = completion.behaviour
        return """
            {"input_tokens":\(told.inputTokens),"input_tokens_details":{"cached_tokens":\(told.cachedTokens),\
            "cache_write_tokens":\(told.cacheWriteTokens)},"output_tokens":\(told.outputTokens),\
            "output_tokens_details":{"reasoning_tokens":\(told.reasoningTokens)},\
            "total_tokens":\(completion.totalTokens)}
            """
    }
}
