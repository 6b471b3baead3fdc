package import Domain

/// Keeps how far pulls have come.
package protocol PullCursorStore {
    /// How far something has been read; `nil` where it never was.
    func cursor(_ key: PullCursor.Key) throws -> PullCursor?
    /// Keeps how far something has been read.
    func save(_ cursor: PullCursor) throws
}

extension PullRun {
    /// What a pull touches: the network, time, chance, and the user's screen. Tests bring their own.
    package struct World {
        /// Carries the questions.
        package var transport: any PullTransport
        /// Keeps how far pulls have come.
        package var cursors: any PullCursorStore
        /// The present moment.
        package var now: () -> Timestamp
        /// Waits for so many seconds.
        package var sleep: (Double) async throws -> Void
        /// Is told what happens.
        package var report: (PullEvent) -> Void

        /// Creates it.
        package init(
            transport: any PullTransport, cursors: any PullCursorStore, now: @escaping () -> Timestamp,
            sleep: @escaping (Double) async throws -> Void, report: @escaping (PullEvent) -> Void = { _ in }
        ) {
            (self.transport, self.cursors, self.now) = (transport, cursors, now)
            (self.sleep, self.report) = (sleep, report)
        }
    }
}
