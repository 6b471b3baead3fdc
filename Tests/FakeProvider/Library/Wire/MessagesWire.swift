/// Anthropic's messages.
struct MessagesWire {
    let completion: Completion

    /// A whole answer.
    var body: String {
        let content: String
        if let tool = completion.tool {
            content = "{\"type\":\"tool_use\",\"id\":\"toolu_fake\",\"name\":\(quoted(tool)),\"input\":{}}"
        } else {
            content = "{\"type\":\"text\",\"text\":\(quoted(completion.text))}"
        }
        let reason = completion.tool == nil ? "\"end_turn\"" : "\"tool_use\""
        return message(content: content, stopReason: reason, usage: usage(output: completion.behaviour.outputTokens))
    }

    /// A stream, from `message_start` to `message_stop`. The usage of `message_delta` is the whole answer's.
    var stream: EventStream {
        let start = message(content: "", stopReason: "null", usage: usage(output: 1))
        let end = completion.usageMember(counts(output: completion.behaviour.outputTokens, withThinking: true))
        return EventStream(
            prologue: event("message_start", "\"message\":\(start)")
                + event("content_block_start", #""index":0,"content_block":{"type":"text","text":""}"#) + event("ping"),
            deltas: completion.pieces.map {
                event("content_block_delta", "\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\(quoted($0))}")
            },
            epilogue: event("content_block_stop", #""index":0"#)
                + event("message_delta", "\"delta\":{\"stop_reason\":\"end_turn\",\"stop_sequence\":null}\(end)")
                + event("message_stop"),
            error: "event: error\ndata: \(ErrorWire(family: .anthropic, status: 529).body)\n\n")
    }

    /// The answer to `count_tokens`.
    var count: String { "{\"input_tokens\":\(completion.behaviour.inputTokens)}" }

    private func event(_ type: String, _ members: String = "") -> String {
        "event: \(type)\ndata: {\"type\":\"\(type)\"\(members.isEmpty ? "" : ",")\(members)}\n\n"
    }

    private func message(content: String, stopReason: String, usage: String) -> String {
        """
        {"id":"msg_fake","type":"message","role":"assistant","model":\(quoted(completion.model)),\
        "content":[\(content)],"stop_reason":\(stopReason),"stop_sequence":null\(completion.usageMember(usage))}
        """
    }

    private func usage(output: Int) -> String {
        let told = completion.behaviour
        let tier = quoted(told.serviceTier ?? "standard")
        let split = "{\"ephemeral_5m_input_tokens\":\(told.cacheWriteTokens),\"ephemeral_1h_input_tokens\":0}"
        let counts = counts(output: output, withThinking: output == told.outputTokens)
        return "\(counts.dropLast()),\"cache_creation\":\(split),\"service_tier\":\(tier)}"
    }

    private func counts(output: Int, withThinking: Bool) -> String {
        let told = completion.behaviour
        let thinking =
            withThinking && told.reasoningTokens > 0
            ? ",\"output_tokens_details\":{\"thinking_tokens\":\(told.reasoningTokens)}" : ""
        return """
            {"input_tokens":\(completion.uncachedInput),"cache_creation_input_tokens":\(told.cacheWriteTokens),\
            "cache_read_input_tokens":\(told.cachedTokens),"output_tokens":\(output)\(thinking)}
            """
    }
}
