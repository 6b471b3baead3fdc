/// What of a request's body decides how the answer looks.
struct RequestFacts: Hashable {
    /// The model, with its behaviour, if its name carries one.
    var model: String?
    /// Whether a stream is asked for.
    var streams = false
    /// Whether a stream shall end with its usage (`stream_options.include_usage`).
    var includesUsage = false
    /// The tool that has to be called: the first one, where the request leaves no choice but to call.
    var forcedTool: String?
    /// How many texts are to be embedded.
    var inputs = 1
    /// Whether embeddings are asked for as base64.
    var wantsBase64 = false

    /// Nothing said.
    init() {}

    /// Reads a body; absent where it is no JSON object.
    init?(_ body: UnsafeRawBufferPointer) {
        var reader = JSONReader(body)
        var facts = RequestFacts()
        var tools: JSONValue?
        var choice: JSONValue?
        let isWhole = reader.object { reader, key in
            switch key {
            case "tools": tools = reader.value()
            case "tool_choice": choice = reader.value()
            case "input": return facts.countInputs(&reader)
            case "model", "stream", "stream_options", "encoding_format":
                guard let value = reader.value() else { return false }
                facts.take(key, value)
            default: return reader.skip()
            }
            return true
        }
        guard isWhole, reader.isAtEnd else { return nil }
        facts.forcedTool = Self.forcedTool(tools, choice)
        self = facts
    }

    private mutating func take(_ key: String, _ value: JSONValue) {
        switch key {
        case "model": model = value.text
        case "stream": streams = value.truth ?? false
        case "stream_options": includesUsage = value["include_usage"]?.truth ?? false
        default: wantsBase64 = value.text == "base64"
        }
    }

    /// A text, several texts, the tokens of one text, or those of several. Only the outermost elements are counted.
    private mutating func countInputs(_ reader: inout JSONReader) -> Bool {
        var ahead = reader
        var count = 0
        var hasNumbers = false
        let isArray = ahead.array { element in
            count += 1
            if element.isAtNumber { hasNumbers = true }
            return element.skip()
        }
        guard isArray else { return reader.skip() }
        inputs = hasNumbers ? 1 : count
        reader = ahead
        return true
    }

    private static func forcedTool(_ tools: JSONValue?, _ choice: JSONValue?) -> String? {
        let kind = choice?.text ?? choice?["type"]?.text
        guard let kind, ["required", "any", "tool", "function"].contains(kind) else { return nil }
        if let named = choice?["name"] ?? choice?["function"]?["name"] { return named.text }
        guard let first = tools?.elements?.first else { return nil }
        return (first["name"] ?? first["function"]?["name"])?.text
    }
}
