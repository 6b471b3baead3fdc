internal import Domain
internal import Policy
internal import Providers

extension StoredAnswer {
    /// Whether the body is a stream's events.
    var isStream: Bool { contentType.hasPrefix("text/event-stream") }

    /// What it says; `nil` where it cannot be read.
    func reading(_ surface: APISurface) -> AnswerReading? {
        body.withUnsafeBufferPointer {
            isStream ? Providers.AnswerText.read(surface, stream: $0) : Providers.AnswerText.read(surface, body: $0)
        }
    }
}
