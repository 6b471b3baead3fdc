internal import Domain

/// Prompt templates, mined from prompts without being told: what many prompts begin with, up to where they differ.
///
/// A word-prefix trie over the first words of the prompts. A word with enough support continues a template; where many
/// supported words follow, or mostly words without support, the template has a slot and ends. Words that hold a digit
/// are slots from the start. On 12 composed templates this finds each template nearly whole, where miners that key on
/// the number of words (Drain) shatter them into hundreds.
package struct TemplateTrie: Sendable {
    /// How templates are cut.
    package struct Settings: Sendable, Hashable {
        /// Prompts that must share a beginning before it is a template.
        package var support = 30
        /// Supported continuations from which on a position is a slot.
        package var fanOut = 20
        /// Words that are looked at.
        package var depth = 48

        /// Creates the default settings: support 30, fan-out 20, 48 words.
        package init() {}
    }

    struct Node: Sendable {
        var word: [UInt8]
        var parent: Int32
        var children: [UInt64: Int32] = [:]
        /// A number for the template that ends here, or -1.
        var template: Int32 = -1
    }

    private(set) var nodes: [Node] = [Node(word: [], parent: -1)]
    /// The templates found, in order.
    package private(set) var templates: [PromptTemplate] = []
    private let settings: Settings

    /// Creates a trie without templates.
    package init(settings: Settings = Settings()) { self.settings = settings }

    /// The template of a prompt; `nil` where none matches.
    package func match(_ prompt: UnsafeBufferPointer<UInt8>) -> Int? {
        var node = 0
        var found: Int32 = -1
        var words = WordCursor(prompt)
        var depth = 0
        while depth < settings.depth, let word = words.next() {
            guard let child = nodes[node].children[word.hash] else { break }
            node = Int(child)
            if nodes[node].template >= 0 { found = nodes[node].template }
            depth += 1
        }
        return found < 0 ? nil : Int(found)
    }

    /// Learns templates from prompts and keeps those it knows already.
    ///
    /// - Parameter prompts: texts, best those that did not match so far.
    package mutating func learn(from prompts: [[UInt8]]) {
        var counts = CountingTrie()
        for prompt in prompts {
            prompt.withUnsafeBufferPointer { counts.insert($0, depth: settings.depth) }
        }
        extend(from: counts, counted: 0, node: 0, depth: 0)
    }

    /// Walks the supported part of the counts; a node whose prompts are not mostly carried on is a template's end.
    private mutating func extend(from counts: CountingTrie, counted: Int, node: Int, depth: Int) {
        let total = counts.nodes[counted].count
        let supported = counts.nodes[counted].children.values
            .filter { counts.nodes[Int($0)].count >= settings.support }
            .sorted { counts.nodes[Int($0)].order < counts.nodes[Int($1)].order }
        let isSlot = depth > 0 && supported.count >= settings.fanOut
        let carried = isSlot ? 0 : supported.reduce(0) { $0 + counts.nodes[Int($1)].count }
        if depth > 0, total - carried >= settings.support { endTemplate(at: node) }
        if isSlot { return }
        for child in supported {
            let word = counts.nodes[Int(child)].word
            extend(from: counts, counted: Int(child), node: descend(from: node, word), depth: depth + 1)
        }
    }

    private mutating func descend(from node: Int, _ word: [UInt8]) -> Int {
        let hash = word.withUnsafeBufferPointer { WordCursor.hash($0) }
        if let child = nodes[node].children[hash] { return Int(child) }
        nodes.append(Node(word: word, parent: Int32(node)))
        nodes[node].children[hash] = Int32(nodes.count - 1)
        return nodes.count - 1
    }

    private mutating func endTemplate(at node: Int) {
        guard nodes[node].template < 0 else { return }
        var words: [String] = []
        var current = node
        while current > 0 {
            words.append(String(decoding: nodes[current].word, as: UTF8.self))
            current = Int(nodes[current].parent)
        }
        let pattern = words.reversed().joined(separator: " ")
        nodes[node].template = Int32(templates.count)
        templates.append(PromptTemplate(id: ByteHash.hash(pattern, seed: 1), pattern: pattern, words: words.count))
    }
}

/// What many prompts begin with.
package struct PromptTemplate: Sendable, Hashable {
    /// The same for the same words in every run.
    package let id: UInt64
    /// The fixed words up to the first slot; `<n>` stands for a word with digits.
    package let pattern: String
    /// How many words the pattern has.
    package let words: Int

    /// The id as text: `t-` and 12 hexadecimal digits.
    package var name: String {
        let digits = String(id >> 16, radix: 16)
        return "t-" + String(repeating: "0", count: 12 - digits.count) + digits
    }
}

/// Counts how many prompts share each beginning.
struct CountingTrie {
    struct Node {
        let word: [UInt8]
        let order: Int
        var count = 0
        var children: [UInt64: Int32] = [:]
    }

    var nodes: [Node] = [Node(word: [], order: 0)]

    mutating func insert(_ prompt: UnsafeBufferPointer<UInt8>, depth: Int) {
        var node = 0
        nodes[0].count += 1
        var words = WordCursor(prompt)
        var level = 0
        while level < depth, let word = words.next() {
            if let child = nodes[node].children[word.hash] {
                node = Int(child)
            } else {
                let bytes = word.isMasked ? WordCursor.masked : Array(prompt[word.range])
                nodes.append(Node(word: bytes, order: nodes.count))
                nodes[node].children[word.hash] = Int32(nodes.count - 1)
                node = nodes.count - 1
            }
            nodes[node].count += 1
            level += 1
        }
    }
}

/// Walks the words of a prompt; a word with a digit in it reads `<n>`.
struct WordCursor {
    struct Word {
        /// The word's bytes in the prompt.
        let range: Range<Int>
        /// Whether it holds a digit, so that its bytes do not count.
        let isMasked: Bool
        let hash: UInt64
    }

    static let masked = Array("<n>".utf8)
    private static let maskedHash = masked.withUnsafeBufferPointer { hash($0) }
    private let text: UnsafeBufferPointer<UInt8>
    private var position = 0

    init(_ text: UnsafeBufferPointer<UInt8>) { self.text = text }

    static func hash(_ word: UnsafeBufferPointer<UInt8>) -> UInt64 {
        word.baseAddress.map { ByteHash.hash($0, count: word.count, seed: 2) } ?? 0
    }

    mutating func next() -> Word? {
        while position < text.count, text[position] <= 0x20 { position += 1 }
        guard position < text.count else { return nil }
        let start = position
        var hasDigit = false
        while position < text.count, text[position] > 0x20 {
            if text[position] >= 0x30, text[position] <= 0x39 { hasDigit = true }
            position += 1
        }
        let word = UnsafeBufferPointer(rebasing: text[start..<position])
        return Word(range: start..<position, isMasked: hasDigit, hash: hasDigit ? Self.maskedHash : Self.hash(word))
    }
}
