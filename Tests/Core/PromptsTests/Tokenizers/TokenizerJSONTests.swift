import Foundation
import Prompts
import Testing

@Suite("Hugging Face tokenizer.json")
struct TokenizerJSONTests {
    @Test("Merges in pairs, and a Split whose pattern is known")
    func spellings() throws {
        let pairs = [["a", "b"], ["ab", "c"], ["b", "c"], ["a", "a"], ["aa", "aa"]]
        let tokenizer = try MadeVocabulary.json {
            $0["model"] = MadeVocabulary.model(["merges": pairs])
            $0["pre_tokenizer"] = MadeVocabulary.split(PretokenizerPattern.qwen2.regularExpression)
        }
        #expect(tokenizer.encode("abc 12") == [257, 32, 49, 50])
    }

    @Test("A token that no merge makes is found as a whole piece only with ignore_merges", arguments: [true, false])
    func ignoreMerges(_ ignores: Bool) throws {
        let tokenizer = try MadeVocabulary.json {
            let vocabulary = MadeVocabulary.vocabulary.merging(["xyz": 400]) { $1 }
            $0["model"] = MadeVocabulary.model(["vocab": vocabulary, "ignore_merges": ignores])
        }
        #expect(tokenizer.encode("xyz") == (ignores ? [400] : [120, 121, 122]))
    }

    @Test(
        "Texts are brought into the normal form",
        arguments: [
            ("NFC", "e\u{301}", "\u{E9}"), ("NFC", "\u{FB01}", "\u{FB01}"), ("NFKC", "\u{FB01}", "fi"),
            ("NFKC", "\u{FF76}\u{FF9E}", "\u{30AC}"), ("NFKC", "\u{32FF}\u{FB01}", "\u{32FF}fi"),
        ])
    func normalForms(_ form: String, _ text: String, _ normalised: String) throws {
        let tokenizer = try MadeVocabulary.json { $0["normalizer"] = ["type": form] }
        #expect(tokenizer.encode(text) == Array(normalised.utf8).map { Int($0) })
    }

    @Test("What cannot be followed exactly is refused by name")
    func unsupported() throws {
        try expect("model.byte_fallback") { $0["model"] = MadeVocabulary.model(["byte_fallback": true]) }
        try expect("model.type: Unigram") { $0["model"] = MadeVocabulary.model(["type": "Unigram"]) }
        try expect("model.dropout") { $0["model"] = MadeVocabulary.model(["dropout": 0.1]) }
        try expect("model.end_of_word_suffix") { $0["model"] = MadeVocabulary.model(["end_of_word_suffix": "</w>"]) }
        try expect("normalizer: Prepend") { $0["normalizer"] = ["type": "Prepend", "prepend": "_"] }
        try expect("pre_tokenizer: Metaspace") { $0["pre_tokenizer"] = ["type": "Metaspace"] }
        try expect("pre_tokenizer: none") { $0["pre_tokenizer"] = NSNull() }
        try expect("pre_tokenizer: the Split pattern [a-z]+ is") {
            $0["pre_tokenizer"] = MadeVocabulary.split("[a-z]+")
        }
        try expect("pre_tokenizer: Split with the behaviour Removed") {
            $0["pre_tokenizer"] = MadeVocabulary.split(
                PretokenizerPattern.llama3.regularExpression, behaviour: "Removed")
        }
        try expect("added_tokens[0]: added tokens of white space") {
            $0["added_tokens"] = [["id": 300, "content": "    ", "special": false]]
        }
    }

    @Test("A damaged vocabulary is refused with the part at fault")
    func damaged() throws {
        try expect("model.vocab: it has no token for the byte") {
            $0["model"] = MadeVocabulary.model(["vocab": ["a": 0], "merges": [String]()])
        }
        try expect("model.vocab: the number of a token") { $0["model"] = MadeVocabulary.model(["vocab": ["a": -1]]) }
        try expect("model.merges[0]: a token of it") { $0["model"] = MadeVocabulary.model(["merges": ["x y"]]) }
        try expect("model.merges[1]: a merge is") { $0["model"] = MadeVocabulary.model(["merges": ["a b", "abc"]]) }
        try expect("model.merges: it has to be") { $0["model"] = MadeVocabulary.model(["merges": 1]) }
        try expect("model: it is missing") { $0["model"] = nil }
    }

    @Test("What is not JSON is refused with the line")
    func notJSON() {
        let error = #expect(throws: TokenizerError.self) {
            try BytePairTokenizer(tokenizerJSON: Array("{\n\"model\": ?}".utf8), file: "tokenizer.json")
        }
        #expect(error?.line == 2)
    }

    private func expect(_ message: String, _ change: (inout [String: Any]) -> Void) throws {
        let error = #expect(throws: TokenizerError.self) { try MadeVocabulary.json(change) }
        #expect(error?.description.hasPrefix("tokenizer.json: " + message) == true, "\(error?.description ?? "none")")
    }
}
