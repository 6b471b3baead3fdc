/// OpenAI's chat completions, and Azure's.
struct ChatWire {
    let completion: Completion

    /// A whole answer.
    var body: String {
        let message: String
        if let tool = completion.tool {
            let call = "{\"id\":\"call_fake\",\"type\":\"function\",\"function\":{\"name\":\(quoted(tool)),\"arguments\":\"{}\"}}"
            message = "\"content\":null,\"tool_calls\":[\(call)]"
        } else {
            message = "\"content\":\(quoted(completion.text))"
        }
        let choice = """
            {"index":0,"message":{"role":"assistant",\(message),"refusal":null,"annotations":[]},\
            "logprobs":null,"finish_reason":"\(completion.tool == nil ? "stop" : "tool_calls")"}
            """
        return """
            {"id":"chatcmpl-fake","object":"chat.completion",\(common),"choices":[\(choice)]\
            \(completion.usageMember(usage))}
            """
    }

    /// A stream: the role, the deltas, the reason of the end, the usage if it was asked for, and `[DONE]`.
    var stream: EventStream {
        EventStream(
            prologue: chunk(#""role":"assistant","content":"","refusal":null"#),
            deltas: completion.pieces.map { chunk("\"content\":\(quoted($0))") },
            epilogue: chunk("", finish: "\"stop\"") + usageChunk + "data: [DONE]\n\n",
            error: "data: \(ErrorWire(family: .openAI, status: 500).body)\n\n")
    }

    private var common: String {
        """
        "created":\(Completion.created),"model":\(quoted(completion.model)),\
        "service_tier":\(quoted(completion.behaviour.serviceTier ?? "default")),"system_fingerprint":"fp_fake"
        """
    }

    private func chunk(_ delta: String, finish: String = "null") -> String {
        event(
            choices: "{\"index\":0,\"delta\":{\(delta)},\"logprobs\":null,\"finish_reason\":\(finish)}",
            usage: completion.includesUsage && completion.behaviour.usage != .none ? "null" : nil)
    }

    private func event(choices: String, usage: String?) -> String {
        let member = usage.map { ",\"usage\":\($0)" } ?? ""
        return "data: {\"id\":\"chatcmpl-fake\",\"object\":\"chat.completion.chunk\",\(common),\"choices\":[\(choices)]\(member)}\n\n"
    }

    private var usageChunk: String {
        guard completion.includesUsage else { return "" }
        switch completion.behaviour.usage {
        case .none: return ""
        case .genuine: return event(choices: "", usage: usage)
        case .withChoices:
            let choice = "{\"index\":0,\"delta\":{\"content\":\"\"},\"logprobs\":null,\"finish_reason\":null}"
            return event(choices: choice, usage: usage)
        }
    }

    private var usage: String {
        let told = completion.behaviour
        let written = told.cacheWriteTokens == 0 ? "" : ",\"cache_write_tokens\":\(told.cacheWriteTokens)"
        return """
            {"prompt_tokens":\(told.inputTokens),"completion_tokens":\(told.outputTokens),\
            "total_tokens":\(completion.totalTokens),\
            "prompt_tokens_details":{"cached_tokens":\(told.cachedTokens)\(written),"audio_tokens":0},\
            "completion_tokens_details":{"reasoning_tokens":\(told.reasoningTokens),"audio_tokens":0,\
            "accepted_prediction_tokens":0,"rejected_prediction_tokens":0}}
            """
    }
}
