internal import Registry
internal import ServiceLifecycle

/// What tells that a page is out of date: how many records there are, and how many changes.
struct Pulse: Equatable {
    private let records: Int64
    private let changes: Int64?

    init(_ room: ControlRoom) {
        records = room.health().records
        // A registry that cannot be read now has not changed.
        changes = try? room.registry.version()
    }
}

/// A beat at regular intervals, counted from 1.
struct Beats: AsyncSequence, Sendable {
    let milliseconds: Int64

    struct Iterator: AsyncIteratorProtocol {
        let milliseconds: Int64
        var count = 0

        /// The beat itself: nothing to wait for but time.
        mutating func next() async -> Int? {
            do { try await Task.sleep(for: .milliseconds(milliseconds)) } catch { return nil }
            count += 1
            return count
        }
    }

    func makeAsyncIterator() -> Iterator { Iterator(milliseconds: milliseconds) }
}
