/// Streams of an API that is not translated: there is nothing to read or to write but that.
struct UntranslatedEvents: ChatEventReader, ChatEventWriter {
    mutating func read(_ payload: UnsafeBufferPointer<UInt8>) -> [ChatEvent] { finish() }

    mutating func finish() -> [ChatEvent] { [.unreadable(TranslationProblem.untranslated.reason)] }

    mutating func write(_ event: ChatEvent, into bytes: inout [UInt8]) throws(TranslationProblem) {
        throw .untranslated
    }
}
