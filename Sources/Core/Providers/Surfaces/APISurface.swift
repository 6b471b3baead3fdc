/// The APIs that callers use.
package enum APISurface: UInt8, Sendable, CaseIterable {
    /// OpenAI's chat completions.
    case chatCompletions
    /// OpenAI's old text completions.
    case completions
    /// OpenAI's responses.
    case responses
    /// OpenAI's embeddings.
    case embeddings
    /// Lists of models, of any family.
    case models
    /// Anthropic's messages.
    case messages
    /// Anthropic's count of tokens.
    case countTokens
    /// Gemini's content, streamed or not.
    case generateContent
    /// Gemini's embeddings.
    case geminiEmbeddings
    /// Gemini's count of tokens.
    case geminiCountTokens
    /// Bedrock's Converse, streamed or not.
    case converse
    /// Bedrock's InvokeModel, streamed or not: the body is of the model's own API.
    case invokeModel
    /// Files, of any family.
    case files
    /// Batches, of any family.
    case batches
    /// What somebody says of an answer: ours.
    case feedback
    /// Any other path.
    case other

    /// The name in records, metrics and spans.
    package var name: String {
        switch self {
        case .chatCompletions: "chat_completions"
        case .completions: "completions"
        case .responses: "responses"
        case .embeddings: "embeddings"
        case .models: "models"
        case .messages: "messages"
        case .countTokens: "count_tokens"
        case .generateContent: "generate_content"
        case .geminiEmbeddings: "embed_content"
        case .geminiCountTokens: "gemini_count_tokens"
        case .converse: "converse"
        case .invokeModel: "invoke_model"
        case .files: "files"
        case .batches: "batches"
        case .feedback: "feedback"
        case .other: "other"
        }
    }

    /// Whether a model answers in words or calls.
    package var isConversation: Bool {
        switch self {
        case .chatCompletions, .completions, .responses, .messages, .generateContent: true
        default: false
        }
    }

    /// Whether an answer says what it used.
    package var isMetered: Bool {
        switch self {
        case .chatCompletions, .completions, .responses, .embeddings, .messages, .generateContent, .geminiEmbeddings,
            .converse, .invokeModel:
            true
        case .models, .countTokens, .geminiCountTokens, .files, .batches, .feedback, .other: false
        }
    }
}

/// Whose conventions an API follows. Azure OpenAI and compatible servers follow OpenAI's.
package enum ProviderFamily: UInt8, Sendable, CaseIterable {
    case openAI
    case anthropic
    case gemini
    /// Amazon Bedrock's runtime. Its requests and answers are not translated.
    case bedrock
}
