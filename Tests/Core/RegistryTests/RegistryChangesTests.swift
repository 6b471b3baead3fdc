import Domain
import Foundation
import Registry
import Testing

@Suite("Changes to the registry")
struct RegistryChangesTests {
    /// Does one of everything; returns the secrets.
    private func changeEverything(_ store: RegistryStore) throws -> [KeySecret] {
        var random = SeededNumbers(seed: 5)
        let secrets = [KeySecret(using: &random), KeySecret(using: &random)]
        var key = VirtualKey(id: "key_1", secretHash: secrets[0].hash, createdAt: MadeRegistry.moment)
        (key.name, key.hint) = ("mine", secrets[0].hint)
        try store.add(key, at: MadeRegistry.moment)
        try store.rotate(key, to: secrets[1], at: MadeRegistry.moment)
        try store.revoke(key, at: MadeRegistry.moment)
        var budget = Budget(id: "bud_1", scope: .total, limit: NanoUSD(nanos: 1_500_000_000), period: .day)
        budget.webhook = "https://example.com/token-of-the-hook"
        try store.set(budget, at: MadeRegistry.moment)
        try store.set(budget, at: MadeRegistry.moment)
        try store.removeBudget(id: "bud_1", at: MadeRegistry.moment)
        return secrets
    }

    @Test("Every change is noted, the newest first")
    func log() throws {
        try MadeRegistry.with { registry in
            _ = try changeEverything(registry.store)
            let changes = try registry.another().changes(limit: 100)
            #expect(
                changes.map { "\($0.what) \($0.subject)" } == [
                    "budget removed bud_1", "budget changed bud_1", "budget set bud_1", "key revoked key_1",
                    "key rotated key_1", "key created key_1",
                ])
            #expect(changes.allSatisfy { $0.at == MadeRegistry.moment })
            #expect(changes[2].detail == "total, 1.5 USD per day, hard")
            #expect(try registry.store.changes(limit: 2) == Array(changes.prefix(2)))
        }
    }

    @Test("No secret is in the log of changes, and none in any file")
    func secrets() throws {
        try MadeRegistry.with { registry in
            let secrets = try changeEverything(registry.store)
            let log = try registry.store.changes(limit: 100).map { "\($0.what) \($0.subject) \($0.detail)" }
            let bytes = try registry.bytes()
            #expect(bytes.range(of: Data(secrets[1].hash.utf8)) != nil, "where the hash is, a secret would be")
            for secret in secrets {
                #expect(bytes.range(of: Data(secret.text.utf8)) == nil)
                for line in log { #expect(!line.contains(secret.hash) && !line.contains(secret.hint)) }
            }
            for line in log { #expect(!line.contains("token-of-the-hook")) }
        }
    }

    @Test("The version changes with every change, whoever made it, and with nothing else")
    func version() throws {
        try MadeRegistry.with { registry in
            let other = try registry.another()
            var seen = try registry.store.version()
            for number in 1...3 {
                try (number == 2 ? registry.store : other).add(MadeRegistry.key(number), at: MadeRegistry.moment)
                let version = try registry.store.version()
                #expect(version > seen)
                #expect(try other.version() == version)
                seen = version
            }
            _ = (try other.keys(), try other.budgets(), try other.changes(limit: 1))
            var random = SeededNumbers(seed: 6)
            _ = try other.promptKey(using: &random)
            #expect(try registry.store.version() == seen)
        }
    }
}
