internal import Domain
internal import Providers

/// An answer as it is given again: what the first caller got, and what that cost.
struct KeptAnswer: Sendable {
    /// The provider's `content-type`.
    var contentType: String
    /// The bytes that the caller got, of a stream all its events.
    var body: [UInt8]
    /// Whether it is a stream.
    var isStream: Bool
    /// The model that answered.
    var model: String?
    /// Who billed for it.
    var provider: String
    /// The provider's id of the response.
    var responseID: String?
    /// What the call cost: what whoever is answered by it is spared; absent where it has no price.
    var cost: NanoUSD?
    /// When it was complete.
    var storedAt: Timestamp
}

extension KeptAnswer {
    /// What it says.
    func reading(_ surface: APISurface) -> AnswerReading? {
        body.withUnsafeBufferPointer {
            isStream ? Providers.AnswerText.read(surface, stream: $0) : Providers.AnswerText.read(surface, body: $0)
        }
    }
}
