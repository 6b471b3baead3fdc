import JSONScan

extension AnswerDraft {
    /// Takes a choice of a chat completion in: a whole `message`, or the `delta` of a chunk.
    mutating func take(chat choice: JSONValue) {
        let message = choice["message"] ?? choice["delta"] ?? .null
        takeContent(message["content"])
        refuse(message["refusal"])
        if message["audio"] ?? .null != .null || message["annotations"]?.elements.isEmpty == false {
            hasOtherParts = true
        }
        let isWhole = choice["message"] != nil
        for call in message["tool_calls"]?.elements ?? [] { take(call: call, isWhole: isWhole) }
        // How calls were told before there were tools.
        if let call = message["function_call"], call != .null { take(function: call, at: calls.isEmpty ? nil : 0) }
        for list in ["content", "refusal"] {
            for token in choice["logprobs"]?[list]?.elements ?? [] { take(logProbability: token["logprob"]) }
        }
        if let word = choice["finish_reason"]?.text { takeFinish(chat: word) }
    }

    /// Takes a choice of a text completion in.
    mutating func take(completion choice: JSONValue) {
        say(choice["text"])
        for value in choice["logprobs"]?["token_logprobs"]?.elements ?? [] { take(logProbability: value) }
        if let word = choice["finish_reason"]?.text { takeFinish(chat: word) }
    }

    private mutating func takeFinish(chat word: String) {
        finish = word == "function_call" ? .toolCalls : AnswerReading.Finish(OpenAIWords.stop(word))
    }

    /// A text, or parts as some servers send them.
    private mutating func takeContent(_ content: JSONValue?) {
        say(content)
        for part in content?.elements ?? [] {
            switch part["type"]?.text {
            case "text", "output_text": say(part["text"])
            case "refusal": refuse(part["refusal"])
            case "thinking", "reasoning": continue
            default: hasOtherParts = true
            }
        }
    }

    private mutating func take(call: JSONValue, isWhole: Bool) {
        let custom = call["custom"] ?? .null
        guard custom == .null else {
            return take(
                function: .members(["name": custom["name"], "arguments": custom["input"]]), at: place(of: call, isWhole)
            )
        }
        take(function: call["function"] ?? .null, at: place(of: call, isWhole))
    }

    /// Which call a fragment belongs to; `nil` for a new one.
    private mutating func place(of call: JSONValue, _ isWhole: Bool) -> Int? {
        if isWhole { return nil }
        let place = callNumbers.place(of: call)
        return place < calls.count ? place : nil
    }

    private mutating func take(function: JSONValue, at place: Int?) {
        if place == nil { calls.append(AnswerReading.Call(name: "", arguments: "")) }
        let place = place ?? calls.count - 1
        if calls[place].name.isEmpty { calls[place].name = function["name"]?.text ?? "" }
        switch function["arguments"] {
        case .string(let more): calls[place].arguments += more
        // Some servers give the object itself.
        case .object(let members): calls[place].arguments += JSONValue.object(members).compactText
        default: break
        }
    }
}
