import JSONScan

/// The members of chat completions that have no counterpart.
enum OpenAIRules {
    static let request = FieldRules(
        harmless: [
            "prompt_cache_key": FieldRules.cacheMark, "prompt_cache_retention": FieldRules.cacheMark,
            "prompt_cache_options": FieldRules.cacheMark,
            "prediction": "left out: it makes answers faster, not different.",
            "litellm_metadata": ownLabels, "tags": ownLabels, "tensorzero::tags": ownLabels,
            "tensorzero::episode_id": ownLabels,
        ],
        defaults: [
            "n": [.number("1")], "logprobs": [.bool(false)], "top_logprobs": [.number("0")], "store": [.bool(false)],
            "logit_bias": [.object([])], "modalities": [.array([.string("text")])], "verbosity": [.string("medium")],
            "functions": [.array([])],
        ],
        refused: [
            "n": "asks for several answers, and the other provider gives one; ask several times.",
            "logprobs": noLogprobs, "top_logprobs": noLogprobs,
            "logit_bias": "names tokens by OpenAI's numbers, which mean nothing to another model.",
            "store": "asks OpenAI to store the answer; another provider cannot.",
            "modalities": "asks for audio, which cannot be translated.",
            "audio": "asks for audio, which cannot be translated.",
            "verbosity": "has no counterpart with the other provider; say in the prompt how long the answer should be.",
            "web_search_options": "is a search that only OpenAI runs.",
            "functions": "is OpenAI's old form; use tools.", "function_call": "is OpenAI's old form; use tool_choice.",
            "moderation": "is a check that only OpenAI runs.",
        ])

    static let message = FieldRules(
        harmless: [
            "reasoning_content": "left out: a thought without a signature cannot be sent back.",
            "reasoning": "left out: a thought without a signature cannot be sent back.",
            "reasoning_details": "left out: a thought without a signature cannot be sent back.",
        ],
        defaults: ["annotations": [.array([])]],
        refused: [
            "name": "names a speaker, for which the other provider has no place; put the name into the text.",
            "audio": "is audio, which cannot be translated.",
            "function_call": "is OpenAI's old form; use tool_calls.",
            "annotations": "are citations, which the other provider does not take; leave them out.",
        ])

    static let part = FieldRules(harmless: ["prompt_cache_breakpoint": FieldRules.cacheMark])

    static let image = FieldRules(
        harmless: [:], defaults: ["detail": [.string("auto"), .string("high")]],
        refused: ["detail": "has no counterpart with the other provider, which sees images whole; leave it out."])

    static let streamOptions = FieldRules(
        harmless: ["include_obfuscation": "left out: it only adds bytes to a stream."])

    private static let noLogprobs = "asks for probabilities of tokens, which the other provider does not give."
    private static let ownLabels = "left out: it is for the gateway, which has read it."
}
