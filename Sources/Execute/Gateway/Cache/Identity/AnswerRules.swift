package import Providers

/// Which members of a request's body do not identify its answer, and which forbid sharing it; all others count.
package struct AnswerRules: Sendable {
    /// Outermost members that count for nothing, and why.
    package let leftOut: [String: String]
    /// Outermost members whose presence means that the answer is nobody else's, and why; `null` and `false` are absence.
    package let unshared: [String: String]
    /// Where what is said in messages stands.
    let texts: [String: TextShape]
    /// Whether the answer is the same each time whatever the temperature.
    let isSure: Bool

    private init(
        leftOut: [String: String], unshared: [String: String] = [:], texts: [String: TextShape] = [:],
        isSure: Bool = false
    ) {
        self.leftOut = Self.everywhere.merging(leftOut) { _, own in own }
        (self.unshared, self.texts, self.isSure) = (unshared, texts, isSure)
    }

    /// The rules of an API; `nil` where its answers are never shared.
    package static func of(_ surface: APISurface) -> AnswerRules? {
        switch surface {
        case .chatCompletions: chat
        case .completions: completions
        case .responses: responses
        case .embeddings: embeddings
        case .messages: messages
        case .generateContent: gemini
        case .geminiEmbeddings: geminiEmbeddings
        case .models, .countTokens, .geminiCountTokens, .converse, .invokeModel, .files, .batches, .feedback, .other:
            nil
        }
    }

    private static let gatewayOnly = "is for the gateway, which has read it"
    private static let who = "says whose request it is; the key's scope parts callers"
    private static let promptCache = "arranges the provider's prompt cache, which changes the price and no answer"
    private static let atProvider = "refers to something that the provider keeps and may change"

    private static let everywhere = [
        "cache": gatewayOnly, "tags": gatewayOnly, "litellm_metadata": gatewayOnly, "tensorzero::tags": gatewayOnly,
        "tensorzero::episode_id": gatewayOnly,
    ]

    private static let openAI = [
        "stream": "is told apart by a flag: one answer serves both", "stream_options": "changes how a stream is sent",
        "service_tier": "changes how soon and at what price, not what",
        "prompt_cache_options": promptCache, "prompt_cache_retention": promptCache,
    ]

    private static let labels = [
        "user": who, "safety_identifier": who, "metadata": "labels what the provider stores",
        "prompt_cache_key": promptCache, "store": "makes the provider keep a copy",
    ]

    private static let chat = AnswerRules(
        leftOut: openAI.merging(labels) { first, _ in first }.merging(["cache_control": promptCache]) { first, _ in
            first
        },
        unshared: ["conversation": atProvider, "previous_response_id": atProvider, "background": "is fetched later"],
        texts: ["messages": .turns(.message), "tools": .marked])

    private static let completions = AnswerRules(leftOut: openAI.merging(labels) { first, _ in first })

    /// An answer repeats the request's `user`, `metadata`, `safety_identifier`, `prompt_cache_key` and `store`, and can
    /// be continued only if it was stored; so these count here.
    private static let responses = AnswerRules(
        leftOut: openAI,
        unshared: [
            "background": "is fetched later", "previous_response_id": atProvider, "conversation": atProvider,
            "prompt": atProvider,
        ],
        texts: ["instructions": .text, "input": .turns(.message), "tools": .marked])

    private static let embeddings = AnswerRules(leftOut: labels, isSure: true)

    private static let messages = AnswerRules(
        leftOut: [
            "stream": "is told apart by a flag: one answer serves both", "metadata": who,
            "service_tier": "changes how soon and at what price, not what", "cache_control": promptCache,
        ],
        unshared: ["container": atProvider, "mcp_servers": "are asked by the provider, and answer as they like"],
        texts: ["system": .content, "messages": .turns(.message), "tools": .marked])

    private static let gemini = AnswerRules(
        leftOut: ["labels": "are for the provider's bill"],
        unshared: ["cachedContent": atProvider, "cached_content": atProvider],
        texts: [
            "contents": .turns(.geminiContent), "systemInstruction": .geminiContent,
            "system_instruction": .geminiContent,
        ])

    private static let geminiEmbeddings = AnswerRules(leftOut: [:], isSure: true)
}
