package import JSONScan

/// A function that a request offers to the model.
package struct OfferedTool: Sendable, Hashable {
    /// Its name.
    package var name: String
    /// JSON schema of its arguments; absent for a function that states none.
    package var schema: JSONValue?

    /// Creates a tool.
    package init(name: String, schema: JSONValue? = nil) { (self.name, self.schema) = (name, schema) }

    /// The functions of a request, for checks of the calls in its answer; tools that the provider runs are left out.
    ///
    /// - Returns: `nil` where the body is no request of its API, or a schema of Gemini's is damaged.
    package static func read(_ surface: APISurface, body: UnsafeBufferPointer<UInt8>) -> [OfferedTool]? {
        guard let document = try? JSONValue.parse(body), case .object = document else { return nil }
        let tools = document["tools"]?.elements ?? []
        switch surface {
        case .chatCompletions:
            // Functions, and how they were offered before there were tools.
            let functions = tools.compactMap { $0["function"] } + (document["functions"]?.elements ?? [])
            return functions.compactMap { named($0, schema: "parameters") }
        case .responses: return tools.filter { $0["type"] == "function" }.compactMap { named($0, schema: "parameters") }
        case .messages: return tools.compactMap { $0["input_schema"] == nil ? nil : named($0, schema: "input_schema") }
        case .generateContent: return try? gemini(tools)
        default: return nil
        }
    }

    private static func named(_ tool: JSONValue, schema: String) -> OfferedTool? {
        let stated = tool[schema].flatMap { $0 == .null ? nil : $0 }
        return tool["name"]?.text.map { OfferedTool(name: $0, schema: stated) }
    }

    private static func gemini(_ tools: [JSONValue]) throws(TranslationProblem) -> [OfferedTool] {
        var offered: [OfferedTool] = []
        for tool in tools {
            let functions = tool["functionDeclarations"] ?? tool["function_declarations"]
            for function in functions?.elements ?? [] {
                guard let name = function["name"]?.text else { continue }
                var schema = function["parametersJsonSchema"] ?? function["parameters_json_schema"]
                if schema == nil, let plain = function["parameters"] {
                    schema = try GeminiSchema.jsonSchema(of: plain, at: "parameters", isClosed: false)
                }
                offered.append(OfferedTool(name: name, schema: schema))
            }
        }
        return offered
    }
}
