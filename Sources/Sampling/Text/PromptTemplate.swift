/// A prompt's text with slots: fixed pieces and what stands between them.
struct PromptTemplate: Sendable {
    /// A part of a prompt.
    enum Piece: Sendable {
        case fixed([UInt8])
        /// One of the entries of a list.
        case words(SampleWords.List)
        /// A number of so many digits.
        case digits(Int)
        /// Between so many and so many sentences.
        case sentences(Int, Int)
        /// The request's time: what breaks prompt caches when it stands early.
        case clock
        /// The request's identity, for the same defect.
        case request
    }

    let pieces: [Piece]

    /// Whether no two prompts are ever the same, because the text holds a time or an identity.
    var isVolatile: Bool {
        pieces.contains { piece in
            switch piece {
            case .clock, .request: true
            case .fixed, .words, .digits, .sentences: false
            }
        }
    }

    /// Reads a text such as `Dear {name}, {sentences:2-4}`.
    init(_ text: String) {
        var pieces: [Piece] = []
        for part in text.split(separator: "{", omittingEmptySubsequences: true) {
            guard let end = part.firstIndex(of: "}") else {
                pieces.append(.fixed(Array(part.utf8)))
                continue
            }
            pieces.append(Self.slot(String(part[..<end])))
            let rest = part[part.index(after: end)...]
            if !rest.isEmpty { pieces.append(.fixed(Array(rest.utf8))) }
        }
        self.pieces = pieces
    }

    private static func slot(_ name: String) -> Piece {
        if let list = SampleWords.List.named(name) { return .words(list) }
        let parts = name.split(separator: ":")
        let bounds = (parts.last ?? "").split(separator: "-").compactMap { Int($0) }
        switch String(parts.first ?? "") {
        case "digits": return .digits(bounds.first ?? 4)
        case "sentences": return .sentences(bounds.first ?? 1, bounds.last ?? 1)
        case "clock": return .clock
        case "request": return .request
        default: preconditionFailure("There is no slot \(name).")
        }
    }
}
