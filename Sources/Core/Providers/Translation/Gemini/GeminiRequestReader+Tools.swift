import JSONScan

extension GeminiRequestReader {
    mutating func readTools(_ fields: inout ObjectReader, _ request: inout ChatRequest) throws(TranslationProblem) {
        for (value, path) in try fields.array("tools") ?? [] {
            var tool = try ObjectReader(value, at: path, spelling: .camelCase)
            for (value, path) in try tool.array("functionDeclarations") ?? [] {
                request.tools.append(try readFunction(value, at: path))
            }
            try tool.finish(GeminiRules.tool, &notes)
        }
        guard var config = try fields.object("toolConfig", spelling: .camelCase) else { return }
        if let calling = try config.object("functionCallingConfig", spelling: .camelCase) {
            try readCalling(calling, &request)
        }
        try config.finish(.none, &notes)
    }

    private mutating func readFunction(_ value: JSONValue, at path: String) throws(TranslationProblem) -> ChatTool {
        var function = try ObjectReader(value, at: path, spelling: .camelCase)
        let name = try function.requiredText("name")
        let description = try function.text("description")
        var schema: JSONValue?
        if let plain = function.value("parameters") {
            schema = try GeminiSchema.jsonSchema(of: plain, at: function.path(of: "parameters"), isClosed: false)
        }
        if let json = function.value("parametersJsonSchema") {
            _ = try ObjectReader(json, at: function.path(of: "parametersJsonSchema"))
            schema = json
        }
        try function.finish(GeminiRules.function, &notes)
        return ChatTool(name: name, description: description, schema: schema, at: path)
    }

    private mutating func readCalling(
        _ object: ObjectReader, _ request: inout ChatRequest
    ) throws(TranslationProblem) {
        var calling = object
        let path = calling.path
        let names = try calling.texts("allowedFunctionNames") ?? []
        let mode = try calling.text("mode") ?? "MODE_UNSPECIFIED"
        switch mode.uppercased() {
        case "MODE_UNSPECIFIED": break
        case "AUTO": request.toolChoice = Stated(.auto, at: path)
        case "NONE": request.toolChoice = Stated(.never, at: path)
        case "ANY": request.toolChoice = Stated(names.first.map { .tool($0) } ?? .any, at: path)
        case "VALIDATED":
            request.toolChoice = Stated(.auto, at: path)
            for position in request.tools.indices { request.tools[position].isStrict = true }
        default: throw .malformed(calling.path(of: "mode"), "has to be AUTO, ANY, NONE or VALIDATED.")
        }
        guard names.count <= 1, names.isEmpty || mode.uppercased() == "ANY" else {
            throw .unsupported(
                calling.path(of: "allowedFunctionNames"),
                "has no counterpart with the other provider; name one, or offer fewer.")
        }
        try calling.finish(.none, &notes)
    }
}
