import JSONScan

extension OpenAIRequestReader {
    mutating func readTools(_ fields: inout ObjectReader, _ request: inout ChatRequest) throws(TranslationProblem) {
        for (value, path) in try fields.array("tools") ?? [] {
            request.tools.append(try readTool(value, at: path))
        }
        request.parallelToolCalls = try fields.flag("parallel_tool_calls")
        request.toolChoice = try readChoice(&fields)
    }

    private mutating func readTool(_ value: JSONValue, at path: String) throws(TranslationProblem) -> ChatTool {
        var tool = try ObjectReader(value, at: path)
        let type = try tool.requiredText("type")
        guard type == "function" else {
            throw .unsupported(tool.path(of: "type"), "is a tool that only OpenAI has; only functions are translated.")
        }
        guard var function = try tool.object("function") else {
            throw .malformed(tool.path(of: "function"), "is missing.")
        }
        let result = ChatTool(
            name: try function.requiredText("name"), description: try function.text("description"),
            schema: try readSchema(&function), isStrict: try function.flag("strict")?.value ?? false, at: function.path)
        try function.finish(.none, &notes)
        try tool.finish(.none, &notes)
        return result
    }

    private func readSchema(_ function: inout ObjectReader) throws(TranslationProblem) -> JSONValue? {
        guard let schema = function.value("parameters") else { return nil }
        _ = try ObjectReader(schema, at: function.path(of: "parameters"))
        return schema
    }

    private mutating func readChoice(
        _ fields: inout ObjectReader
    ) throws(TranslationProblem) -> Stated<ChatToolChoice>? {
        guard let value = fields.value("tool_choice") else { return nil }
        if case .string(let word) = value {
            switch word {
            case "auto": return Stated(.auto, at: "tool_choice")
            case "none": return Stated(.never, at: "tool_choice")
            case "required": return Stated(.any, at: "tool_choice")
            default: throw .malformed("tool_choice", "has to be auto, none, required or a function.")
            }
        }
        var choice = try ObjectReader(value, at: "tool_choice")
        guard try choice.requiredText("type") == "function", var function = try choice.object("function") else {
            throw .unsupported("tool_choice.type", "is a choice that only OpenAI has; name one function.")
        }
        let name = try function.requiredText("name")
        try function.finish(.none, &notes)
        try choice.finish(.none, &notes)
        return Stated(.tool(name), at: "tool_choice")
    }
}
