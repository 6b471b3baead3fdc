import Domain
import JSONScan

/// A body with another model's name in it, and every other byte as it was.
enum RoutedBody {
    /// - Throws: where the body is no JSON object, or names a model twice.
    static func renamed(
        _ body: UnsafeBufferPointer<UInt8>, route: RequestRoute, to target: TranslationTarget,
        using scanner: RequestScanner
    ) throws(TranslationProblem) -> [UInt8] {
        do throws(RequestProblem) { try scanner.read(body) } catch {
            throw .malformed(error.parameter ?? "", "cannot be read: \(error.message)")
        }
        let value = scanner[.model]
        guard value.kind != .absent else {
            return route.namesModelInPath(target) ? Array(body) : named(body, target.model, scanner)
        }
        let start = Int(value.start)
        let range = start..<(start + Int(value.count))
        let isText = value.kind == .string || value.kind == .escapedString
        // Gemini's bodies may say `models/NAME`.
        let prefix = route.family == .gemini && isText && body[range].starts(with: "models/".utf8) ? "models/" : ""
        let text = JSONText.escaped(prefix + target.model)
        return Array(body[..<range.lowerBound]) + Array((isText ? text : "\"\(text)\"").utf8)
            + Array(body[range.upperBound...])
    }

    /// The body with a model added before its first member.
    private static func named(
        _ body: UnsafeBufferPointer<UInt8>, _ model: String, _ scanner: RequestScanner
    ) -> [UInt8] {
        let member = "\"model\":\"\(JSONText.escaped(model))\""
        if scanner.isEmpty { return Array("{\(member)}".utf8) }
        return Array(body[..<scanner.firstMember]) + Array("\(member),".utf8) + Array(body[scanner.firstMember...])
    }
}

/// Paths of the caller's own API for another model.
enum RoutedPath {
    /// The path and query, without a key.
    static func path(_ uri: String, route: RequestRoute, to target: TranslationTarget) -> String {
        let parts = uri.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let path = String(parts.first ?? "/")
        var query = parts.dropFirst().first?.split(separator: "&").filter { !$0.hasPrefix("key=") } ?? []
        // The version of Azure's older API.
        if route.isAzure, !target.isAzure { query.removeAll { $0.hasPrefix("api-version=") } }
        return renamed(path, route, target) + (query.isEmpty ? "" : "?" + query.joined(separator: "&"))
    }

    /// How a caller of Gemini's API wants its stream.
    static func framing(_ uri: String) -> ReplyContext.GeminiFraming {
        let query = uri.split(separator: "?", maxSplits: 1).dropFirst().first ?? ""
        return query.split(separator: "&").contains("alt=sse") ? .events : .array
    }

    private static func renamed(_ path: String, _ route: RequestRoute, _ target: TranslationTarget) -> String {
        let model = target.model.split(separator: "/").map { String($0).percentEncoded }.joined(separator: "/")
        switch route.family {
        case .anthropic: return path
        case .bedrock:
            guard route.model != nil, let action = path.split(separator: "/").last else { return path }
            return "/model/\(target.model.percentEncoded)/\(action)"
        case .gemini:
            guard route.model != nil, let models = path.firstRange(of: "/models/"), let colon = path.lastIndex(of: ":")
            else { return path }
            return path[..<models.upperBound] + model + path[colon...]
        case .openAI:
            let action = action(of: path)
            if route.namesModelInPath(target) { return "/openai/deployments/\(model)\(action)" }
            return (target.isAzure ? "/openai/v1" : "/v1") + action
        }
    }

    /// What stands behind version and deployment: `/chat/completions`.
    private static func action(of path: String) -> String {
        var parts = path.split(separator: "/")[...]
        if parts.first == "openai" { parts.removeFirst() }
        if parts.first == "deployments" { parts = parts.dropFirst(2) }
        if parts.first == "v1" { parts.removeFirst() }
        return parts.reduce(into: "") { $0 += "/\($1)" }
    }
}

extension RequestRoute {
    /// Whether a request of the caller's own API names the target's model in its path: Gemini's and Bedrock's do, and those
    /// to Azure's deployments.
    func namesModelInPath(_ target: TranslationTarget) -> Bool {
        family == .gemini || family == .bedrock || isAzure && target.isAzure && model != nil
    }
}
