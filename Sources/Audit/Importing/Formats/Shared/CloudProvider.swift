/// Who bills for a cloud's services, under the names that records and the price book have.
enum CloudProvider {
    /// The provider of a service of a cloud: models are billed by `bedrock`, `vertex_ai`, `google` and `azure`.
    static func name(cloud: String, service: String?) -> String {
        let service = service?.lowercased() ?? ""
        switch cloud {
        case "aws": return service.contains("bedrock") ? "bedrock" : "aws"
        case "google": return service.contains("vertex ai") ? "vertex_ai" : "google"
        default: return cloud
        }
    }

    /// Whether a service is known to be AI.
    static func isAI(service: String?) -> Bool {
        guard let service = service?.lowercased() else { return false }
        return services.contains { service.contains($0) }
    }

    private static let services = [
        "bedrock", "azure openai", "openai", "vertex ai", "gemini", "generative language", "anthropic", "claude",
        "cognitive services", "azure ai", "foundry models", "foundry tools", "mistral", "cohere",
    ]
}
