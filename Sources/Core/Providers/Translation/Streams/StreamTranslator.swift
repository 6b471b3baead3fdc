import JSONScan

/// Translates a streamed answer as it passes.
package struct StreamTranslator: Sendable {
    private var units = StreamUnits()
    private var reader: any ChatEventReader
    private var writer: any ChatEventWriter
    /// Whether the stream has come to its proper end. A stream without one was broken off: the caller has to be told.
    package private(set) var reachedEnd = false
    /// What went wrong on the provider's side, once something has; the caller has been told in its stream.
    package private(set) var failure: CallerError?

    /// Creates a translator for one answer.
    package init(from upstream: ProviderFamily, to caller: ProviderFamily, context: ReplyContext) {
        reader =
            switch upstream {
            case .openAI: OpenAIEventReader()
            case .anthropic: AnthropicEventReader()
            case .gemini: GeminiEventReader(context: context)
            case .bedrock: UntranslatedEvents()
            }
        writer =
            switch caller {
            case .openAI: OpenAIEventWriter(context: context)
            case .anthropic: AnthropicEventWriter(context: context)
            case .gemini: GeminiEventWriter(context: context)
            case .bedrock: UntranslatedEvents()
            }
    }

    /// Takes the provider's next bytes in.
    ///
    /// - Returns: the caller's next bytes.
    package mutating func take(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        // What follows an end or a failure would be dropped in any case; it is not kept either.
        guard !reachedEnd, failure == nil else { return [] }
        var events: [ChatEvent] = []
        let fits = units.take(bytes) { events += reader.read($0) }
        if !fits { events.append(.unreadable("has an event of more than 16 MB.")) }
        return write(events)
    }

    /// Ends the stream.
    ///
    /// - Returns: the caller's last bytes. Where ``reachedEnd`` is still `false` and there is no ``failure`` they are no
    ///   proper end.
    package mutating func finish() -> [UInt8] {
        var events: [ChatEvent] = []
        units.finish { events += reader.read($0) }
        return write(events + reader.finish())
    }

    /// Ends the stream with an error of the gateway's own.
    ///
    /// - Returns: the caller's last bytes; none where the stream has ended already.
    package mutating func fail(_ error: CallerError) -> [UInt8] { write([.failure(error)]) }

    private mutating func write(_ events: [ChatEvent]) -> [UInt8] {
        var bytes: [UInt8] = []
        for event in events where !reachedEnd && failure == nil {
            do throws(TranslationProblem) {
                try writer.write(event, into: &bytes)
                if event == .end { reachedEnd = true }
                if case .failure(let error) = event { failure = error }
            } catch {
                failure = error.callerError
                try? writer.write(.failure(error.callerError), into: &bytes)
            }
        }
        return bytes
    }
}
