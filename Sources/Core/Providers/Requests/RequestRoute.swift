internal import Domain

/// What a request's path says: which API it is meant for, and what of its subject stands there.
package struct RequestRoute: Sendable, Hashable {
    /// The API.
    package var surface: APISurface
    /// Whose API it is.
    package var family: ProviderFamily
    /// Whether the path is one of Azure OpenAI's.
    package var isAzure = false
    /// The model, or Azure's deployment, where the path names it.
    package var model: String?
    /// Whether the path asks for a stream.
    package var streams = false

    init(_ surface: APISurface, _ family: ProviderFamily, isAzure: Bool = false, model: String? = nil) {
        (self.surface, self.family, self.isAzure, self.model) = (surface, family, isAzure, model)
    }

    /// Reads a path, with or without its query.
    ///
    /// - Parameters:
    ///   - uri: as it stands in the request's first line.
    ///   - isAnthropic: whether a header says that the caller speaks Anthropic's API: some paths are the same.
    package init(uri: String, isAnthropic: Bool) {
        let path = uri.prefix { $0 != "?" }
        let parts = path.split(separator: "/").map(String.init)
        self =
            Self.known(parts[...], isAnthropic: isAnthropic) ?? RequestRoute(.other, isAnthropic ? .anthropic : .openAI)
    }

    private static func known(_ parts: ArraySlice<String>, isAnthropic: Bool) -> RequestRoute? {
        switch parts.first {
        case "openai": return azure(parts.dropFirst())
        case "v1beta", "v1alpha": return gemini(parts.dropFirst())
        case "model", "async-invoke", "guardrail", "guardrail-checks": return bedrock(Array(parts))
        case "v1":
            let rest = parts.dropFirst()
            if rest.first == "models", rest.last?.contains(":") ?? false { return gemini(rest) }
            return versionOne(rest, isAnthropic: isAnthropic)
        default:
            // OpenAI clients whose base URL lacks the version.
            let route = versionOne(parts, isAnthropic: isAnthropic)
            return route?.surface == .other ? nil : route
        }
    }

    private static func versionOne(_ parts: ArraySlice<String>, isAnthropic: Bool) -> RequestRoute? {
        let rest = Array(parts)
        switch rest.first {
        case "messages":
            if rest.count == 1 { return RequestRoute(.messages, .anthropic) }
            if rest == ["messages", "count_tokens"] { return RequestRoute(.countTokens, .anthropic) }
            return RequestRoute(rest[1] == "batches" ? .batches : .other, .anthropic)
        case "models": return RequestRoute(.models, isAnthropic ? .anthropic : .openAI)
        case "files": return RequestRoute(.files, isAnthropic ? .anthropic : .openAI)
        case "batches": return RequestRoute(.batches, .openAI)
        default: return openAI(rest).map { RequestRoute($0, .openAI) }
        }
    }

    private static func openAI(_ parts: [String]) -> APISurface? {
        switch parts {
        case ["chat", "completions"]: .chatCompletions
        case ["completions"]: .completions
        case ["responses"]: .responses
        case ["embeddings"]: .embeddings
        case ["feedback"]: .feedback
        default: parts.isEmpty ? nil : .other
        }
    }

    /// `deployments/NAME/chat/completions`, or `v1/…`, behind `openai`.
    private static func azure(_ parts: ArraySlice<String>) -> RequestRoute {
        let rest = Array(parts)
        if rest.first == "deployments", rest.count > 2 {
            let surface = openAI(Array(rest.dropFirst(2))) ?? .other
            return RequestRoute(surface, .openAI, isAzure: true, model: rest[1])
        }
        var route =
            versionOne((rest.first == "v1" ? Array(rest.dropFirst()) : rest)[...], isAnthropic: false)
            ?? RequestRoute(.other, .openAI)
        route.isAzure = true
        return route
    }

    /// `model/ID/action`. An id with slashes, an ARN, is escaped by SDKs; others may leave them in.
    private static func bedrock(_ parts: [String]) -> RequestRoute {
        var route = RequestRoute(.other, .bedrock)
        guard parts[0] == "model", parts.count > 2, let action = parts.last,
            let model = parts[1..<(parts.count - 1)].joined(separator: "/").percentDecoded
        else { return route }
        switch action {
        case "converse": route.surface = .converse
        case "converse-stream": (route.surface, route.streams) = (.converse, true)
        case "invoke": route.surface = .invokeModel
        case "invoke-with-response-stream": (route.surface, route.streams) = (.invokeModel, true)
        case "count-tokens": route.surface = .countTokens
        default: return route
        }
        route.model = model
        return route
    }

    /// `models/NAME:action` behind the version.
    private static func gemini(_ parts: ArraySlice<String>) -> RequestRoute {
        let rest = Array(parts)
        guard rest.first == "models", let last = rest.last, rest.count > 1 else {
            return RequestRoute(
                rest.first == "models" ? .models : rest.first == "files" ? .files : .other, .gemini)
        }
        let name = rest.dropFirst().joined(separator: "/")
        guard let colon = name.lastIndex(of: ":"), last.contains(":") else { return RequestRoute(.models, .gemini) }
        let model = String(name[..<colon])
        let action = name[name.index(after: colon)...]
        var route = RequestRoute(.other, .gemini, model: model)
        switch action {
        case "generateContent": route.surface = .generateContent
        case "streamGenerateContent": (route.surface, route.streams) = (.generateContent, true)
        case "embedContent", "batchEmbedContents": route.surface = .geminiEmbeddings
        case "countTokens": route.surface = .geminiCountTokens
        default: break
        }
        return route
    }
}
