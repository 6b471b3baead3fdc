/// OpenAI's embeddings: twelve times one half for every input.
struct EmbeddingsWire {
    let completion: Completion
    /// How many texts are embedded.
    let inputs: Int
    /// Whether the numbers are sent as their bytes in base64.
    let isBase64: Bool

    /// The answer.
    var body: String {
        let vector = isBase64 ? Self.base64 : Self.numbers
        let data = (0..<inputs).map { "{\"object\":\"embedding\",\"index\":\($0),\"embedding\":\(vector)}" }
        let tokens = completion.behaviour.inputTokens
        return """
            {"object":"list","data":[\(data.joined(separator: ","))],"model":\(quoted(completion.model))\
            \(completion.usageMember("{\"prompt_tokens\":\(tokens),\"total_tokens\":\(tokens)}"))}
            """
    }

    private static let numbers = "[" + Array(repeating: "0.5", count: 12).joined(separator: ",") + "]"
    /// Three little-endian halves make sixteen characters.
    private static let base64 = "\"" + String(repeating: "AAAAPwAAAD8AAAA/", count: 4) + "\""
}
