import Domain
import Registry
import Testing

@Suite("Keys in the registry")
struct RegistryKeysTests {
    @Test("Everything about a key is there after opening again")
    func persistence() throws {
        try MadeRegistry.with { registry in
            var full = MadeRegistry.key(1, name: "Chat of Acme")
            full.hint = "sk-pb-abcdef"
            (full.customer, full.feature, full.team) = ("acme", "chat", "growth")
            full.models = ["gpt-4o-mini", "claude-*"]
            (full.customers, full.features) = (["acme", "acme eu"], ["chat"])
            full.limits = RateLimits(requestsPerMinute: 60, tokensPerMinute: 100_000, concurrentRequests: 4)
            full.expiresAt = Timestamp(year: 2027, month: 1, day: 1)
            full.revokedAt = Timestamp(year: 2026, month: 12, day: 1)
            // A key taken over from LiteLLM: a hash, and no hint.
            let imported = MadeRegistry.key(2)
            for key in [imported, full] { try registry.store.add(key, at: MadeRegistry.moment) }
            #expect(try registry.another().keys() == [full, imported], "the oldest first")
        }
    }

    @Test("A key is found by its id, or by a name that one valid key has")
    func names() throws {
        try MadeRegistry.with { registry in
            let store = registry.store
            let keys = [
                MadeRegistry.key(1, name: "one"), MadeRegistry.key(2, name: "two"), MadeRegistry.key(3, name: "two"),
                MadeRegistry.key(4, name: "one"), MadeRegistry.key(5, name: "key_1"),
            ]
            for key in keys { try store.add(key, at: MadeRegistry.moment) }
            try store.revoke(keys[3], at: MadeRegistry.moment)
            #expect(try store.key(named: "one").id == "key_1", "the revoked one does not count")
            #expect(try store.key(named: "key_1").id == "key_1", "an id goes before a name")
            #expect(try store.key(named: "key_4").revokedAt == MadeRegistry.moment)
            for (name, word) in [("two", "key_2, key_3"), ("three", "There is no key \"three\"")] {
                #expect {
                    try store.key(named: name)
                } throws: {
                    let error = $0 as? RegistryError
                    return error?.code == .notFound && error?.message.contains(word) == true
                }
            }
        }
    }

    @Test("A revoked key stays revoked since the first time")
    func revoking() throws {
        try MadeRegistry.with { registry in
            let key = MadeRegistry.key(1)
            let later = Timestamp(microseconds: MadeRegistry.moment.microseconds + 1_000_000)
            try registry.store.add(key, at: MadeRegistry.moment)
            try registry.store.revoke(key, at: MadeRegistry.moment)
            let version = try registry.store.version()
            try registry.store.revoke(key, at: later)
            let kept = try registry.store.key(named: key.id)
            #expect(kept.revokedAt == MadeRegistry.moment && !kept.isValid(at: later))
            #expect(try registry.store.version() == version, "nothing changed")
        }
    }

    @Test("A new secret replaces hash and hint, and nothing else")
    func rotating() throws {
        try MadeRegistry.with { registry in
            var expected = MadeRegistry.key(1, name: "one")
            try registry.store.add(expected, at: MadeRegistry.moment)
            var random = SeededNumbers(seed: 4)
            let secret = KeySecret(using: &random)
            try registry.store.rotate(expected, to: secret, at: MadeRegistry.moment)
            (expected.secretHash, expected.hint) = (secret.hash, secret.hint)
            #expect(try registry.store.keys() == [expected])
        }
    }

    @Test("Two keys cannot have one secret; the attempt leaves no trace")
    func twice() throws {
        try MadeRegistry.with { registry in
            let first = MadeRegistry.key(1)
            try registry.store.add(first, at: MadeRegistry.moment)
            let version = try registry.store.version()
            let second = VirtualKey(id: "key_2", secretHash: first.secretHash, createdAt: MadeRegistry.moment)
            #expect { try registry.store.add(second, at: MadeRegistry.moment) } throws: { $0 is RegistryError }
            #expect(try registry.store.keys() == [first])
            #expect(try registry.store.version() == version)
        }
    }
}
