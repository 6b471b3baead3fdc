internal import Domain
internal import JSONScan

/// Who bills for a row of a FOCUS bill, and whether it is for AI.
struct FOCUSNames {
    let row: FieldRow

    private typealias Field = FOCUSFormat.Field

    /// The provider under the name that records have, where there is one; the columns changed between versions.
    var provider: String {
        let columns: [Field] = [.serviceProvider, .provider, .publisher, .issuer]
        for column in columns {
            if let name = row.string(column.slot) { return Self.providers[name.lowercased()] ?? name.lowercased() }
        }
        return "unknown"
    }

    /// Whether the row's category is AI, or its service is known to be.
    var isAI: Bool {
        if row.string(Field.serviceCategory.slot)?.lowercased() == "ai and machine learning" { return true }
        if ["openai", "anthropic"].contains(provider) { return true }
        guard let service = row.string(Field.service.slot)?.lowercased() else { return false }
        return Self.services.contains { service.contains($0) }
    }

    private static let providers = [
        "aws": "aws", "amazon web services": "aws", "amazon web services, inc.": "aws", "microsoft": "azure",
        "microsoft azure": "azure", "azure": "azure", "google cloud": "google", "google": "google",
        "google cloud platform": "google", "openai": "openai", "openai, llc": "openai", "anthropic": "anthropic",
        "anthropic, pbc": "anthropic",
    ]

    private static let services = [
        "bedrock", "azure openai", "openai", "vertex ai", "gemini", "anthropic", "claude", "cognitive services",
        "azure ai", "foundry models", "mistral", "cohere",
    ]
}
