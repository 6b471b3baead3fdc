import JSONScan

extension AnthropicRequestReader {
    mutating func readTools(_ fields: inout ObjectReader, _ request: inout ChatRequest) throws(TranslationProblem) {
        for (value, path) in try fields.array("tools") ?? [] {
            request.tools.append(try readTool(value, at: path))
        }
        guard var choice = try fields.object("tool_choice") else { return }
        let type = try choice.requiredText("type")
        switch type {
        case "auto": request.toolChoice = Stated(.auto, at: "tool_choice")
        case "any": request.toolChoice = Stated(.any, at: "tool_choice")
        case "none": request.toolChoice = Stated(.never, at: "tool_choice")
        case "tool": request.toolChoice = Stated(.tool(try choice.requiredText("name")), at: "tool_choice")
        default: throw .malformed("tool_choice.type", "has to be auto, any, none or tool.")
        }
        request.parallelToolCalls = try choice.flag("disable_parallel_tool_use").map {
            Stated(!$0.value, at: $0.path.text)
        }
        try choice.finish(.none, &notes)
    }

    private mutating func readTool(_ value: JSONValue, at path: String) throws(TranslationProblem) -> ChatTool {
        var tool = try ObjectReader(value, at: path)
        guard try tool.text("type") ?? "custom" == "custom" else {
            throw .unsupported(
                tool.path(of: "type"), "is a tool that only Anthropic has; only functions are translated.")
        }
        let name = try tool.requiredText("name")
        let description = try tool.text("description")
        let schema = tool.value("input_schema")
        if let schema { _ = try ObjectReader(schema, at: tool.path(of: "input_schema")) }
        let isStrict = try tool.flag("strict")?.value ?? false
        try tool.finish(AnthropicRules.tool, &notes)
        return ChatTool(name: name, description: description, schema: schema, isStrict: isStrict, at: path)
    }
}
