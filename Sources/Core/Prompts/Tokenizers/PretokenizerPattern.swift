/// How a text is cut into pieces before bytes are merged; no token reaches across two pieces.
///
/// The raw value is the name by which an operator chooses it.
package enum PretokenizerPattern: String, Sendable, Hashable, CaseIterable {
    /// GPT-3, as tiktoken has it.
    case r50kBase = "r50k_base"
    /// Codex, as tiktoken has it.
    case p50kBase = "p50k_base"
    /// GPT-4 and GPT-3.5, as tiktoken has it.
    case cl100kBase = "cl100k_base"
    /// GPT-4o and later.
    case o200kBase = "o200k_base"
    /// GPT-2, and byte-level tokenizers without a pattern of their own.
    case gpt2
    /// Llama 3, and GPT-4 as converted for Hugging Face.
    case llama3
    /// Qwen 2 and later: one digit at a time.
    case qwen2

    /// The regular expression that the splitter equals, as the reference writes it.
    package var regularExpression: String {
        switch self {
        case .r50kBase, .p50kBase: Self.r50k
        case .cl100kBase: Self.cl100k
        case .o200kBase: Self.o200k
        case .gpt2: Self.gpt2Words
        case .llama3: Self.words(number: #"\p{N}{1,3}"#)
        case .qwen2: Self.words(number: #"\p{N}"#)
        }
    }

    /// The pattern with this regular expression; `nil` for one that is not known.
    package init?(regularExpression: String) {
        let found = Self.allCases.first { $0.regularExpression == regularExpression }
        guard let found else { return nil }
        self = found
    }

    private static let r50k = #"'(?:[sdmt]|ll|ve|re)| ?\p{L}++| ?\p{N}++| ?[^\s\p{L}\p{N}]++|\s++$|\s+(?!\S)|\s"#

    private static let cl100k =
        #"'(?i:[sdmt]|ll|ve|re)|[^\r\n\p{L}\p{N}]?+\p{L}++|\p{N}{1,3}+| ?[^\s\p{L}\p{N}]++[\r\n]*+"#
        + #"|\s++$|\s*[\r\n]|\s+(?!\S)|\s"#

    private static let o200k = [
        #"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?"#,
        #"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?"#,
        #"\p{N}{1,3}"#, #" ?[^\s\p{L}\p{N}]+[\r\n/]*"#, #"\s*[\r\n]+"#, #"\s+(?!\S)"#, #"\s+"#,
    ].joined(separator: "|")

    private static let gpt2Words =
        #"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"#

    private static func words(number: String) -> String {
        #"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|"# + number
            + #"| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"#
    }
}
