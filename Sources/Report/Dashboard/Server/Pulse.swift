internal import Registry

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
