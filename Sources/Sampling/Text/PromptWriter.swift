internal import Statistics

/// Writes prompts: the same template and the same seed give the same text.
struct PromptWriter {
    private let words = SampleWords()
    private let templates: [PromptTemplate]

    init(templates: [PromptTemplate]) { self.templates = templates }

    /// Appends a request's prompt as the inside of a JSON string; texts hold nothing that would have to be escaped.
    func append(_ request: SampleRequest, to line: inout LineBuffer) {
        let start = line.count
        var random = SeededRandom(seed: SplitMix.mixed(request.promptSeed))
        for piece in templates[request.template].pieces { append(piece, of: request, &random, to: &line) }
        switch request.variant {
        case .none: break
        case .lowercase: line.lowercase(from: start)
        case .padded: line.append(Self.padding)
        }
    }

    private static let padding = Array("  ".utf8)

    private func append(
        _ piece: PromptTemplate.Piece, of request: SampleRequest, _ random: inout SeededRandom,
        to line: inout LineBuffer
    ) {
        switch piece {
        case .fixed(let text): line.append(text)
        case .words(let list): append(list, &random, to: &line)
        case .digits(let count): line.append(Int(truncatingIfNeeded: random.next() &>> 8), digits: count)
        case .sentences(let fewest, let most):
            let count = fewest + random.below(most - fewest + 1)
            for position in 0..<count {
                if position > 0 { line.append(byte: 0x20) }
                appendSentence(&random, to: &line)
            }
        case .clock: line.append(moment: request.milliseconds)
        case .request: line.append(request.ordinal, digits: 9)
        }
    }

    private func append(_ list: SampleWords.List, _ random: inout SeededRandom, to line: inout LineBuffer) {
        let entries = words.entries(of: list)
        line.append(entries[random.below(entries.count)])
    }

    private func appendSentence(_ random: inout SeededRandom, to line: inout LineBuffer) {
        append(.opener, &random, to: &line)
        line.append(byte: 0x20)
        append(.action, &random, to: &line)
        line.append(byte: 0x20)
        append(.object, &random, to: &line)
        line.append(byte: 0x20)
        append(.tail, &random, to: &line)
        line.append(byte: 0x2E)
    }

    /// What stands for the prompt where texts are left out: 128 bits, different for different texts.
    func hash(_ request: SampleRequest) -> (high: UInt64, low: UInt64) {
        let kind = UInt64(request.template) << 8 | UInt64(request.variant.rawValue)
        var high = SplitMix.mixed(request.promptSeed ^ SplitMix.mixed(kind))
        if request.isVolatile { high = SplitMix.mixed(high ^ UInt64(request.ordinal)) }
        return (high, SplitMix.mixed(high ^ 0x6a09_e667_f3bc_c908))
    }
}
