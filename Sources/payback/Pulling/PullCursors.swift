import Domain
import Importing
import Registry

/// Cursors in the registry.
struct RegistryPullCursors: PullCursorStore {
    let registry: RegistryStore

    func cursor(_ key: PullCursor.Key) throws -> PullCursor? { try registry.pullCursor(key) }
    func save(_ cursor: PullCursor) throws { try registry.save(cursor, at: .now) }
}

/// No cursors: a ledger in memory begins anew each time.
struct ForgottenPullCursors: PullCursorStore {
    func cursor(_ key: PullCursor.Key) -> PullCursor? { nil }
    func save(_ cursor: PullCursor) {}
}
