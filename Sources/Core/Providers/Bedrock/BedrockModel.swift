/// Names of models as Bedrock writes them.
package enum BedrockModel {
    /// The model behind an id or an ARN of a foundation model or of an inference profile that AWS made; `nil` for an
    /// application's own profile, whose name says nothing of its model.
    package static func name(of id: String) -> String? {
        guard id.hasPrefix("arn:") else { return id.isEmpty ? nil : id }
        guard let slash = id.firstIndex(of: "/") else { return nil }
        let kind = id[..<slash].split(separator: ":").last ?? ""
        guard kind == "foundation-model" || kind == "inference-profile" else { return nil }
        return String(id[id.index(after: slash)...])
    }

    /// Where InvokeModel's body limits the output: each maker has its own place.
    package enum OutputLimit: Sendable, Hashable {
        /// A member of the body.
        case member(String)
        /// A member of an object in the body.
        case nested(in: String, String)
    }

    /// Where the output of a model is limited; `nil` where that is not known.
    package static func outputLimit(of name: String) -> OutputLimit? {
        let parts = name.split(separator: ".").map(String.init)
        guard let position = parts.firstIndex(where: { makers[$0] != nil }), position < 2 else { return nil }
        if parts[position] == "amazon", parts.dropFirst(position + 1).first?.hasPrefix("titan") ?? false {
            return .nested(in: "textGenerationConfig", "maxTokenCount")
        }
        return makers[parts[position]]
    }

    /// By who made the model, which stands at the beginning of its name or behind a region.
    private static let makers: [String: OutputLimit] = [
        "ai21": .member("max_tokens"), "amazon": .nested(in: "inferenceConfig", "maxTokens"),
        "anthropic": .member("max_tokens"), "cohere": .member("max_tokens"), "deepseek": .member("max_tokens"),
        "meta": .member("max_gen_len"), "mistral": .member("max_tokens"), "openai": .member("max_completion_tokens"),
        "qwen": .member("max_tokens"),
    ]
}
