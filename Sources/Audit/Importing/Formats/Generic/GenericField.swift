/// The fields of a record as the generic format and mapping files name them.
package enum GenericField: String, CaseIterable, Sendable {
    case timestamp
    case timestampUnit = "timestamp_unit"
    case requestID = "request_id"
    case responseID = "response_id"
    case provider
    case hostProvider = "host_provider"
    case model
    case requestedModel = "requested_model"
    case serviceTier = "service_tier"
    case region
    case inputTokens = "input_tokens"
    case uncachedInput = "uncached_input"
    case cacheRead = "cache_read"
    case cacheWrite5m = "cache_write_5m"
    case cacheWrite1h = "cache_write_1h"
    case output
    case reasoning
    case latencyMilliseconds = "latency_ms"
    case latencySeconds = "latency_s"
    case timeToFirstTokenMilliseconds = "time_to_first_token_ms"
    case customer
    case feature
    case team
    case environment
    case session
    case credential
    case prompt
    case promptHash = "prompt_hash"
    case prefixHashes = "prefix_hashes"
    case prefixBlockTokens = "prefix_block_tokens"
    case template
    case cost = "cost_usd"
    case status
    case purpose

    /// The field's slot.
    var slot: Int { Self.slots[self] ?? 0 }

    private static let slots = Dictionary(uniqueKeysWithValues: allCases.enumerated().map { ($1, $0) })

    /// Names that are recognised without a mapping, the preferred ones first; dots lead into objects.
    var knownNames: [String] {
        [rawValue] + (Self.synonyms[self] ?? [])
    }

    private static let synonyms: [GenericField: [String]] = [
        .timestamp: ["ts", "time", "start_time", "startTime", "created_at", "createdAt", "created", "started_at", "date", "datetime"],
        .requestID: ["requestId", "request-id", "id", "call_id", "trace_id", "traceId", "uuid"],
        .responseID: ["responseId", "completion_id"],
        .provider: ["vendor", "ai_provider", "llm_provider", "system"],
        .model: ["model_name", "modelName", "model_id", "modelId", "served_model", "response_model"],
        .requestedModel: ["request_model", "model_requested"],
        .serviceTier: ["serviceTier", "tier"],
        .inputTokens: [
            "prompt_tokens", "promptTokens", "inputTokens", "tokens_in", "context_tokens", "ContextTokens", "input_length",
            "total_input_tokens", "usage.prompt_tokens",
        ],
        .uncachedInput: ["uncached_input_tokens", "input_uncached_tokens"],
        .cacheRead: [
            "cache_read_tokens", "cache_read_input_tokens", "cached_tokens", "input_cached_tokens", "cachedTokens",
            "usage.prompt_tokens_details.cached_tokens",
        ],
        .cacheWrite5m: ["cache_write_tokens", "cache_creation_input_tokens", "cache_write", "cache_creation_tokens"],
        .output: [
            "output_tokens", "completion_tokens", "completionTokens", "outputTokens", "tokens_out", "generated_tokens",
            "GeneratedTokens", "output_length", "usage.completion_tokens",
        ],
        .reasoning: ["reasoning_tokens", "thinking_tokens", "usage.completion_tokens_details.reasoning_tokens"],
        .latencyMilliseconds: ["latency", "duration_ms", "durationMs", "latencyMs", "response_time_ms", "response_time"],
        .latencySeconds: ["duration_s", "latency_seconds", "duration_seconds"],
        .timeToFirstTokenMilliseconds: ["ttft_ms", "time_to_first_token", "ttft", "first_token_ms"],
        .customer: ["customer_id", "customerId", "tenant", "tenant_id", "account", "end_user", "user_id", "userId", "user"],
        .feature: ["feature_name", "use_case", "usecase", "app", "application", "product", "operation"],
        .team: ["team_id", "team_name"],
        .environment: ["env", "stage"],
        .session: ["session_id", "sessionId", "conversation_id", "thread_id"],
        .credential: ["api_key_id", "api_key_name", "key_name"],
        .prompt: ["prompt_text", "messages", "input_text"],
        .promptHash: ["promptHash", "prompt_sha256"],
        .prefixHashes: ["hash_ids", "block_hashes"],
        .template: ["prompt_template", "prompt_name", "template_id"],
        .cost: ["cost", "costUsd", "total_cost", "spend", "amount_usd", "usd"],
        .status: ["status_code", "http_status", "statusCode", "response_status"],
    ]
}
