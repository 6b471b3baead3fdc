package import JSONScan

/// A turn of a conversation.
package struct ChatMessage: Sendable, Hashable {
    /// Who speaks.
    package enum Role: Sendable, Hashable {
        /// Instructions that stand within the conversation, not before it.
        case system
        case user
        case assistant
        /// Results of the calls of the turn before; its parts are results only.
        case tool
    }

    /// Who speaks.
    package var role: Role
    /// What is said, in order.
    package var parts: [ChatPart]
    /// Where it stood.
    package var path: SourcePath

    /// Creates a message.
    package init(_ role: Role, _ parts: [ChatPart], at path: String = "") {
        (self.role, self.parts, self.path) = (role, parts, SourcePath(path))
    }

    /// A user's turn cut into turns of results and of the user's own words: with some providers they are one.
    static func userTurns(of parts: [ChatPart], at path: String) -> [ChatMessage] {
        var turns: [ChatMessage] = []
        for part in parts {
            var role = Role.user
            if case .toolResult = part { role = .tool }
            if turns.last?.role == role {
                turns[turns.count - 1].parts.append(part)
            } else {
                turns.append(ChatMessage(role, [part], at: path))
            }
        }
        return turns
    }
}

/// A part of a message.
package indirect enum ChatPart: Sendable, Hashable {
    case text(String)
    case image(ChatImage)
    case toolCall(ChatToolCall)
    case toolResult(ChatToolResult)
    case thought(ChatThought)
    /// What the model said instead of an answer.
    case refusal(String)
}

/// A picture.
package enum ChatImage: Sendable, Hashable {
    /// Base64 of a file of a media type, `image/png`.
    case data(mediaType: String, base64: String)
    /// A public address.
    case url(String)
}

/// A function that the model wants to be called.
package struct ChatToolCall: Sendable, Hashable {
    /// Ties the call to its result.
    package var id: String
    /// The function.
    package var name: String
    /// Its arguments, an object.
    package var arguments: JSONValue
    /// Gemini's signature of the thoughts that led to the call, base64; Gemini wants it back.
    package var signature: String?

    /// Creates a call.
    package init(id: String, name: String, arguments: JSONValue, signature: String? = nil) {
        (self.id, self.name, self.arguments, self.signature) = (id, name, arguments, signature)
    }
}

/// What a call gave.
package struct ChatToolResult: Sendable, Hashable {
    /// The call's id.
    package var callID: String
    /// Texts and images.
    package var parts: [ChatPart]
    /// Whether the call failed.
    package var isError: Bool

    /// Creates a result.
    package init(callID: String, parts: [ChatPart], isError: Bool = false) {
        (self.callID, self.parts, self.isError) = (callID, parts, isError)
    }
}

/// What a model thought before it answered.
package struct ChatThought: Sendable, Hashable {
    /// The thought as far as it is shown.
    package var text: String
    /// The provider's proof that the thought is its model's, by which it can be sent back.
    package var signature: String?
    /// The thought in the provider's encryption, shown instead of the text.
    package var redacted: String?
    /// Whose model thought; signatures mean nothing to others.
    package var family: ProviderFamily

    /// Creates a thought.
    package init(_ text: String, signature: String? = nil, redacted: String? = nil, family: ProviderFamily) {
        (self.text, self.signature, self.redacted, self.family) = (text, signature, redacted, family)
    }
}
