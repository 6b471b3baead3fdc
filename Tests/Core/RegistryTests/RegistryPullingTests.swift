import Domain
import Registry
import Testing

@Suite("How far pulls have come")
struct RegistryPullingTests {
    private let key = PullCursor.Key(source: "openai", endpoint: "costs", account: "eu", ledger: "sqlite:/l")

    @Test("A cursor comes back as it was kept, and a later one takes its place")
    func roundTrip() throws {
        try MadeRegistry.with { registry in
            #expect(try registry.store.pullCursor(key) == nil)
            var cursor = PullCursor(key: key)
            let day = Period(start: Timestamp(seconds: 0), end: Timestamp(seconds: 86_400))
            cursor.open = PullPosition(span: day, bucket: "1h", window: day, run: 42)
            cursor.open?.page = "page_ü="
            cursor.open?.form = 1
            cursor.owner = "org-1"
            try registry.store.save(cursor, at: MadeRegistry.moment)
            #expect(try registry.another().pullCursor(key) == cursor)
            cursor.reached = day.end
            cursor.open = nil
            try registry.store.save(cursor, at: MadeRegistry.moment)
            #expect(try registry.another().pullCursor(key) == cursor)
        }
    }

    @Test("Accounts, lists and ledgers have cursors of their own, and none is a change of the registry's")
    func apart() throws {
        try MadeRegistry.with { registry in
            try registry.store.save(PullCursor(key: key), at: MadeRegistry.moment)
            for other in [
                PullCursor.Key(source: "openai", endpoint: "costs", account: "", ledger: "sqlite:/l"),
                PullCursor.Key(source: "openai", endpoint: "images", account: "eu", ledger: "sqlite:/l"),
                PullCursor.Key(source: "openai", endpoint: "costs", account: "eu", ledger: "sqlite:/m"),
            ] { #expect(try registry.store.pullCursor(other) == nil) }
            #expect(try registry.store.version() == 0)
        }
    }
}
