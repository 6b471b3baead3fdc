extension ChatRequest {
    /// Refuses a conversation whose last words are the model's: some providers go on with them, others answer them.
    func checkEnd() throws(TranslationProblem) {
        guard let last = messages.last else { throw .malformed("", "has no messages.") }
        guard last.role == .assistant else { return }
        throw .unsupported(
            last.path.text,
            "is the model's own turn at the end, which providers treat differently; end with the user's.")
    }

    /// Refuses names of functions that a provider does not take.
    func checkNames(for family: ProviderFamily) throws(TranslationProblem) {
        let most = family == .openAI ? 64 : 128
        for tool in tools where !Self.isName(tool.name, atMost: most, isGemini: family == .gemini) {
            throw .unsupported(
                tool.path.text, "has a name that the other provider refuses; use up to \(most) letters, digits and _.")
        }
    }

    private static func isName(_ name: String, atMost most: Int, isGemini: Bool) -> Bool {
        guard let first = name.utf8.first, name.utf8.count <= most else { return false }
        let letters = name.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
                true
            case UInt8(ascii: "."), UInt8(ascii: ":"): isGemini
            default: false
            }
        }
        let startsWell = !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first) && first != UInt8(ascii: "-")
        return letters && (startsWell || !isGemini)
    }

    /// Refuses a choice of a function that is not offered, or of any where none is.
    func checkChoice() throws(TranslationProblem) {
        guard let choice = toolChoice else { return }
        switch choice.value {
        case .tool(let name) where !tools.contains { $0.name == name }:
            throw .malformed(choice.path.text, "names a function that is not offered.")
        case .any where tools.isEmpty:
            throw .malformed(choice.path.text, "asks for a call, and no function is offered.")
        default: return
        }
    }
}
