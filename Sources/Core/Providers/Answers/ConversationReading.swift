package import JSONScan

/// One message of a request, as text.
package struct ConversationTurn: Sendable, Hashable {
    /// Who speaks.
    package enum Speaker: String, Sendable, CaseIterable {
        case system
        case user
        case assistant
        /// The result of a call.
        case tool
    }

    /// Who speaks.
    package var speaker: Speaker
    /// What is said; a call stands in it as the function's name and its arguments.
    package var text: String

    /// Creates a turn.
    package init(_ speaker: Speaker, _ text: String) { (self.speaker, self.text) = (speaker, text) }
}

/// Reads the conversation of a request as text, for caches that compare what was said.
///
/// Only the conversation: tools, formats and sampling change the answer as well and have to be compared beside it.
package enum ConversationReading {
    /// Reads a request.
    ///
    /// - Parameter body: one JSON object.
    /// - Returns: the turns, the oldest first. `nil` where anything of it is not text or not known: images, files, audio,
    ///   earlier responses by their ids, named speakers, keys that stand twice. What is not seen whole may not be compared.
    package static func read(_ surface: APISurface, body: UnsafeBufferPointer<UInt8>) -> [ConversationTurn]? {
        guard let document = try? JSONValue.parse(body) else { return nil }
        return read(surface, document)
    }

    /// Reads a request that has been parsed.
    package static func read(_ surface: APISurface, _ document: JSONValue) -> [ConversationTurn]? {
        var reader = TurnReader()
        do throws(TurnReader.NoText) {
            let body = try TurnReader.object(document)
            switch surface {
            case .chatCompletions: try reader.readChat(body)
            case .completions: try reader.readCompletion(body)
            case .responses: try reader.readResponses(body)
            case .messages: try reader.readMessages(body)
            case .generateContent: try reader.readContents(body)
            default: return nil
            }
        } catch { return nil }
        return reader.turns.isEmpty ? nil : reader.turns
    }
}

/// Gathers the turns of a request.
struct TurnReader {
    /// A part is not text, or not known.
    struct NoText: Error {}

    private(set) var turns: [ConversationTurn] = []

    mutating func add(_ speaker: ConversationTurn.Speaker, _ texts: [String]) {
        turns.append(ConversationTurn(speaker, texts.joined(separator: "\n")))
    }

    /// The object, in which no key stands twice: one server reads the first, another the last.
    static func object(_ value: JSONValue?) throws(NoText) -> JSONValue {
        guard case .object(let members) = value, Set(members.map(\.key)).count == members.count else { throw NoText() }
        return .object(members)
    }

    static func elements(_ value: JSONValue?) throws(NoText) -> [JSONValue] {
        guard case .array(let elements) = value else { throw NoText() }
        return elements
    }

    static func text(_ value: JSONValue?) throws(NoText) -> String {
        guard case .string(let text) = value else { throw NoText() }
        return text
    }

    static func isMissing(_ value: JSONValue?) -> Bool { value == nil || value == .null }

    /// Refuses members that bring in more than the conversation's text.
    static func refuse(_ keys: [String], in object: JSONValue) throws(NoText) {
        for key in keys where !isMissing(object[key]) { throw NoText() }
    }

    /// The texts of a content: a string, or parts.
    ///
    /// - Parameter kinds: where the text of each known type of part stands; an empty key for parts that say nothing.
    static func texts(_ content: JSONValue?, _ kinds: [String: String]) throws(NoText) -> [String] {
        if case .string(let text) = content { return [text] }
        var texts: [String] = []
        for part in try elements(content) {
            let part = try object(part)
            guard let key = kinds[part["type"]?.text ?? ""] else { throw NoText() }
            if !key.isEmpty { texts.append(try text(part[key])) }
        }
        return texts
    }

    /// A call as text.
    static func call(_ name: JSONValue?, _ arguments: JSONValue?) throws(NoText) -> String {
        guard let name = name?.text else { throw NoText() }
        if case .string(let text) = arguments { return "\(name) \(text)" }
        return "\(name) \((arguments ?? .object([])).compactText)"
    }
}
