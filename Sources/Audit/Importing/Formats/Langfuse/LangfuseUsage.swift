internal import Domain
internal import JSONScan

/// The tokens of an observation: a map of free-form keys that are meant to be disjoint.
struct LangfuseUsage {
    private let details: JSONValue
    private var input = TokenCount.unknown
    private var output = TokenCount.unknown
    private var total = TokenCount.unknown
    private var cacheRead = TokenCount.unknown
    private var written = TokenCount.unknown
    private var written5m = TokenCount.unknown
    private var written1h = TokenCount.unknown
    private var reasoning = TokenCount.unknown
    private var audioInput = TokenCount.unknown
    private var audioOutput = TokenCount.unknown
    private var otherInput: Int64 = 0
    private var otherOutput: Int64 = 0

    init(_ details: JSONValue) { self.details = details }

    func read(_ builder: inout RecordBuilder) throws(RowProblem) -> TokenUsage {
        var sums = self
        for member in details.members { try sums.take(member.key) }
        return try sums.usage(&builder)
    }

    private mutating func take(_ key: String) throws(RowProblem) {
        let kind = Kind(key)
        if kind == .ignored { return }
        let count = try details.count([key])
        guard let tokens = count.known else { return }
        switch kind {
        case .input: input = count
        case .output: output = count
        case .total: total = count
        // The same count may stand under the provider's and under Langfuse's own key.
        case .cacheRead: cacheRead = TokenCount(max(cacheRead.orZero, tokens))
        case .written: written = TokenCount(max(written.orZero, tokens))
        case .written5m: written5m = TokenCount(max(written5m.orZero, tokens))
        case .written1h: written1h = TokenCount(max(written1h.orZero, tokens))
        case .reasoning: reasoning = TokenCount(max(reasoning.orZero, tokens))
        case .audioInput: audioInput = count
        case .audioOutput: audioOutput = count
        case .otherInput: otherInput += tokens
        case .otherOutput: otherOutput += tokens
        case .ignored: break
        }
    }

    private func usage(_ builder: inout RecordBuilder) throws(RowProblem) -> TokenUsage {
        var usage = TokenUsage(cacheRead: cacheRead, reasoning: reasoning)
        let split = written5m.orZero + written1h.orZero
        if written.isKnown || written5m.isKnown || written1h.isKnown {
            usage.cacheWrite5m = TokenCount(written5m.orZero + max(written.orZero - split, 0))
            usage.cacheWrite1h = TokenCount(written1h.orZero)
        }
        (usage.audioInput, usage.audioOutput) = (audioInput, audioOutput)
        guard !partsAreInside(usage) else {
            builder.note(
                "langfuse_overlap",
                "Keys of usage_details overlap: cached tokens are counted in input as well; they were subtracted.")
            usage.uncachedInput = try input.minusCached(usage)
            usage.output = output
            return usage
        }
        if input.isKnown || audioInput.isKnown || otherInput > 0 {
            usage.uncachedInput = TokenCount(input.orZero + audioInput.orZero + otherInput)
        }
        if output.isKnown || reasoning.isKnown || audioOutput.isKnown || otherOutput > 0 {
            usage.output = TokenCount(output.orZero + reasoning.orZero + audioOutput.orZero + otherOutput)
        }
        return usage
    }

    /// Whether the parts are counted in input and output already: then these two alone come to the total.
    private func partsAreInside(_ usage: TokenUsage) -> Bool {
        guard let total = total.known, input.isKnown, output.isKnown else { return false }
        let cached = usage.cacheRead.orZero + usage.cacheWrite5m.orZero + usage.cacheWrite1h.orZero
        let inputParts = cached + audioInput.orZero + otherInput
        let outputParts = reasoning.orZero + audioOutput.orZero + otherOutput
        // What is more than the whole cannot be inside it: such a total leaves the cache out.
        guard inputParts <= input.orZero, outputParts <= output.orZero else { return false }
        return inputParts + outputParts > 0 && input.orZero + output.orZero == total
    }
}

extension LangfuseUsage {
    /// What a key of the map counts.
    private enum Kind {
        case input, output, total, cacheRead, written, written5m, written1h, reasoning, audioInput, audioOutput
        case otherInput, otherOutput, ignored

        init(_ key: String) {
            let word = key.lowercased().replacing("_", with: "")
            let isInput = word.hasPrefix("input") || word.hasPrefix("prompt")
            let isOutput = word.hasPrefix("output") || word.hasPrefix("completion")
            self =
                if word.hasSuffix("cost") { .ignored } else if word.contains("cach") {
                    Self.cache(word)
                } else if ["reason", "think", "thought"].contains(where: { word.contains($0) }) {
                    .reasoning
                } else if word.hasPrefix("total") {
                    .total
                } else if ["input", "inputtokens", "prompt", "prompttokens"].contains(word) {
                    .input
                } else if ["output", "outputtokens", "completion", "completiontokens"].contains(word) {
                    .output
                } else if isInput { word.contains("audio") ? .audioInput : .otherInput } else if isOutput {
                    word.contains("audio") ? .audioOutput : .otherOutput
                } else { .ignored }
        }

        private static func cache(_ word: String) -> Kind {
            guard ["creat", "writ", "ephemeral"].contains(where: { word.contains($0) }) else { return .cacheRead }
            return word.contains("1h") ? .written1h : word.contains("5m") ? .written5m : .written
        }
    }
}
