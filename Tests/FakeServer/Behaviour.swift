import Foundation

/// What an answer should be like.
struct Behaviour: Hashable, Sendable {
    var status = 200
    var delay: Int64 = 0
    var deltas = 3
    var pace: Int64 = 0
    var bytes = 90
    var input = 57
    var output = 17
    /// For how many prompts of a thousand the answer is another one; absent where answers do not depend on the prompt.
    var wrong: Int?
    /// How many calls of the model are answered rightly before.
    var after = 0
    var cached = 2
    var cut: Int?
    var streams = false
    var includesUsage = false
    /// The answer to the prompt, where it depends on that.
    private(set) var answer: String?

    /// Reads a request's body, and what it is told between exclamation marks.
    init(body: [String: Any], told: String) {
        streams = body["stream"] as? Bool ?? false
        includesUsage = (body["stream_options"] as? [String: Any])?["include_usage"] as? Bool ?? false
        for pair in told.split(separator: ",") {
            let parts = pair.split(separator: "=")
            guard parts.count == 2, let value = Int(parts[1]) else { continue }
            set(String(parts[0]), value)
        }
    }

    private mutating func set(_ key: String, _ value: Int) {
        switch key {
        case "status": status = value
        case "delay": delay = Int64(value)
        case "deltas": deltas = value
        case "pace": pace = Int64(value)
        case "bytes": bytes = value
        case "input": input = value
        case "output": output = value
        case "cached": cached = value
        case "cut": cut = value
        case "wrong": wrong = value
        case "after": after = value
        default: break
        }
    }

    /// Answers a request's prompt, rightly or not; the usage is that of the two texts, four bytes to a token.
    ///
    /// - Parameter call: which call of the model it is, from 1.
    mutating func reply(to body: [String: Any], call: Int) {
        guard let wrong else { return }
        let number = PromptAnswer.number(of: PromptAnswer.question(in: body))
        let isWrong = call > after && PromptAnswer.isWrong(number, permille: wrong)
        let text = PromptAnswer.text(isWrong ? ~number : number, bytes: bytes)
        answer = text
        deltas = text.split(separator: " ").count
        (input, output, cached) = ((PromptAnswer.size(of: body) + 3) / 4, (text.utf8.count + 3) / 4, 0)
    }

    /// The answer's text.
    var text: String {
        answer ?? String(repeating: "Yes, Santa is real. ", count: bytes / 20 + 1).prefix(bytes).description
    }

    /// What a stream's deltas say.
    var pieces: [String] {
        guard let answer else { return Array(repeating: "word ", count: deltas) }
        let words = answer.split(separator: " ")
        return words.indices.map { $0 == words.indices.last ? String(words[$0]) : words[$0] + " " }
    }
}
