extension CallerError {
    /// The error as an event of a stream, for an answer that has begun: its HTTP status can no longer be changed.
    ///
    /// One event of server-sent events with its blank line, OpenAI's in the shape of chat completions; Bedrock's is a
    /// message of its event stream.
    package func streamEvent(in family: ProviderFamily) -> [UInt8] {
        if family == .bedrock { return bedrockEvent }
        // Anthropic's clients tell an error by the event's name.
        let head = family == .anthropic ? "event: error\ndata: " : "data: "
        return Array(head.utf8) + body(in: family) + Array("\n\n".utf8)
    }
}
