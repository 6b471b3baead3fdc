extension FakeBehaviour {
    /// The behaviour with what a header's JSON object says.
    func applying(header: String) throws(BehaviourError) -> FakeBehaviour {
        guard case .object(let members)? = JSONValue(header) else {
            throw BehaviourError(message: "x-fake is no JSON object; write {\"status\": 500}")
        }
        var result = self
        for (key, value) in members { try result.set(key, value) }
        return result
    }

    /// The behaviour with what stands behind the `!` of a model's name: `status=500,delay_ms=20`.
    func applying(suffix: some StringProtocol) throws(BehaviourError) -> FakeBehaviour {
        var result = self
        for pair in suffix.split(separator: ",") {
            let parts = pair.split(separator: "=", maxSplits: 1)
            guard parts.count == 2 else { throw BehaviourError(message: "\"\(pair)\" is no KEY=VALUE") }
            let word = String(parts[1])
            let isWord = Double(word) == nil && !["true", "false", "null"].contains(word)
            try result.set(String(parts[0]), isWord ? .string(word) : JSONValue(word) ?? .string(word))
        }
        return result
    }

    private mutating func set(_ key: String, _ value: JSONValue) throws(BehaviourError) {
        switch key {
        case "fail_key": failKey = try text(key, value)
        case "service_tier": serviceTier = try text(key, value)
        case "gzip":
            guard let truth = value.truth else { throw BehaviourError(message: "gzip is true or false") }
            gzip = truth
        case "usage":
            guard let shape = UsageShape(rawValue: try text(key, value)) else {
                throw BehaviourError(message: "usage is genuine, none or with_choices")
            }
            usage = shape
        default: try set(key, number: try number(key, value))
        }
    }

    private mutating func set(_ key: String, number: Int) throws(BehaviourError) {
        switch key {
        case "status": status = number
        case "retry_after": retryAfter = number
        case "fail_first": failFirst = number
        case "delay_ms": delay = number
        case "deltas": deltas = min(number, 1_000_000)
        case "pace_ms": pace = number
        case "bytes": bytes = min(number, 256 << 20)
        case "input_tokens": inputTokens = number
        case "output_tokens": outputTokens = number
        case "cached_tokens": cachedTokens = number
        case "cache_write_tokens": cacheWriteTokens = number
        case "reasoning_tokens": reasoningTokens = number
        case "cut_after": cutAfter = number
        case "stall_after": stallAfter = number
        case "error_after": errorAfter = number
        default: throw BehaviourError(message: "there is no behaviour \"\(key)\"; see FakeBehaviour")
        }
    }

    private func text(_ key: String, _ value: JSONValue) throws(BehaviourError) -> String {
        guard let text = value.text else { throw BehaviourError(message: "\(key) is a text") }
        return text
    }

    private func number(_ key: String, _ value: JSONValue) throws(BehaviourError) -> Int {
        // Far above any use, and far below where sums of such numbers overflow.
        guard let number = value.integer, (0...1_000_000_000_000).contains(number) else {
            throw BehaviourError(message: "there is no behaviour \"\(key)\" that takes this value; a whole number of 0 or more is usual")
        }
        return number
    }
}
