/// Lists of models, in each provider's format.
struct ModelsWire {
    let family: Family

    private static let openAI = ["gpt-4o", "gpt-4o-mini", "text-embedding-3-small"]
    private static let anthropic = ["claude-sonnet-4-5", "claude-haiku-4-5"]
    private static let gemini = ["gemini-2.5-flash", "gemini-2.5-pro"]

    /// All models.
    var list: String {
        switch family {
        case .openAI, .azure:
            "{\"object\":\"list\",\"data\":[\(Self.openAI.map(model).joined(separator: ","))]}"
        case .anthropic:
            """
            {"data":[\(Self.anthropic.map(model).joined(separator: ","))],"has_more":false,\
            "first_id":"claude-sonnet-4-5","last_id":"claude-haiku-4-5"}
            """
        case .gemini: "{\"models\":[\(Self.gemini.map(model).joined(separator: ","))]}"
        }
    }

    /// One model; any name is known.
    func model(_ id: String) -> String {
        switch family {
        case .openAI, .azure:
            "{\"id\":\(quoted(id)),\"object\":\"model\",\"created\":\(Completion.created),\"owned_by\":\"fake\"}"
        case .anthropic:
            "{\"type\":\"model\",\"id\":\(quoted(id)),\"display_name\":\(quoted(id)),\"created_at\":\"2025-10-09T08:53:20Z\"}"
        case .gemini:
            """
            {"name":\(quoted("models/" + id)),"displayName":\(quoted(id)),"inputTokenLimit":1048576,\
            "outputTokenLimit":65536,"supportedGenerationMethods":["generateContent"]}
            """
        }
    }
}
