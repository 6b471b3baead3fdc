/// Who bills for a cloud's services, under the names that records and the price book have.
enum CloudProvider {
    /// The provider of a service of a cloud: models are billed by `bedrock`, `vertex_ai`, `google` and `azure`.
    static func name(cloud: String, service: String?) -> String {
        switch cloud {
        case "aws": service?.hasPart("bedrock") == true ? "bedrock" : "aws"
        case "google": service?.hasPart("vertex ai") == true ? "vertex_ai" : "google"
        default: cloud
        }
    }

    /// Whether a service is known to be AI.
    static func isAI(service: String?) -> Bool {
        guard let service else { return false }
        return services.contains { service.hasPart($0) }
    }

    private static let services: [StaticString] = [
        "bedrock", "azure openai", "openai", "vertex ai", "gemini", "generative language", "anthropic", "claude",
        "cognitive services", "azure ai", "foundry models", "foundry tools", "mistral", "cohere",
    ]
}
