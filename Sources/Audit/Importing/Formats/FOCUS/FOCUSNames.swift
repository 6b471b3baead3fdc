internal import Domain
internal import JSONScan

/// Who bills for a row of a FOCUS bill, and whether it is for AI.
struct FOCUSNames {
    /// Whether the row's category is AI, or its service is known to be.
    let isAI: Bool
    private let service: String?
    /// Who sells.
    private let cloud: String

    private typealias Field = FOCUSFormat.Field

    /// Reads them once: they are asked for several times a row.
    init(row: FieldRow) {
        (service, cloud) = (row.string(Field.service.slot), Self.cloud(row))
        isAI =
            row.string(Field.serviceCategory.slot)?.lowercased() == "ai and machine learning"
            || ["openai", "anthropic"].contains(cloud) || CloudProvider.isAI(service: service)
    }

    /// The provider under the name that records have, where there is one; the columns changed between versions. For AI
    /// it is the cloud's service, as the price book has it.
    var provider: String {
        isAI ? CloudProvider.name(cloud: cloud, service: service) : cloud
    }

    /// Whose words the names of meters are made of.
    var dialect: MeterDialect? {
        switch cloud {
        case "aws": .bedrock
        case "azure": .azure
        case "google": provider == "vertex_ai" ? .vertex : .gemini
        default: nil
        }
    }

    private static func cloud(_ row: FieldRow) -> String {
        let columns: [Field] = [.serviceProvider, .provider, .publisher, .issuer]
        for column in columns {
            if let name = row.string(column.slot) { return Self.providers[name.lowercased()] ?? name.lowercased() }
        }
        return "unknown"
    }

    private static let providers = [
        "aws": "aws", "amazon web services": "aws", "amazon web services, inc.": "aws", "microsoft": "azure",
        "microsoft azure": "azure", "azure": "azure", "google cloud": "google", "google": "google",
        "google cloud platform": "google", "openai": "openai", "openai, llc": "openai", "anthropic": "anthropic",
        "anthropic, pbc": "anthropic",
    ]
}
