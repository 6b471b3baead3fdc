/// Answers that depend on the prompt alone: the same question has the same answer from every model that is right.
enum PromptAnswer {
    /// The text of the last turn of a request, in any of the APIs.
    static func question(in body: [String: Any]) -> String {
        let turns = body["messages"] ?? body["contents"] ?? body["input"] ?? body["prompt"]
        return text(of: (turns as? [Any])?.last ?? turns ?? "")
    }

    /// How many bytes of text a request has, instructions included.
    static func size(of body: [String: Any]) -> Int {
        let texts = ["system", "systemInstruction", "instructions", "messages", "contents", "input", "prompt"]
        return texts.compactMap { body[$0] }.reduce(0) { $0 + text(of: $1).utf8.count }
    }

    private static func text(of value: Any) -> String {
        switch value {
        case let text as String: text
        case let parts as [Any]: parts.map { text(of: $0) }.joined(separator: " ")
        case let part as [String: Any]: text(of: part["content"] ?? part["parts"] ?? part["text"] ?? "")
        default: ""
        }
    }

    /// A number for what is asked: that of its words of five letters and more, and of its figures, in any order and case.
    /// So a question in other small words is the same question.
    static func number(of question: String) -> UInt64 {
        let all: [Substring] = question.lowercased().split { !$0.isLetter && !$0.isNumber }
        let telling = all.filter { $0.count >= 5 || $0.contains(where: \.isNumber) }
        return hash(Set(telling).sorted().joined(separator: " "))
    }

    /// Words for a number: about so many bytes of them.
    static func text(_ number: UInt64, bytes: Int) -> String {
        var (state, text) = (number, "")
        repeat {
            state = mixed(state)
            text += (text.isEmpty ? "" : " ") + words[Int(state % UInt64(words.count))]
        } while text.utf8.count < bytes
        return text
    }

    /// Whether a model that is wrong for so many prompts in a thousand is wrong for this one: always for the same ones.
    static func isWrong(_ number: UInt64, permille: Int) -> Bool {
        mixed(number ^ 0x9e37_79b9_7f4a_7c15) % 1_000 < UInt64(max(permille, 0))
    }

    private static let words = [
        "amber", "basin", "cedar", "delta", "ember", "fjord", "glade", "heron", "inlet", "jade", "kelp", "lotus",
        "maple", "north", "olive", "pearl", "quartz", "ridge", "slate", "tulip", "umber", "vale", "willow", "yarrow",
    ]

    /// FNV-1a.
    private static func hash(_ text: String) -> UInt64 {
        text.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    }

    /// SplitMix64's last steps.
    private static func mixed(_ number: UInt64) -> UInt64 {
        var z = number &+ 0x9e37_79b9_7f4a_7c15
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return z ^ (z >> 31)
    }
}
