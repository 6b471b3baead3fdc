import JSONScan

/// One answer as it is being read.
struct AnswerDraft {
    var text = ""
    var calls: [AnswerReading.Call] = []
    /// Which call a fragment of a stream belongs to: chat's calls by their numbers and ids, Anthropic's by their block.
    var callNumbers = OpenAICallNumbers()
    var callBlocks: [Int64: Int] = [:]
    var finish = AnswerReading.Finish.other
    var isRefusal = false
    var hasOtherParts = false
    /// The mean where the provider gives no more.
    var statedMean: Double?
    private var leastLogProbability: Double?
    private var sum = 0.0
    private var tokens = 0

    /// Takes what a token's probability was, where that is a number.
    mutating func take(logProbability: JSONValue?) {
        guard let value = Self.number(logProbability) else { return }
        leastLogProbability = min(leastLogProbability ?? value, value)
        (sum, tokens) = (sum + value, tokens + 1)
    }

    static func number(_ value: JSONValue?) -> Double? {
        guard case .number(let text) = value, let number = Double(text), number.isFinite else { return nil }
        return number
    }

    /// Appends a text of the model's; anything but a string says nothing.
    mutating func say(_ value: JSONValue?) {
        if case .string(let more) = value { text += more }
    }

    /// Appends what the model says instead of an answer.
    mutating func refuse(_ value: JSONValue?) {
        guard case .string(let more) = value else { return }
        text += more
        isRefusal = isRefusal || !more.isEmpty
    }

    /// The answer as it stands.
    var reading: AnswerReading {
        var reading = AnswerReading()
        (reading.text, reading.hasOtherParts, reading.finish) = (text, hasOtherParts, finish)
        reading.toolCalls = calls.map { call in
            call.arguments.isEmpty ? AnswerReading.Call(name: call.name, arguments: "{}") : call
        }
        // An ordinary end behind calls waits for their results, and one behind a refusal refuses.
        if finish == .stop, !calls.isEmpty { reading.finish = .toolCalls }
        if reading.finish.isWhole, isRefusal { reading.finish = .filter }
        reading.leastLogProbability = leastLogProbability
        reading.meanLogProbability = tokens > 0 ? sum / Double(tokens) : statedMean
        return reading
    }
}
