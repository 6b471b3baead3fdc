package import JSONScan

/// Reads what answers say: whole ones, and streams that were recorded or pass by.
package enum AnswerText {
    /// Reads a whole answer.
    ///
    /// - Parameter body: the provider's body, not compressed.
    /// - Returns: `nil` where the API has no text in its answers, or the body is none of its answers.
    package static func read(_ surface: APISurface, body: UnsafeBufferPointer<UInt8>) -> AnswerReading? {
        guard let document = try? JSONValue.parse(body) else { return nil }
        return read(surface, document)
    }

    /// Reads a whole answer that has been parsed.
    package static func read(_ surface: APISurface, _ document: JSONValue) -> AnswerReading? {
        var sheet = AnswerSheet(surface: surface)
        // Gemini's streams without events, and their errors, are arrays.
        for part in document.elements.isEmpty ? [document] : document.elements { sheet.take(part) }
        return sheet.reading
    }

    /// Reads a recorded stream: server-sent events, or Gemini's array.
    package static func read(_ surface: APISurface, stream: UnsafeBufferPointer<UInt8>) -> AnswerReading? {
        var answer = AnswerStream(surface: surface)
        answer.take(stream)
        return answer.finish()
    }
}

/// Reads what a streamed answer says as it passes.
package struct AnswerStream: Sendable {
    private var units = StreamUnits()
    private var sheet: AnswerSheet

    /// Creates a reader for one answer.
    package init(surface: APISurface) { sheet = AnswerSheet(surface: surface) }

    /// Takes the provider's next bytes in.
    package mutating func take(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard !sheet.hasFailed else { return }
        let fits = units.take(bytes) { sheet.take(payload: $0) }
        if !fits { sheet.hasFailed = true }
    }

    /// Ends the stream.
    ///
    /// - Returns: what it said; `nil` where it was no answer of its API. One that was broken off is not complete.
    package mutating func finish() -> AnswerReading? {
        units.finish { sheet.take(payload: $0) }
        return sheet.reading
    }
}
