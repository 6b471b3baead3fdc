import Domain
import Foundation
import Registry
import Testing

@Suite("Registry")
struct RegistryStoreTests {
    private let path = FileManager.default.temporaryDirectory.appending(path: "registry-\(UUID().uuidString)").path
    private let now = Timestamp(year: 2026, month: 11, day: 21)

    private func withStore(_ body: (RegistryStore) throws -> Void) throws {
        defer { for end in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + end) } }
        try body(try RegistryStore(path: path))
    }

    private func key(_ name: String, _ random: inout SystemRandomNumberGenerator) -> (VirtualKey, KeySecret) {
        let secret = KeySecret(using: &random)
        var key = VirtualKey(
            id: "key_" + SortableID(at: now, using: &random).text, secretHash: secret.hash, createdAt: now)
        (key.name, key.hint, key.customer, key.models) = (name, secret.hint, "acme", ["gpt-4o*", "o3"])
        key.limits = RateLimits(requestsPerMinute: 7)
        key.expiresAt = Timestamp(year: 2027, month: 1, day: 1)
        return (key, secret)
    }

    @Test("Keys come back whole, are found by id or name, and the secret is nowhere in the file")
    func keys() throws {
        try withStore { store in
            var random = SystemRandomNumberGenerator()
            let (key, secret) = key("mine", &random)
            try store.add(key, at: now)
            #expect(try store.keys() == [key])
            #expect(try store.key(named: "mine") == key && store.key(named: key.id) == key)
            #expect(throws: RegistryError.self) { try store.key(named: "nobody") }
            for end in ["", "-wal"] {
                let bytes = FileManager.default.contents(atPath: path + end) ?? Data()
                #expect(bytes.range(of: Data(secret.text.utf8)) == nil)
            }
            let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
            #expect(mode == 0o600)
        }
    }

    @Test("Rotating changes the secret, revoking ends the key, and both are noted without secrets")
    func changes() throws {
        try withStore { store in
            var random = SystemRandomNumberGenerator()
            let (key, _) = key("mine", &random)
            try store.add(key, at: now)
            let fresh = KeySecret(using: &random)
            try store.rotate(key, to: fresh, at: now)
            #expect(try store.keys().first?.secretHash == fresh.hash)
            try store.revoke(key, at: now)
            #expect(try store.keys().first?.isValid(at: now) == false)
            let changes = try store.changes(limit: 9)
            #expect(changes.map(\.what) == ["key revoked", "key rotated", "key created"])
            #expect(!"\(changes)".contains(fresh.text))
        }
    }

    @Test("A budget of the same scope and period is replaced and keeps its id")
    func budgets() throws {
        try withStore { store in
            let limit = NanoUSD(nanos: 5_000_000_000)
            let first = try store.set(
                Budget(id: "bud_1", scope: .customer("acme"), limit: limit, period: .month), at: now)
            let second = try store.set(
                Budget(
                    id: "bud_2", scope: .customer("acme"), limit: limit + limit, period: .month,
                    timeZone: "Europe/Berlin", enforcement: .soft, webhook: "https://x"), at: now)
            #expect(first.id == "bud_1" && second.id == "bud_1")
            #expect(try store.budgets() == [second])
            #expect(throws: RegistryError.self) { try store.removeBudget(id: "bud_9", at: now) }
            try store.removeBudget(id: "bud_1", at: now)
            #expect(try store.budgets().isEmpty)
        }
    }

    @Test("Another process sees a change by the version")
    func version() throws {
        try withStore { store in
            let other = try RegistryStore(path: path, mustExist: true)
            let before = try other.version()
            try store.set(Budget(id: "b", scope: .total, limit: .zero, period: .rolling(hours: 24)), at: now)
            #expect(try other.version() != before)
            #expect(try other.budgets().first?.period == .rolling(hours: 24))
        }
    }

    @Test("The prompt key is made once")
    func promptKey() throws {
        try withStore { store in
            var random = SystemRandomNumberGenerator()
            let first = try store.promptKey(using: &random)
            #expect(first.count == 32)
            #expect(try store.promptKey(using: &random) == first)
        }
    }

    @Test("A file that is something else is left alone")
    func foreign() throws {
        defer { try? FileManager.default.removeItem(atPath: path) }
        try Data("hello, this is no database at all, it is a text".utf8).write(to: URL(filePath: path))
        #expect(throws: RegistryError.self) { try RegistryStore(path: path) }
    }

    @Test("Secrets differ, and their hash is SHA-256")
    func secrets() {
        var random = SystemRandomNumberGenerator()
        let texts = (0..<100).map { _ in KeySecret(using: &random).text }
        #expect(Set(texts).count == 100 && texts.allSatisfy { $0.count == 49 })
        #expect(KeySecret.hash("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    }

    @Test("Ids sort by their time, and tell it")
    func ids() throws {
        var random = SystemRandomNumberGenerator()
        let moments = (0..<50).map { Timestamp(microseconds: now.microseconds + Int64($0) * 1_000) }
        let ids = moments.map { SortableID(at: $0, using: &random) }
        #expect(ids.map(\.text) == ids.map(\.text).sorted())
        #expect(ids.map(\.timestamp) == moments)
        let first = try #require(ids.first)
        #expect(SortableID(first.text) == first && SortableID(first.text.lowercased()) == first)
        for text in ["", "01J", String(repeating: "Z", count: 26), String(repeating: "U", count: 26)] {
            #expect(SortableID(text) == nil)
        }
    }
}
