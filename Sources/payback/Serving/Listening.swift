/// Where operators can reach us, known once the socket is bound.
struct Listening: Sendable {
    /// The port, and the one-time link's secret where there is no administrator yet.
    struct Begun: Sendable {
        var port: Int
        var setupSecret: String?
    }

    private let stream: AsyncStream<Begun>
    private let continuation: AsyncStream<Begun>.Continuation

    init() { (stream, continuation) = AsyncStream.makeStream() }

    /// The socket is bound.
    func begin(port: Int, setupSecret: String?) {
        continuation.yield(Begun(port: port, setupSecret: setupSecret))
        continuation.finish()
    }

    /// Waits until it is; `nil` where that never happens.
    var begun: Begun? {
        get async { await stream.first { _ in true } }
    }
}
