import Domain
import Prompts
import Testing

@Suite("Prompt templates")
struct TemplateTrieTests {
    /// Composed prompts: twelve templates with slots of varying length, early and late.
    private static let patterns = [
        "You are a support agent of Acme. Customer {} asks: {}", "Summarise the following meeting in five points: {}",
        "Translate into German, keep the tone: {}", "Classify the ticket as bug, question or praise: {}",
        "Extract invoice number, date and total from: {}", "Write a SQL query over the table orders that answers: {}",
        "Review this change for defects and style. Repository {} change: {}", "Draft a polite reply to this e-mail: {}",
        "You are a support agent of Beta. Be brief. {}", "Rate the sentiment of this review from one to five: {}",
        "Explain this error message to a beginner: {}", "Answer from the context only. Context: {} Question: {}",
    ]

    private static func prompts(_ count: Int, seed: String) -> [(template: Int, text: [UInt8])] {
        (0..<count).map { number in
            let hash = ByteHash.hash("\(seed) \(number)")
            let template = Int(hash % UInt64(patterns.count))
            var slot = 0
            let text = patterns[template].split(separator: " ").map { word -> String in
                guard word == "{}" else { return String(word) }
                slot += 1
                return (0...Int(hash >> UInt64(8 * slot) % 9)).map {
                    "w\(letters(ByteHash.hash("\(seed) \(number) \(slot) \($0)")))"
                }
                .joined(separator: " ")
            }.joined(separator: " ")
            return (template, Array(text.utf8))
        }
    }

    private static func letters(_ hash: UInt64) -> String {
        String((0..<4).map { Character(Unicode.Scalar(UInt8(97 + (hash >> UInt64($0 * 8)) % 26))) })
    }

    private func match(_ trie: TemplateTrie, _ text: [UInt8]) -> Int? {
        text.withUnsafeBufferPointer { trie.match($0) }
    }

    @Test("Prompts of one template come together, those of two never")
    func purity() {
        let prompts = Self.prompts(6000, seed: "learn")
        var trie = TemplateTrie()
        trie.learn(from: prompts.map(\.text))
        var byFound: [Int: [Int: Int]] = [:]
        var byTemplate: [Int: [Int: Int]] = [:]
        for prompt in prompts {
            guard let found = match(trie, prompt.text) else { continue }
            byFound[found, default: [:]][prompt.template, default: 0] += 1
            byTemplate[prompt.template, default: [:]][found, default: 0] += 1
        }
        let pure = byFound.values.reduce(0) { $0 + ($1.values.max() ?? 0) }
        let whole = byTemplate.values.reduce(0) { $0 + ($1.values.max() ?? 0) }
        #expect(Double(pure) / 6000 >= 0.99)
        #expect(Double(whole) / 6000 >= 0.81)
        #expect(trie.templates.count <= 21)
    }

    @Test("Templates are the same from another sample, and further learning keeps their numbers")
    func stability() {
        var first = TemplateTrie()
        first.learn(from: Self.prompts(6000, seed: "one").map(\.text))
        var second = TemplateTrie()
        second.learn(from: Self.prompts(6000, seed: "two").map(\.text))
        #expect(Set(first.templates.map(\.name)) == Set(second.templates.map(\.name)))
        let before = first.templates
        first.learn(from: Self.prompts(6000, seed: "three").map(\.text))
        #expect(Array(first.templates.prefix(before.count)) == before)
    }

    @Test("Too few prompts make no template, and none matches")
    func support() {
        var trie = TemplateTrie()
        trie.learn(from: Self.prompts(100, seed: "few").map(\.text))
        #expect(trie.templates.isEmpty)
        #expect(match(trie, Array("You are".utf8)) == nil)
        #expect(match(trie, []) == nil)
    }
}
