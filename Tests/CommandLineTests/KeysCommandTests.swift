import Foundation
import Testing

@Suite("payback keys")
struct KeysCommandTests {
    /// Runs a test in a folder of its own, where the registry is made.
    private func inFolder(_ test: (URL) throws -> Void) throws {
        let folder = try Program.newFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        try test(folder)
    }

    /// Makes a key.
    private func create(_ arguments: [String], in folder: URL) throws -> (id: String, secret: String) {
        let run = try Program.run(["keys", "create", "--format", "json"] + arguments, in: folder)
        #expect(run.exitCode == 0, "\(run.error)")
        let made = try #require(try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
        return (try #require(made["id"] as? String), try #require(made["secret"] as? String))
    }

    /// The keys as the list has them.
    private func list(in folder: URL) throws -> [[String: Any]] {
        let run = try Program.run(["keys", "list", "--format", "json"], in: folder)
        #expect(run.exitCode == 0, "\(run.error)")
        return try #require(try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [[String: Any]])
    }

    @Test("The secret is shown once; what is kept and listed does not hold it")
    func once() throws {
        try inFolder { folder in
            let run = try Program.run(["keys", "create", "--customer", "acme", "--name", "mine"], in: folder)
            #expect(run.exitCode == 0, "\(run.error)")
            let secret = run.output.trimmingCharacters(in: .whitespacesAndNewlines)
            #expect(secret.hasPrefix("sk-pb-") && secret.count == 49)
            #expect(run.error.contains("key_") && run.error.contains("API key") && !run.error.contains(secret))
            for format in ["text", "json"] {
                let list = try Program.run(["keys", "list", "--format", format], in: folder)
                #expect(list.output.contains("mine") && list.output.contains(secret.prefix(12)))
                #expect(!list.output.contains(secret))
            }
            let file = folder.appending(path: "payback-registry.sqlite")
            #expect(try Data(contentsOf: file).range(of: Data(secret.utf8)) == nil)
            let mode = try FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions] as? Int
            #expect(mode == 0o600)
        }
    }

    @Test("Everything that is asked of a key is listed")
    func fields() throws {
        try inFolder { folder in
            let made = try create(
                [
                    "--customer", "acme", "--feature", "chat", "--team", "growth", "--name", "Chat of Acme",
                    "--expires", "2099-01-01", "--models", "gpt-4o-mini, claude-*", "--requests-per-minute", "60",
                    "--tokens-per-minute", "100000", "--concurrent", "4",
                ], in: folder)
            let key = try #require(try list(in: folder).first)
            let expected: [String: String] = [
                "id": made.id, "customer": "acme", "feature": "chat", "team": "growth", "name": "Chat of Acme",
                "expires_at": "2099-01-01T00:00:00Z", "hint": String(made.secret.prefix(12)),
            ]
            for (name, value) in expected { #expect(key[name] as? String == value, "\(name)") }
            #expect(key["models"] as? [String] == ["gpt-4o-mini", "claude-*"])
            #expect(key["requests_per_minute"] as? Int == 60 && key["tokens_per_minute"] as? Int == 100_000)
            #expect(key["concurrent_requests"] as? Int == 4 && key["revoked_at"] is NSNull)
            let text = try Program.run(["keys", "list"], in: folder).output
            #expect(text.contains("valid until 2099-01-01"))
        }
    }

    @Test("Rotating keeps the key and changes its secret")
    func rotating() throws {
        try inFolder { folder in
            let made = try create(["--name", "mine"], in: folder)
            let run = try Program.run(["keys", "rotate", "mine"], in: folder)
            let secret = run.output.trimmingCharacters(in: .whitespacesAndNewlines)
            #expect(run.exitCode == 0 && secret.hasPrefix("sk-pb-") && secret != made.secret)
            let keys = try list(in: folder)
            #expect(keys.map { $0["id"] as? String } == [made.id])
            #expect(keys.first?["hint"] as? String == String(secret.prefix(12)))
        }
    }

    @Test("A revoked key stays revoked since the first time, and takes no new secret")
    func revoking() throws {
        try inFolder { folder in
            let made = try create(["--name", "mine"], in: folder)
            #expect(try Program.run(["keys", "revoke", "mine"], in: folder).exitCode == 0)
            let since = try #require(try list(in: folder).first?["revoked_at"] as? String)
            #expect(try Program.run(["keys", "revoke", made.id], in: folder).exitCode == 0)
            #expect(try list(in: folder).first?["revoked_at"] as? String == since)
            let rotated = try Program.run(["keys", "rotate", made.id], in: folder)
            #expect(rotated.exitCode == 64 && rotated.output.isEmpty && rotated.error.contains("revoked"))
        }
    }

    @Test("A name that two keys have is not enough")
    func ambiguous() throws {
        try inFolder { folder in
            let ids = try (0..<2).map { _ in try create(["--name", "mine"], in: folder).id }
            let run = try Program.run(["keys", "revoke", "mine"], in: folder)
            #expect(run.exitCode == 66 && ids.allSatisfy { run.error.contains($0) }, "\(run.error)")
            #expect(try list(in: folder).allSatisfy { $0["revoked_at"] is NSNull })
        }
    }

    @Test(
        "Wrong usage says what to write, and makes no registry",
        arguments: [
            (["create", "--expires", "soon"], "not a date"), (["create", "--expires", "2027"], "not a date"),
            (["create", "--expires", "2020-01-01"], "has passed"), (["create", "--models", " , "], "names no model"),
            (["create", "--requests-per-minute", "0"], "at least 1"), (["create", "--concurrent=-1"], "at least 1"),
            (["create", "--format", "pdf"], "pdf"), (["revoke"], "key"), (["rotate"], "key"),
        ] as [([String], String)])
    func usage(_ arguments: [String], _ words: String) throws {
        try inFolder { folder in
            let run = try Program.run(["keys"] + arguments, in: folder)
            #expect(run.exitCode == 64 && run.output.isEmpty, "\(run.error)")
            #expect(run.error.contains(words), "\(run.error)")
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
        }
    }

    @Test(
        "Exit codes follow sysexits",
        arguments: [
            (["list", "--registry", "missing.sqlite"], 69, "There is no registry"),
            (["create", "--registry", "/nonexistent/registry.sqlite"], 69, "folder"),
            (["list", "--registry", "notes.txt"], 65, "not a registry"), (["revoke", "nobody"], 66, "keys list"),
            (["rotate", "nobody"], 66, "keys list"),
            (["list", "--output", "/nonexistent/file"], 73, "cannot be written"),
        ] as [([String], Int32, String)])
    func failures(_ arguments: [String], _ exitCode: Int32, _ words: String) throws {
        try inFolder { folder in
            _ = try create([], in: folder)
            let notes = "these are notes, and long enough to be looked at as a database's header would be"
            try Data(notes.utf8).write(to: folder.appending(path: "notes.txt"))
            let run = try Program.run(["keys"] + arguments, in: folder)
            #expect(run.exitCode == exitCode && run.output.isEmpty, "\(run.error)")
            #expect(run.error.contains(words), "\(run.error)")
        }
    }

    @Test("The registry is the one that the configuration names, unless an option names another")
    func configured() throws {
        try inFolder { folder in
            try Data("registry: ours.sqlite\n".utf8).write(to: folder.appending(path: "payback.yaml"))
            _ = try create(["--name", "first"], in: folder)
            _ = try create(["--name", "second", "--registry", "theirs.sqlite"], in: folder)
            #expect(try list(in: folder).map { $0["name"] as? String } == ["first"])
            let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            #expect(names.contains("ours.sqlite") && names.contains("theirs.sqlite"))
        }
    }
}
