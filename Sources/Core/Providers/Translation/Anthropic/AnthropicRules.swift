import JSONScan

/// The members of messages that have no counterpart.
enum AnthropicRules {
    static let request = FieldRules(
        harmless: [
            "cache_control": FieldRules.cacheMark,
            "diagnostics": "left out: it asks for words on prompt caching, which only Anthropic has.",
            "litellm_metadata": ownLabels, "tags": ownLabels, "tensorzero::tags": ownLabels,
            "tensorzero::episode_id": ownLabels,
        ],
        defaults: ["speed": [.string("standard")], "mcp_servers": [.array([])]],
        refused: [
            "speed": "has no counterpart with the other provider.",
            "container": "is a place for code that only Anthropic runs.",
            "mcp_servers": "are tools that only Anthropic calls.",
            "context_management": "is a change of the conversation that only Anthropic makes.",
            "inference_geo": "promises where the answer is made; only Anthropic can keep that.",
            "workspace_id": "is for Anthropic's console only.", "user_profile_id": "is for Anthropic's console only.",
        ])

    static let message = FieldRules(refused: ["name": "is not a field of Anthropic's API."])

    static let metadata = FieldRules(
        harmless: Dictionary(
            uniqueKeysWithValues: ["customer", "feature", "session_id", "tags", "team"].map { ($0, ownLabels) }))

    static let block = FieldRules(
        harmless: ["cache_control": FieldRules.cacheMark],
        defaults: ["citations": [.array([])], "caller": [.object([.init(key: "type", value: .string("direct"))])]],
        refused: [
            "citations": "are citations, which the other provider does not take; leave them out.",
            "caller": "tells of code that only Anthropic runs.",
            "transformations": "are changes of an image that only Anthropic makes.",
            "toolset_name": "names a set of tools that only Anthropic has.",
        ])

    static let tool = FieldRules(
        harmless: [
            "cache_control": FieldRules.cacheMark,
            "eager_input_streaming": "left out: it makes a call's arguments come sooner, not different.",
        ],
        defaults: [
            "defer_loading": [.bool(false)], "allowed_callers": [.array([.string("direct")])],
            "input_examples": [.array([])],
        ],
        refused: [
            "defer_loading": "is a search for tools that only Anthropic runs.",
            "allowed_callers": "lets code call the tool that only Anthropic runs.",
            "input_examples": "has no counterpart with the other provider; put the examples into the description.",
        ])

    private static let ownLabels = "left out: it is for the gateway, which has read it."
}
