/// A beat at regular intervals, counted from 1; for what runs until it is told to end.
package struct Every: AsyncSequence, Sendable {
    private let milliseconds: Int64

    /// Creates beats that are so far apart.
    package init(milliseconds: Int64) { self.milliseconds = milliseconds }

    /// The beats.
    package struct Iterator: AsyncIteratorProtocol {
        fileprivate let milliseconds: Int64
        fileprivate var count = 0

        /// The next beat; `nil` where the task was cancelled. There is nothing to wait for but time.
        package mutating func next() async -> Int? {
            do { try await Task.sleep(for: .milliseconds(milliseconds)) } catch { return nil }
            count += 1
            return count
        }
    }

    /// Begins to beat.
    package func makeAsyncIterator() -> Iterator { Iterator(milliseconds: milliseconds) }
}
