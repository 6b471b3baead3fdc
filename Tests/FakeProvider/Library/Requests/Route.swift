/// What the first line of a request says.
struct Route: Hashable {
    /// What is asked for.
    var surface: Surface
    /// Whose format errors have.
    var family: Family
    /// The model, where the path names it; with its behaviour, if it carries one.
    var model: String?

    private init(_ surface: Surface, _ family: Family, model: String? = nil) {
        (self.surface, self.family, self.model) = (surface, family, model)
    }

    /// Reads a path.
    ///
    /// - Parameter isAnthropic: whether the caller speaks Anthropic's API: `/v1/models` is both theirs and OpenAI's.
    init(method: String, uri: String, isAnthropic: Bool) {
        let parts = uri.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let path = parts.first.map { $0.split(separator: "/").map(Self.percentDecoded) } ?? []
        let query = parts.dropFirst().first.map { $0.split(separator: "&") } ?? []
        let route = Self.route(path[...], query, isAnthropic: isAnthropic)
        self = route.allows(method) ? route : Route(.unknown, route.family)
    }

    private static func route(_ path: ArraySlice<String>, _ query: [Substring], isAnthropic: Bool) -> Route {
        let rest = path.dropFirst()
        switch path.first {
        case "v1": return versionOne(Array(rest), isAnthropic ? .anthropic : .openAI)
        case "v1beta": return gemini(Array(rest), query)
        case "openai": return azure(Array(rest))
        case "fake" where Array(rest) == ["behaviour"]: return Route(.control, .openAI)
        default: return Route(.unknown, isAnthropic ? .anthropic : .openAI)
        }
    }

    private static func versionOne(_ path: [String], _ family: Family) -> Route {
        switch path {
        case ["chat", "completions"]: return Route(.chat, family)
        case ["responses"]: return Route(.responses, family)
        case ["embeddings"]: return Route(.embeddings, family)
        case ["messages"]: return Route(.messages, .anthropic)
        case ["messages", "count_tokens"]: return Route(.countTokens, .anthropic)
        default: break
        }
        let rest = Array(path.dropFirst())
        switch path.first {
        case "models": return Route(.models(id: rest.isEmpty ? nil : rest.joined(separator: "/")), family)
        case "files": return Route(.files(rest), family)
        case "batches": return Route(.batches(rest), family)
        case "messages": return Route(.unknown, .anthropic)
        default: return Route(.unknown, family)
        }
    }

    /// `deployments/NAME/chat/completions`, `v1/…`, or an API of the resource, behind `openai`.
    private static func azure(_ path: [String]) -> Route {
        guard path.first == "deployments", path.count > 2 else {
            return versionOne(path.first == "v1" ? Array(path.dropFirst()) : path, .azure)
        }
        var route = versionOne(Array(path.dropFirst(2)), .azure)
        route.model = path[1]
        return route
    }

    /// `models/NAME:action` behind the version.
    private static func gemini(_ path: [String], _ query: [Substring]) -> Route {
        guard path.first == "models" else { return Route(.unknown, .gemini) }
        let name = path.dropFirst().joined(separator: "/")
        guard let colon = name.lastIndex(of: ":") else {
            return Route(.models(id: name.isEmpty ? nil : name), .gemini)
        }
        let model = String(name[..<colon])
        switch name[name.index(after: colon)...] {
        case "generateContent": return Route(.generate, .gemini, model: model)
        case "streamGenerateContent":
            return Route(.generateStream(asEvents: query.contains("alt=sse")), .gemini, model: model)
        default: return Route(.unknown, .gemini)
        }
    }

    private func allows(_ method: String) -> Bool {
        switch surface {
        case .models: method == "GET" || method == "HEAD"
        case .files: ["GET", "POST", "DELETE"].contains(method)
        case .batches: ["GET", "POST"].contains(method)
        case .control: method == "PUT"
        default: method == "POST"
        }
    }

    private static func percentDecoded(_ text: Substring) -> String {
        guard text.utf8.contains(UInt8(ascii: "%")) else { return String(text) }
        var rest = text.utf8[...]
        var bytes: [UInt8] = []
        while let byte = rest.popFirst() {
            let digits = String(decoding: rest.prefix(2), as: UTF8.self)
            if byte == UInt8(ascii: "%"), digits.utf8.count == 2, let decoded = UInt8(digits, radix: 16) {
                bytes.append(decoded)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
