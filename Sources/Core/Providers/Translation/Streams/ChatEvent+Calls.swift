extension BracketDepth {
    /// Takes the next piece of the JSON text of a call's arguments in.
    mutating func take(_ text: String) {
        for byte in text.utf8 { _ = take(byte) }
    }
}

extension ChatEvent {
    /// The call that an event belongs to; `nil` for other events.
    var call: Int? {
        switch self {
        case .callStart(let index, _, _, _), .callArguments(let index, _), .callEnd(let index): index
        default: nil
        }
    }
}
