import JSONScan

extension AnswerDraft {
    /// Takes a candidate in: a whole one, or a piece of a streamed one.
    mutating func take(candidate: JSONValue) {
        for part in candidate["content"]?["parts"]?.elements ?? [] { take(geminiPart: part) }
        for token in candidate["logprobsResult"]?["chosenCandidates"]?.elements ?? [] {
            take(logProbability: token["logProbability"])
        }
        // What Google searched for is a part of the answer.
        if candidate["groundingMetadata"] ?? .null != .null { hasOtherParts = true }
        statedMean = Self.number(candidate["avgLogprobs"]) ?? statedMean
        guard let word = candidate["finishReason"]?.text else { return }
        finish = AnswerReading.Finish(GeminiWords.stop(word))
    }

    private mutating func take(geminiPart part: JSONValue) {
        if part["thought"]?.isTrue ?? false { return }
        if case .string = part["text"] { return say(part["text"]) }
        if let call = part["functionCall"] {
            let arguments = call["args"] ?? .object([])
            calls.append(AnswerReading.Call(name: call["name"]?.text ?? "", arguments: arguments.compactText))
        } else if !part.members.allSatisfy({ ["thoughtSignature", "partMetadata"].contains($0.key) }) {
            hasOtherParts = true
        }
    }
}
