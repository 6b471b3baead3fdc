import JSONScan

extension AnswerDraft {
    /// Takes a response in, or an event of a streamed one. The last event holds the whole response; what came before it
    /// counts where there is none.
    mutating func take(response document: JSONValue) {
        switch document["type"]?.text {
        case "response.output_text.delta": say(document["delta"])
        case "response.refusal.delta": refuse(document["delta"])
        case "response.output_item.done": takeCall(document["item"] ?? .null)
        case "response.completed", "response.incomplete", "response.failed", "response.cancelled":
            takeWhole(document["response"] ?? .null)
        case nil: takeWhole(document)
        default: break
        }
    }

    private mutating func takeWhole(_ response: JSONValue) {
        let items = response["output"]?.elements ?? []
        if !items.isEmpty { self = AnswerDraft() }
        for item in items { take(item: item) }
        finish =
            switch (response["status"]?.text, response["incomplete_details"]?["reason"]?.text) {
            case ("completed", _): .stop
            case ("incomplete", "max_output_tokens"): .length
            case ("incomplete", "content_filter"): .filter
            default: .other
            }
    }

    private mutating func take(item: JSONValue) {
        switch item["type"]?.text {
        case "message":
            for part in item["content"]?.elements ?? [] { take(part: part) }
        case "function_call", "custom_tool_call": takeCall(item)
        case "reasoning": break
        default: hasOtherParts = true
        }
    }

    private mutating func take(part: JSONValue) {
        switch part["type"]?.text {
        case "output_text":
            say(part["text"])
            for token in part["logprobs"]?.elements ?? [] { take(logProbability: token["logprob"]) }
        case "refusal": refuse(part["refusal"])
        default: hasOtherParts = true
        }
    }

    private mutating func takeCall(_ item: JSONValue) {
        guard ["function_call", "custom_tool_call"].contains(item["type"]?.text) else { return }
        let arguments = item["arguments"]?.text ?? item["input"]?.text ?? ""
        calls.append(AnswerReading.Call(name: item["name"]?.text ?? "", arguments: arguments))
    }
}
