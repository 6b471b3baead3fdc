/// Answers of providers, as they come over the wire.
package enum Wire {
    /// A whole answer with a JSON body.
    package static func json(_ body: String, status: String = "200 OK", headers: String = "") -> ScriptedUpstream.Step {
        .send(
            "HTTP/1.1 \(status)\r\ncontent-type: application/json\r\n\(headers)content-length: \(body.utf8.count)\r\n\r\n\(body)"
        )
    }

    /// The head of a stream.
    package static let streamHead = ScriptedUpstream.Step.send(
        "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n")

    /// The head of one of Amazon's streams.
    package static let eventStreamHead = ScriptedUpstream.Step.send(
        "HTTP/1.1 200 OK\r\ncontent-type: application/vnd.amazon.eventstream\r\nx-amzn-requestid: r-1\r\ntransfer-encoding: chunked\r\n\r\n"
    )

    /// The end of a chunked body.
    package static let streamEnd = ScriptedUpstream.Step.send("0\r\n\r\n")
}
