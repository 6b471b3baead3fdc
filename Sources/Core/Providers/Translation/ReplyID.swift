/// Ids of answers, with the prefix that an API's callers expect.
enum ReplyID {
    private static let prefixes = ["chatcmpl-", "msg_"]

    static func shown(_ id: String?, fallback: String, in family: ProviderFamily) -> String {
        let id = id ?? fallback
        let bare = prefixes.first { id.hasPrefix($0) }.map { String(id.dropFirst($0.count)) } ?? id
        return switch family {
        case .openAI: "chatcmpl-" + bare
        case .anthropic: "msg_" + bare
        case .gemini, .bedrock: bare
        }
    }
}
