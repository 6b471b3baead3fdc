/// A message of `application/vnd.amazon.eventstream`, the framing of Amazon's streams.
///
/// Source: <https://smithy.io/2.0/aws/amazon-eventstream.html>.
package struct EventStreamMessage: Sendable, Hashable {
    /// A header's value, in the types that the framing has.
    package enum Value: Sendable, Hashable {
        case flag(Bool)
        /// A byte, a short, an int or a long: how many bytes it has, and the number.
        case integer(bytes: Int, Int64)
        case bytes([UInt8])
        case text(String)
        /// Milliseconds since 1970.
        case timestamp(Int64)
        /// Sixteen bytes.
        case uuid([UInt8])
    }

    /// A header.
    package struct Header: Sendable, Hashable {
        /// The name, for example `:event-type`.
        package let name: String
        /// The value.
        package let value: Value

        /// Creates a header.
        package init(_ name: String, _ value: Value) { (self.name, self.value) = (name, value) }
    }

    /// The headers, in their order.
    package var headers: [Header]
    /// What is told.
    package var payload: [UInt8]

    /// Creates a message.
    package init(headers: [Header], payload: [UInt8]) { (self.headers, self.payload) = (headers, payload) }

    /// An event, as Bedrock sends it.
    ///
    /// - Parameters:
    ///   - event: its type, for example `contentBlockDelta`.
    ///   - json: the payload.
    package init(event: String, json: String) {
        self.init(
            headers: [
                Header(":event-type", .text(event)), Header(":content-type", .text("application/json")),
                Header(":message-type", .text("event")),
            ], payload: Array(json.utf8))
    }

    /// An exception, which ends a stream.
    ///
    /// - Parameters:
    ///   - exception: its type, for example `throttlingException`.
    ///   - json: the payload.
    package init(exception: String, json: String) {
        self.init(
            headers: [
                Header(":exception-type", .text(exception)), Header(":content-type", .text("application/json")),
                Header(":message-type", .text("exception")),
            ], payload: Array(json.utf8))
    }

    /// The text of a header; `nil` where there is none of that name.
    package func text(_ name: String) -> String? {
        for header in headers where header.name == name {
            if case .text(let text) = header.value { return text }
        }
        return nil
    }
}
