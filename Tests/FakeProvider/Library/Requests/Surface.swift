/// Whose error format a request gets.
enum Family: Hashable {
    case openAI
    case azure
    case anthropic
    case gemini
}

/// What a request asks for, as far as the path tells.
enum Surface: Hashable {
    case chat
    case responses
    case embeddings
    /// All models, or one.
    case models(id: String?)
    case messages
    case countTokens
    case generate
    /// Gemini's stream: as events, or as the elements of one JSON array.
    case generateStream(asEvents: Bool)
    /// What stands behind `/v1/files`.
    case files([String])
    /// What stands behind `/v1/batches`.
    case batches([String])
    /// The default behaviour, to be set.
    case control
    case unknown

    /// Whether an answer depends on nothing but what its key holds, so that it can be kept.
    var isRepeatable: Bool {
        switch self {
        case .files, .batches, .control, .unknown: false
        default: true
        }
    }

    /// Whether requests carry a JSON body that says how to answer.
    var readsBody: Bool {
        switch self {
        case .chat, .responses, .embeddings, .messages, .countTokens, .generate, .generateStream: true
        default: false
        }
    }
}
