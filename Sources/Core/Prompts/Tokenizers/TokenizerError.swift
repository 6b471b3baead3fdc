/// Why a tokenizer's file cannot be used.
package struct TokenizerError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The file as the user named it.
    package let file: String
    /// The line, from 1, where known.
    package let line: Int?
    /// The part of a tokenizer.json, such as `model.merges[12]`, where known.
    package let field: String?
    /// What is wrong and what to do about it.
    package let message: String

    /// Creates an error.
    package init(file: String, line: Int? = nil, field: String? = nil, _ message: String) {
        (self.file, self.line, self.field, self.message) = (file, line, field, message)
    }

    /// `cl100k_base.tiktoken:12: …`
    package var description: String {
        file + (line.map { ":\($0)" } ?? "") + ": " + (field.map { "\($0): " } ?? "") + message
    }
}

/// What a tokenizer's file may hold at most, so that a wrong file is refused before it fills the memory.
package enum TokenizerLimits {
    /// Bytes of a tiktoken file: 64 MiB. The file of o200k_base has 3.5 MiB.
    package static let tiktokenBytes = 64 << 20
    /// Bytes of a tokenizer.json: 128 MiB. Llama 3's has 17 MiB.
    package static let jsonBytes = 128 << 20
    /// Tokens of a vocabulary, and one above the highest number of a token: 4,194,304.
    package static let tokens = 1 << 22
    /// Bytes of one token: 4,096. The longest of o200k_base has 128.
    package static let tokenBytes = 4096
    /// Bytes of a piece of text that is merged; a longer one counts a token per byte. 2 GiB.
    package static let pieceBytes = 1 << 31
}
