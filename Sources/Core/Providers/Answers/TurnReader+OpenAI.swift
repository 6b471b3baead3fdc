import JSONScan

extension TurnReader {
    /// Reads chat completions' messages.
    mutating func readChat(_ body: JSONValue) throws(NoText) {
        for message in try Self.elements(body["messages"]) {
            let message = try Self.object(message)
            try Self.refuse(["audio"], in: message)
            let content = message["content"]
            switch message["role"]?.text {
            case "system", "developer": try add(.system, named: message, Self.texts(content, ["text": "text"]))
            case "user": try add(.user, named: message, Self.texts(content, ["text": "text"]))
            case "assistant": try add(.assistant, named: message, Self.answer(message))
            // The name of a result is its function's, which the call has told.
            case "tool", "function": add(.tool, try Self.texts(content, ["text": "text"]))
            default: throw NoText()
            }
        }
    }

    /// Adds a turn whose speaker has no name: with one, the same words are another's.
    private mutating func add(
        _ speaker: ConversationTurn.Speaker, named message: JSONValue, _ texts: [String]
    ) throws(NoText) {
        try Self.refuse(["name"], in: message)
        add(speaker, texts)
    }

    private static func answer(_ message: JSONValue) throws(NoText) -> [String] {
        var texts: [String] = []
        if !isMissing(message["content"]) {
            texts = try self.texts(message["content"], ["text": "text", "refusal": "refusal"])
        }
        if !isMissing(message["refusal"]) { texts.append(try text(message["refusal"])) }
        let calls = isMissing(message["tool_calls"]) ? [] : try elements(message["tool_calls"])
        for call in calls {
            let function = try object(call["function"])
            texts.append(try self.call(function["name"], function["arguments"]))
        }
        if let call = message["function_call"], call != .null {
            texts.append(try self.call(call["name"], call["arguments"]))
        }
        return texts
    }

    /// Reads the prompt of a text completion.
    mutating func readCompletion(_ body: JSONValue) throws(NoText) {
        try Self.refuse(["suffix"], in: body)
        if case .array(let prompts) = body["prompt"] {
            guard prompts.count == 1 else { throw NoText() }
            return add(.user, [try Self.text(prompts[0])])
        }
        add(.user, [try Self.text(body["prompt"])])
    }

    /// Reads the input of a response.
    mutating func readResponses(_ body: JSONValue) throws(NoText) {
        try Self.refuse(["previous_response_id", "conversation", "prompt"], in: body)
        if !Self.isMissing(body["instructions"]) { add(.system, [try Self.text(body["instructions"])]) }
        if case .string(let text) = body["input"] { return add(.user, [text]) }
        for item in try Self.elements(body["input"]) { try read(item: Self.object(item)) }
    }

    private mutating func read(item: JSONValue) throws(NoText) {
        switch item["type"]?.text ?? "message" {
        case "message":
            let kinds = ["input_text": "text", "output_text": "text", "text": "text", "refusal": "refusal"]
            add(try Self.speaker(item["role"]), try Self.texts(item["content"], kinds))
        case "function_call": add(.assistant, [try Self.call(item["name"], item["arguments"])])
        case "custom_tool_call": add(.assistant, [try Self.call(item["name"], item["input"])])
        case "function_call_output", "custom_tool_call_output":
            add(.tool, try Self.texts(item["output"], ["input_text": "text"]))
        case "reasoning": break
        default: throw NoText()
        }
    }

    private static func speaker(_ role: JSONValue?) throws(NoText) -> ConversationTurn.Speaker {
        switch role?.text {
        case "system", "developer": return .system
        case "user": return .user
        case "assistant": return .assistant
        default: throw NoText()
        }
    }
}
