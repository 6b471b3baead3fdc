import Foundation
import Prompts

/// A vocabulary of all bytes, numbered by their value, and a few merges from 256 on.
enum MadeVocabulary {
    static let merged = ["ab", "abc", "bc", "aa", "aaaa"]

    /// The lines of its tiktoken file.
    static var tiktokenLines: [String] {
        let tokens = (UInt8.min...UInt8.max).map { [$0] } + merged.map { Array($0.utf8) }
        return tokens.enumerated().map { "\(Data($1).base64EncodedString()) \($0)" }
    }

    static func tiktoken(_ pattern: PretokenizerPattern) throws -> BytePairTokenizer {
        try BytePairTokenizer(
            tiktoken: Array(tiktokenLines.joined(separator: "\n").utf8), encoding: pattern, file: "made.tiktoken")
    }

    /// The tokenizer.json of the same vocabulary, changed as a test wants it.
    static func json(_ change: (inout [String: Any]) -> Void = { _ in }) throws -> BytePairTokenizer {
        var document: [String: Any] = [
            "added_tokens": [["id": 300, "content": "<|end|>", "special": true]], "normalizer": NSNull(),
            "pre_tokenizer": ["type": "ByteLevel", "add_prefix_space": false, "use_regex": true],
            "model": model(),
        ]
        change(&document)
        let data = try JSONSerialization.data(withJSONObject: document)
        return try BytePairTokenizer(tokenizerJSON: Array(data), file: "tokenizer.json")
    }

    /// The model of the tokenizer.json; options are added to it or replace what is there.
    static func model(_ options: [String: Any] = [:]) -> [String: Any] {
        let base: [String: Any] = [
            "type": "BPE", "vocab": vocabulary, "merges": ["a b", "ab c", "b c", "a a", "aa aa"],
        ]
        return base.merging(options) { $1 }
    }

    /// The pre-tokenizer that splits by a regular expression.
    static func split(_ expression: String, behaviour: String = "Isolated") -> [String: Any] {
        let split: [String: Any] = [
            "type": "Split", "pattern": ["Regex": expression], "behavior": behaviour, "invert": false,
        ]
        let level: [String: Any] = ["type": "ByteLevel", "add_prefix_space": false, "use_regex": false]
        return ["type": "Sequence", "pretokenizers": [split, level]]
    }

    /// The tokens in byte-level's alphabet, with their numbers.
    static var vocabulary: [String: Int] {
        var next: UInt32 = 0x100
        var vocabulary: [String: Int] = [:]
        for byte in UInt32(0)..<256 {
            let isPrintable = (0x21...0x7E).contains(byte) || (0xA1...0xFF).contains(byte) && byte != 0xAD
            if let letter = Unicode.Scalar(isPrintable ? byte : next) { vocabulary[String(letter)] = Int(byte) }
            if !isPrintable { next += 1 }
        }
        for (position, token) in merged.enumerated() { vocabulary[token] = 256 + position }
        return vocabulary
    }
}

extension BytePairTokenizer {
    /// The count of a string's tokens.
    func count(_ text: String) -> Int { Array(text.utf8).withUnsafeBufferPointer { count($0) } }
}
