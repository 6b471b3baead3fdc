/// The fields of a record as the generic format and mapping files name them.
package enum GenericField: Int, CaseIterable, Sendable {
    case timestamp
    case timestampUnit
    case requestID
    case responseID
    case provider
    case hostProvider
    case model
    case requestedModel
    case serviceTier
    case region
    case inputTokens
    case uncachedInput
    case cacheRead
    case cacheWrite5m
    case cacheWrite1h
    case output
    case reasoning
    case latencyMilliseconds
    case latencySeconds
    case timeToFirstTokenMilliseconds
    case customer
    case feature
    case team
    case environment
    case session
    case credential
    case prompt
    case promptHash
    case prefixHashes
    case prefixBlockTokens
    case template
    case cost
    case status
    case purpose
    case composed

    /// The field's slot.
    var slot: Int { rawValue }

    /// The field's name in mapping files.
    package var name: String { Self.names[rawValue] }

    /// The field of a name.
    package init?(name: String) {
        guard let position = Self.names.firstIndex(of: name) else { return nil }
        self.init(rawValue: position)
    }

    /// Names that are recognised without a mapping, the preferred ones first; dots lead into objects.
    var knownNames: [String] { [name] + (Self.synonyms[self] ?? []) }

    private static let names = [
        "timestamp", "timestamp_unit", "request_id", "response_id", "provider", "host_provider", "model",
        "requested_model", "service_tier", "region", "input_tokens", "uncached_input", "cache_read", "cache_write_5m",
        "cache_write_1h", "output", "reasoning", "latency_ms", "latency_s", "time_to_first_token_ms", "customer",
        "feature", "team", "environment", "session", "credential", "prompt", "prompt_hash", "prefix_hashes",
        "prefix_block_tokens", "template", "cost_usd", "status", "purpose", "composed",
    ]

    private static let synonyms: [GenericField: [String]] = [
        .timestamp: [
            "ts", "time", "start_time", "startTime", "created_at", "createdAt", "created", "started_at", "date",
            "datetime",
        ],
        .requestID: ["requestId", "request-id", "id", "call_id", "uuid"],
        .responseID: ["responseId", "completion_id"],
        .provider: ["vendor", "ai_provider", "llm_provider", "system"],
        .model: ["model_name", "modelName", "model_id", "modelId", "served_model", "response_model"],
        .requestedModel: ["request_model", "model_requested"],
        .serviceTier: ["serviceTier", "tier"],
        .inputTokens: [
            "prompt_tokens", "promptTokens", "inputTokens", "tokens_in", "context_tokens", "ContextTokens",
            "input_length",
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
        .latencyMilliseconds: [
            "latency", "duration_ms", "durationMs", "latencyMs", "response_time_ms", "response_time",
        ],
        .latencySeconds: ["duration_s", "latency_seconds", "duration_seconds"],
        .timeToFirstTokenMilliseconds: ["ttft_ms", "time_to_first_token", "ttft", "first_token_ms"],
        .customer: [
            "customer_id", "customerId", "tenant", "tenant_id", "account", "end_user", "user_id", "userId", "user",
        ],
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
