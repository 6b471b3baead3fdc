internal import Domain

/// The members of a request's body that the gateway reads. Each may stand in it once only: a key given twice is read
/// by one server as the first and by another as the last.
package enum RequestField: Int, Sendable, CaseIterable {
    case model, stream, streamOptions, maxTokens, maxCompletionTokens, maxOutputTokens, choices, bestOf
    case serviceTier, user, safetyIdentifier, metadata, liteLLMMetadata, tags, tensorZeroTags, tensorZeroEpisode
    case messages, system, tools, input, prompt, instructions, contents, systemInstruction, systemInstructionSnake
    case generationConfig, generationConfigSnake, previousResponse, conversation, inferenceGeography, speed
    case cachedContent, cachedContentSnake, contextManagement, mcpServers, webSearchOptions, modalities, background,
        cache
    case inferenceConfig, textGenerationConfig, maxGenerationLength, additionalModelFields, toolConfig, requestMetadata
    case performanceConfig, serviceTierCamel, promptVariables, inputText, texts, message, chatHistory

    /// The key, as the APIs spell it.
    package var key: String {
        switch self {
        case .model: "model"
        case .stream: "stream"
        case .streamOptions: "stream_options"
        case .maxTokens: "max_tokens"
        case .maxCompletionTokens: "max_completion_tokens"
        case .maxOutputTokens: "max_output_tokens"
        case .choices: "n"
        case .bestOf: "best_of"
        case .serviceTier: "service_tier"
        case .user: "user"
        case .safetyIdentifier: "safety_identifier"
        case .metadata: "metadata"
        case .liteLLMMetadata: "litellm_metadata"
        case .tags: "tags"
        case .tensorZeroTags: "tensorzero::tags"
        case .tensorZeroEpisode: "tensorzero::episode_id"
        case .messages: "messages"
        case .system: "system"
        case .tools: "tools"
        case .input: "input"
        case .prompt: "prompt"
        case .instructions: "instructions"
        case .contents: "contents"
        case .systemInstruction: "systemInstruction"
        case .systemInstructionSnake: "system_instruction"
        case .generationConfig: "generationConfig"
        case .generationConfigSnake: "generation_config"
        case .previousResponse: "previous_response_id"
        case .conversation: "conversation"
        case .inferenceGeography: "inference_geo"
        case .speed: "speed"
        case .cachedContent: "cachedContent"
        case .cachedContentSnake: "cached_content"
        case .contextManagement: "context_management"
        case .mcpServers: "mcp_servers"
        case .webSearchOptions: "web_search_options"
        case .modalities: "modalities"
        case .background: "background"
        case .cache: "cache"
        case .inferenceConfig: "inferenceConfig"
        case .textGenerationConfig: "textGenerationConfig"
        case .maxGenerationLength: "max_gen_len"
        case .additionalModelFields: "additionalModelRequestFields"
        case .toolConfig: "toolConfig"
        case .requestMetadata: "requestMetadata"
        case .performanceConfig: "performanceConfig"
        case .serviceTierCamel: "serviceTier"
        case .promptVariables: "promptVariables"
        case .inputText: "inputText"
        case .texts: "texts"
        case .message: "message"
        case .chatHistory: "chat_history"
        }
    }

    /// What the model is prompted with: its identity is hashed over these, in this order.
    package static let ofPrompt: [RequestField] = [
        .system, .systemInstruction, .systemInstructionSnake, .instructions, .tools, .toolConfig, .messages, .contents,
        .input, .prompt, .promptVariables, .inputText, .texts, .chatHistory, .message,
    ]

    static let byHash: [UInt64: RequestField] = Dictionary(
        uniqueKeysWithValues: allCases.map { (ByteHash.hash($0.key), $0) })
}
