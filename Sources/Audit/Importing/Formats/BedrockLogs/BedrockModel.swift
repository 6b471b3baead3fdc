/// Names of models as Bedrock writes them.
enum BedrockModel {
    /// The model behind an id or an ARN of a foundation model or of an inference profile that AWS made; `nil` for an
    /// application's own profile, whose name says nothing of its model.
    static func name(of id: String) -> String? {
        guard id.hasPrefix("arn:") else { return id.isEmpty ? nil : id }
        guard let slash = id.firstIndex(of: "/") else { return nil }
        let kind = id[..<slash].split(separator: ":").last ?? ""
        guard kind == "foundation-model" || kind == "inference-profile" else { return nil }
        return String(id[id.index(after: slash)...])
    }
}
