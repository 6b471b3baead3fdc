import JSONScan

/// How an answer of another provider's gets back into the caller's words.
package struct RoutedReplyTerms: Sendable, Hashable {
    /// Whose words it comes in.
    package let upstream: ProviderFamily
    /// Whose words the caller expects.
    package let caller: ProviderFamily
    /// Whether the caller asked for a stream.
    package let streams: Bool
    /// Whether a caller of chat completions asked for the usage of its stream.
    package let includesUsage: Bool
    /// How a caller of Gemini's API wants its stream.
    package let framing: ReplyContext.GeminiFraming

    /// The content type of what the caller gets with a status below 400.
    package var contentType: String { streams && !isArray ? "text/event-stream" : "application/json" }

    /// Whether the caller's stream is one JSON array.
    var isArray: Bool { streams && caller == .gemini && framing == .array }
}

/// An answer of another provider's on its way to the caller: whole, or as a stream that passes.
package struct RoutedReply: Sendable {
    /// A whole answer in the caller's words.
    package struct Whole: Sendable, Hashable {
        /// The HTTP status.
        package let status: Int
        /// The body, JSON.
        package let body: [UInt8]
        /// What went wrong; absent for an answer.
        package let failure: CallerError?
    }

    /// The end of a stream in the caller's words.
    package struct End: Sendable, Hashable {
        /// The last bytes.
        package let bytes: [UInt8]
        /// What went wrong, which the caller has been told in its stream; absent where the answer came to its own end.
        package let failure: CallerError?
    }

    private let terms: RoutedReplyTerms
    private let context: ReplyContext
    private var translator: StreamTranslator

    /// Creates a reply for one answer.
    ///
    /// - Parameters:
    ///   - model: the model's name where the provider gives none.
    ///   - created: the time, in seconds since 1970.
    ///   - fallbackID: what ids are made of where the provider gives none; letters and digits.
    package init(_ terms: RoutedReplyTerms, model: String, created: Int64, fallbackID: String) {
        context = ReplyContext(
            model: model, created: created, fallbackID: fallbackID, includesUsage: terms.includesUsage,
            framing: terms.framing)
        (self.terms, translator) = (
            terms, StreamTranslator(from: terms.upstream, to: terms.caller, context: context)
        )
    }

    /// Translates a whole answer: also an error, and one that came whole to a request for a stream.
    ///
    /// - Parameter status: the provider's HTTP status.
    package func whole(status: Int, _ body: UnsafeBufferPointer<UInt8>) -> Whole {
        if status >= 400 { return failed(ProviderError.read(body, status: status, from: terms.upstream)) }
        do throws(TranslationProblem) {
            let reply = try Translation.reply(body, from: terms.upstream, to: terms.caller, context: context)
            return Whole(status: status, body: reply, failure: nil)
        } catch { return failed(error.callerError) }
    }

    private func failed(_ error: CallerError) -> Whole {
        var body = error.body(in: terms.caller)
        // As Gemini's own streams without events do.
        if terms.isArray { body = [UInt8(ascii: "[")] + body + [UInt8(ascii: "]")] }
        return Whole(status: error.status, body: body, failure: error)
    }

    /// Takes the next bytes of a stream whose status was below 400 in.
    ///
    /// - Returns: the caller's next bytes.
    package mutating func take(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt8] { translator.take(bytes) }

    /// What went wrong within the stream so far; the caller has been told, and nothing comes behind it.
    package var failure: CallerError? { translator.failure }

    /// Ends the stream. One that was broken off gets an error, in the caller's words, for an end.
    ///
    /// - Parameter failure: why no more comes from the provider; absent where it ended by itself.
    package mutating func finish(after failure: CallerError? = nil) -> End {
        // What is left of a broken stream is no event.
        var bytes = failure == nil ? translator.finish() : []
        if !translator.reachedEnd, translator.failure == nil {
            bytes += translator.fail(failure ?? Self.brokenOff)
        }
        return End(bytes: bytes, failure: translator.failure)
    }

    private static let brokenOff = CallerError(
        status: 502, code: "upstream_unavailable",
        message: "The provider's answer broke off before its end. Try again.")
}
