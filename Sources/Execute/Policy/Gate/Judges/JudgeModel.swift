internal import JSONScan

/// A model that judges, and how it is asked.
package struct JudgeModel: Sendable, Hashable {
    /// The API that it speaks.
    package enum API: Sendable, Hashable, CaseIterable {
        /// OpenAI's chat completions, and those of compatible servers.
        case chatCompletions
        /// Anthropic's messages.
        case messages
    }

    /// The model as its provider calls it.
    package var name: String
    /// The API that it speaks.
    package var api: API
    /// The most output tokens; models that think before they answer need room for it.
    package var outputLimit: Int64 = 1_024
    /// Whether it takes a temperature: it is 0 then, so that a verdict can be repeated. Newer models refuse one.
    package var acceptsTemperature = true
    /// Whether the output limit is called `max_tokens`, as most servers do that are compatible with OpenAI's.
    package var usesOldOutputLimit = false

    /// Creates a judge's model.
    package init(_ name: String, api: API) { (self.name, self.api) = (name, api) }

    func body(system: String, user: String) -> JSONValue {
        let zero = acceptsTemperature ? [member("temperature", .number("0"))] : []
        let model = member("model", .string(name))
        let limit = JSONValue.number(String(outputLimit))
        let question = message("user", user)
        switch api {
        case .chatCompletions:
            let messages = JSONValue.array([message("system", system), question])
            let key = usesOldOutputLimit ? "max_tokens" : "max_completion_tokens"
            return .object([model, member("messages", messages), member(key, limit)] + zero)
        case .messages:
            let messages = JSONValue.array([question])
            return .object(
                [model, member("system", .string(system)), member("messages", messages), member("max_tokens", limit)]
                    + zero)
        }
    }

    private func member(_ key: String, _ value: JSONValue) -> JSONValue.Member {
        JSONValue.Member(key: key, value: value)
    }

    private func message(_ role: String, _ text: String) -> JSONValue {
        .object([member("role", .string(role)), member("content", .string(text))])
    }
}
