import Providers

/// What the fixtures' answers say.
struct AnswerExample: Sendable {
    let text: String
    var calls: [AnswerReading.Call] = []
    let finish: AnswerReading.Finish
    var isComplete = true
    var hasOtherParts = false

    static let streams: [String: AnswerExample] = [
        "anthropic/cached": AnswerExample(text: "Noted.", finish: .stop),
        "anthropic/error-event": AnswerExample(text: "Hel", finish: .other, isComplete: false),
        "anthropic/explicit-zero": AnswerExample(text: "", finish: .filter, isComplete: false),
        "anthropic/plain": AnswerExample(text: "Hello there!", finish: .stop),
        "anthropic/thinking": AnswerExample(text: "42", finish: .stop),
        "anthropic/tool-use": AnswerExample(
            text: "", calls: [.init(name: "weather", arguments: #"{"city": "Oslo"}"#)], finish: .toolCalls),
        "anthropic/truncated": AnswerExample(text: "Hello", finish: .other, isComplete: false),
        "anthropic/web-search": AnswerExample(text: "Rain", finish: .stop, hasOtherParts: true),
        "azure/content-filter": AnswerExample(text: "Yes", finish: .stop),
        "azure/error-event": AnswerExample(text: "Yes", finish: .other, isComplete: false),
        "gemini/array": AnswerExample(text: #"a ] } " [ b c"#, finish: .stop),
        "gemini/blocked-prompt": AnswerExample(text: "", finish: .filter, isComplete: false),
        "gemini/error-event": AnswerExample(text: "Yes", finish: .other, isComplete: false),
        "gemini/plain": AnswerExample(text: "Yes, he is.", finish: .stop),
        "gemini/thoughts": AnswerExample(text: "42", finish: .stop),
        "gemini/truncated": AnswerExample(text: "Yes, he is quite real.", finish: .other, isComplete: false),
        "gemini/web-search": AnswerExample(text: "Rain.", finish: .stop, hasOtherParts: true),
        "ollama/stream": AnswerExample(text: "Yes", finish: .stop),
        "openai/cached": AnswerExample(text: "Cheaper", finish: .stop),
        "openai/cut-with-two-choices": AnswerExample(text: "Yes", finish: .stop, isComplete: false),
        "openai/error-event": AnswerExample(text: "Yes", finish: .other, isComplete: false),
        "openai/explicit-zero": AnswerExample(text: "", finish: .stop),
        "openai/no-usage": AnswerExample(text: "Yes, quite", finish: .stop),
        "openai/plain": AnswerExample(text: "Yes, he is \"real\".\n", finish: .stop),
        "openai/reasoning": AnswerExample(text: "42", finish: .stop),
        "openai/text-completion": AnswerExample(text: "Yes", finish: .stop),
        "openai/tool-calls": AnswerExample(
            text: "", calls: [.init(name: "weather", arguments: #"{"city":"Oslo "usage""}"#)], finish: .toolCalls),
        "openai/truncated": AnswerExample(text: "Yes, he", finish: .other, isComplete: false),
        "openai/usage-with-choices": AnswerExample(text: "Yes", finish: .stop),
        "openai/usage-with-null-choices": AnswerExample(text: "Yes", finish: .stop),
        "openai-responses/cut-after-done": AnswerExample(
            text: "Yes, he is quite real.", finish: .other, isComplete: false),
        "openai-responses/error-event": AnswerExample(text: "Yes", finish: .other, isComplete: false),
        "openai-responses/failed": AnswerExample(text: "", finish: .other, isComplete: false),
        "openai-responses/incomplete": AnswerExample(text: "Once upon", finish: .length, isComplete: false),
        "openai-responses/plain": AnswerExample(text: #"About "response.completed""#, finish: .stop),
        "openai-responses/tool-call": AnswerExample(
            text: "", calls: [.init(name: "weather", arguments: #"{"city":"Oslo"}"#)], finish: .toolCalls),
        "openai-responses/web-search": AnswerExample(text: "Rain", finish: .stop, hasOtherParts: true),
        "vllm/cached": AnswerExample(text: "Yes", finish: .stop),
        "vllm/continuous-usage": AnswerExample(text: "Yes", finish: .stop),
        "vllm/error-event": AnswerExample(text: "Yes", finish: .other, isComplete: false),
    ]

    static let bodies: [String: AnswerExample] = [
        "anthropic/priority-tier": AnswerExample(text: "Yes", finish: .stop),
        "gemini/cached": AnswerExample(text: "Yes", finish: .stop),
        "gemini/flex-tier": AnswerExample(text: "Yes", finish: .stop),
        "ollama/plain": AnswerExample(text: "Yes", finish: .stop),
        "openai/priority-tier": AnswerExample(text: #"He said "usage": {"prompt_tokens": 1}."#, finish: .stop),
        "openai-responses/file-search": AnswerExample(text: "See page 3.", finish: .stop, hasOtherParts: true),
        "openai-responses/reasoning": AnswerExample(text: "42", finish: .stop),
    ]
}

extension AnswerReading {
    /// A reading of an answer that is one JSON text.
    static func of(_ surface: APISurface, _ text: String) -> AnswerReading? {
        let bytes = Array(text.utf8)
        return bytes.withUnsafeBufferPointer { AnswerText.read(surface, body: $0) }
    }
}
