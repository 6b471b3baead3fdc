/// OpenAI's words for what other providers have as well.
enum OpenAIWords {
    static func tier(_ word: String) -> ChatTier? {
        switch word {
        case "auto": .auto
        case "default": .standard
        case "flex": .flex
        case "priority", "fast": .priority
        default: nil
        }
    }

    static func word(of tier: ChatTier) -> String {
        switch tier {
        case .auto: "auto"
        case .standard: "default"
        case .flex: "flex"
        case .priority: "priority"
        }
    }

    /// Why an answer ended; `nil` for words that no request of ours leads to.
    static func stop(_ word: String) -> ChatStop? {
        switch word {
        case "stop": .endTurn
        case "length": .outputLimit
        case "tool_calls": .toolUse
        case "content_filter": .refusal
        default: nil
        }
    }

    static func word(of stop: ChatStop) -> String {
        switch stop {
        case .endTurn, .stopText: "stop"
        case .outputLimit: "length"
        case .toolUse: "tool_calls"
        case .refusal: "content_filter"
        }
    }
}
