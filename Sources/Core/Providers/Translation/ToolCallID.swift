/// Ids of calls: kept from call to result, with the prefix that an API's callers expect.
///
/// Gemini wants the signature of a call's thoughts back with the call. Clients keep ids whatever they are, and drop
/// members that they do not know, so the signature travels in the id: `call_7__thought__AbC`.
enum ToolCallID {
    private static let mark = "__thought__"
    private static let prefixes = ["call_", "toolu_"]

    /// The id as a caller of an API is shown it.
    static func shown(_ id: String, signature: String?, in family: ProviderFamily) -> String {
        let bare = prefixes.first { id.hasPrefix($0) }.map { String(id.dropFirst($0.count)) } ?? id
        let plain =
            switch family {
            case .openAI: "call_" + plain(bare)
            case .anthropic: "toolu_" + plain(bare)
            case .gemini, .bedrock: id
            }
        return plain + (signature.map { mark + webSafe($0) } ?? "")
    }

    /// The id and the signature of what a caller sends back.
    static func split(_ shown: String) -> (id: String, signature: String?) {
        guard let range = shown.firstRange(of: mark) else { return (shown, nil) }
        return (String(shown[..<range.lowerBound]), ordinary(String(shown[range.upperBound...])))
    }

    /// Letters, digits, `_` and `-`: what all providers take.
    static func plain(_ id: String) -> String {
        String(
            String.UnicodeScalarView(
                id.unicodeScalars.map { scalar in
                    switch scalar {
                    case "a"..."z", "A"..."Z", "0"..."9", "_", "-": scalar
                    default: "-"
                    }
                }))
    }

    /// Base64 of the alphabet for addresses, without padding.
    private static func webSafe(_ base64: String) -> String {
        base64.replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }

    /// Base64 of the ordinary alphabet.
    private static func ordinary(_ text: String) -> String {
        let letters = text.replacing("-", with: "+").replacing("_", with: "/")
        return letters + String(repeating: "=", count: (4 - letters.utf8.count % 4) % 4)
    }
}
