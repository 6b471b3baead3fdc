internal import JSONScan
package import Prompts

/// The tokenizers that the operator supplies, by model.
package struct TokenizerSet: Sendable {
    private let entries: [(pattern: String, tokenizer: BytePairTokenizer)]

    /// Creates a set.
    ///
    /// - Parameter entries: models, or beginnings of their names with a `*`; the first that fits is used.
    package init(_ entries: [(pattern: String, tokenizer: BytePairTokenizer)] = []) { self.entries = entries }

    /// The tokenizer of a model; `nil` where there is none.
    func tokenizer(of model: String) -> BytePairTokenizer? {
        entries.first { ModelPattern.matches($0.pattern, model) }?.tokenizer
    }
}

/// Counts the tokens of a prompt that stands in JSON.
enum PromptTokens {
    /// Tokens that a provider adds for each message or part: frames, roles, separators.
    private static let frame = 8

    /// The tokens of all texts in some JSON, keys and roles included, and a frame for each object.
    ///
    /// - Returns: `nil` where the bytes are not JSON.
    static func count(_ json: UnsafeBufferPointer<UInt8>, with tokenizer: BytePairTokenizer) -> Int? {
        guard let value = try? JSONValue.parse(json) else { return nil }
        return count(value, tokenizer)
    }

    private static func count(_ value: JSONValue, _ tokenizer: BytePairTokenizer) -> Int {
        switch value {
        case .null, .bool: 1
        case .number(let text), .string(let text): count(text, tokenizer)
        case .array(let elements): elements.reduce(0) { $0 + count($1, tokenizer) }
        case .object(let members):
            members.reduce(frame) { $0 + count($1.key, tokenizer) + count($1.value, tokenizer) }
        }
    }

    private static func count(_ text: String, _ tokenizer: BytePairTokenizer) -> Int {
        var text = text
        return text.withUTF8 { tokenizer.count($0) }
    }
}
