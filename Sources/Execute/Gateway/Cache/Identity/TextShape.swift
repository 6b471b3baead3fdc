/// Where texts of messages stand in a value, and which marks in it count for nothing.
final class TextShape: Sendable {
    /// Whether a string here is said in a message.
    let isText: Bool
    /// Whether marks of the provider's prompt cache stand in objects here.
    let isMarked: Bool
    /// Whether something is said here: a value that only bears marks says nothing.
    var isSaid: Bool { isText || (element?.isSaid ?? false) || members.contains { $0.shape.isSaid } }
    /// Who may say what is folded; `nil` where it does not depend on who speaks.
    let speakers: [[UInt8]]?
    /// The shape of an array's elements.
    let element: TextShape?
    private let members: [(key: [UInt8], shape: TextShape)]

    private init(
        isText: Bool = false, isMarked: Bool = false, speakers: [String]? = nil, element: TextShape? = nil,
        members: [(String, TextShape)] = []
    ) {
        (self.isText, self.isMarked, self.element) = (isText, isMarked, element)
        self.speakers = speakers.map { $0.map { Array($0.utf8) } }
        self.members = members.map { (Array($0.0.utf8), $0.1) }
    }

    /// The shape of a member, by its key as it stands.
    func member(_ key: UnsafeBufferPointer<UInt8>.SubSequence) -> TextShape? {
        members.first { key.elementsEqual($0.key) }?.shape
    }

    /// Whether a member is a mark of the provider's prompt cache.
    func leavesOut(_ key: UnsafeBufferPointer<UInt8>.SubSequence) -> Bool {
        isMarked && Self.marks.contains { key.elementsEqual($0) }
    }

    private static let marks = ["cache_control", "prompt_cache_breakpoint"].map { Array($0.utf8) }

    /// A string that is said.
    static let text = TextShape(isText: true)
    /// Definitions of tools: nothing is said in them, and marks stand at their first level alone. Deeper, a member of
    /// that name is the caller's own.
    static let marked = TextShape(element: TextShape(isMarked: true))
    /// A string, or blocks with texts, and in them the blocks of a tool's result.
    static let content = TextShape(
        isText: true,
        element: TextShape(isMarked: true, members: [("text", text), ("content", marked)]))
    /// A turn of OpenAI's and Anthropic's APIs. Results of tools are data, not words.
    static let message = TextShape(
        speakers: ["user", "assistant", "system", "developer"], members: [("content", content)])
    /// A turn of Gemini's; the role may be absent.
    static let geminiContent = TextShape(
        speakers: ["user", "model", "system", ""],
        members: [("parts", TextShape(element: TextShape(members: [("text", text)])))])

    /// Turns of a conversation, or a single string.
    static func turns(_ turn: TextShape) -> TextShape { TextShape(isText: true, element: turn) }
}
