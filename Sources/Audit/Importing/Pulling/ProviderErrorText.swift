internal import JSONScan

/// A provider's own words about what went wrong, short, on one line, and without keys.
enum ProviderErrorText {
    private static let longest = 300

    /// The words; `nil` where the body has none.
    static func read(_ body: [UInt8]) -> String? {
        let text =
            (try? JSONValue.parse(body)).flatMap(message) ?? String(decoding: body.prefix(4 * longest), as: UTF8.self)
        let words = text.split(whereSeparator: \.isWhitespace).map(masked)
        let line = words.joined(separator: " ")
        if line.isEmpty || line.hasPrefix("<") { return nil }
        return line.count > longest ? line.prefix(longest) + "…" : line
    }

    /// The message of `{"error": {"message": …}}`, `{"message": …}`, `{"detail": …}` and their like.
    private static func message(_ document: JSONValue) -> String? {
        for key in ["error", "detail", "message", "error_message"] {
            guard let value = document[key] else { continue }
            if let text = value.text ?? message(value) { return text }
        }
        return nil
    }

    /// A word that looks like a key, cut off behind its beginning. Providers repeat keys in their messages.
    private static func masked(_ word: Substring) -> String {
        let isKey = ["sk-", "pk-", "Bearer", "Basic"].contains { word.contains($0) }
        return isKey && word.count > 10 ? word.prefix(6) + "…" : String(word)
    }
}
