internal import NIOCore
internal import Providers

/// A request in its target's words, where those are not the caller's own.
struct CallWire {
    let request: RoutedRequest
    let body: ByteBuffer
    /// How the answer gets back into the caller's words; absent where it passes as it comes.
    let reply: RoutedReplyTerms?

    init(_ request: RoutedRequest) {
        (self.request, reply) = (request, request.reply)
        body = ByteBuffer(bytes: request.body)
    }
}
