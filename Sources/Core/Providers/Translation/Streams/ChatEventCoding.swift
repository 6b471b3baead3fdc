/// Reads a provider's stream, an event at a time.
protocol ChatEventReader: Sendable {
    /// Reads the payload of an event.
    mutating func read(_ payload: UnsafeBufferPointer<UInt8>) -> [ChatEvent]
    /// What the end of the stream tells.
    mutating func finish() -> [ChatEvent]
}

/// Writes a caller's stream, an event at a time.
protocol ChatEventWriter: Sendable {
    /// Appends what a caller is told of an event.
    ///
    /// - Throws: where the provider's stream cannot be told.
    mutating func write(_ event: ChatEvent, into bytes: inout [UInt8]) throws(TranslationProblem)
}

extension ChatEvent {
    /// An event that is not what the provider's API promises.
    static func unreadable(_ reason: String) -> ChatEvent {
        .failure(TranslationProblem.upstream("", reason).callerError)
    }
}
