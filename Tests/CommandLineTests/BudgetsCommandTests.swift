import Foundation
import Testing

@Suite("payback budgets")
struct BudgetsCommandTests {
    /// Runs a test in a folder of its own, where the registry is made.
    private func inFolder(_ test: (URL) throws -> Void) throws {
        let folder = try Program.newFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        try test(folder)
    }

    /// Sets a budget; returns its id.
    private func set(_ arguments: [String], in folder: URL) throws -> String {
        let run = try Program.run(["budgets", "set"] + arguments, in: folder)
        #expect(run.exitCode == 0, "\(run.error)")
        return String(run.output.prefix { $0 != " " })
    }

    /// The budgets as the list has them.
    private func list(in folder: URL) throws -> [[String: Any]] {
        let run = try Program.run(["budgets", "list", "--format", "json"], in: folder)
        #expect(run.exitCode == 0, "\(run.error)")
        return try #require(try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [[String: Any]])
    }

    @Test("A budget is hard and in UTC unless it is said otherwise")
    func fields() throws {
        try inFolder { folder in
            let plain = try set(["--scope", "total", "--limit", "5000", "--per", "month"], in: folder)
            let full = try set(
                [
                    "--scope", "customer=*", "--limit", "0.0002", "--per", "rolling:2d", "--soft", "--time-zone",
                    "Europe/Berlin", "--webhook", "https://example.com/hook",
                ], in: folder)
            let budgets = try list(in: folder)
            let fields = ["id", "scope", "per", "time_zone", "enforcement", "webhook"]
            let values = Set(budgets.map { budget in fields.map { budget[$0] as? String } })
            #expect(
                values == [
                    [plain, "total", "month", "UTC", "hard", nil],
                    [full, "customer=*", "rolling:48h", "Europe/Berlin", "soft", "https://example.com/hook"],
                ])
            let json = try Program.run(["budgets", "list", "--format", "json"], in: folder).output
            #expect(json.contains("\"limit_usd\": 0.0002") && json.contains("\"limit_usd\": 5000"), "\(json)")
            let text = try Program.run(["budgets", "list"], in: folder).output
            for word in [plain, full, "rolling:48h", "0.0002", "Europe/Berlin"] {
                #expect(text.contains(word), "\(word) in \(text)")
            }
        }
    }

    @Test("The same scope and period is replaced and keeps its id; removed it is gone")
    func replacing() throws {
        try inFolder { folder in
            let first = try set(["--scope", "customer=acme", "--limit", "250", "--per", "month"], in: folder)
            let again = try set(["--scope", "customer=acme", "--limit", "300", "--per", "month"], in: folder)
            #expect(first.hasPrefix("bud_") && again == first)
            #expect(try list(in: folder).map { $0["limit_usd"] as? Int } == [300])
            #expect(try Program.run(["budgets", "remove", first], in: folder).exitCode == 0)
            #expect(try list(in: folder).isEmpty)
            let text = try Program.run(["budgets", "list"], in: folder)
            #expect(text.exitCode == 0 && text.output.contains("There are no budgets yet"))
        }
    }

    @Test("A budget that is changed keeps its webhook, until it is taken away")
    func webhook() throws {
        try inFolder { folder in
            let terms = ["--scope", "total", "--limit", "5", "--per", "month"]
            _ = try set(terms + ["--webhook", "https://example.com/hook"], in: folder)
            _ = try set(terms, in: folder)
            #expect(try list(in: folder).first?["webhook"] as? String == "https://example.com/hook")
            _ = try set(terms + ["--webhook", ""], in: folder)
            #expect(try list(in: folder).first?["webhook"] is NSNull)
        }
    }

    @Test("A key may be named; a key that is not there is refused, for it would limit nobody")
    func keys() throws {
        try inFolder { folder in
            let made = try Program.run(["keys", "create", "--name", "mine"], in: folder)
            #expect(made.exitCode == 0, "\(made.error)")
            let missing = try Program.run(
                ["budgets", "set", "--scope", "key=yours", "--limit", "1", "--per", "day"], in: folder)
            #expect(missing.exitCode == 66 && missing.error.contains("There is no key \"yours\""))
            _ = try set(["--scope", "key=mine", "--limit", "1", "--per", "day"], in: folder)
            let scope = try #require(try list(in: folder).first?["scope"] as? String)
            #expect(scope.hasPrefix("key=key_"), "the id, which stays when the name changes: \(scope)")
            let filed = "key=key_file_0123456789abcdef"
            _ = try set(["--scope", filed, "--limit", "1", "--per", "day"], in: folder)
            #expect(try list(in: folder).contains { $0["scope"] as? String == filed })
        }
    }

    @Test(
        "Exit codes follow sysexits, and the message says what to write",
        arguments: [
            (["set", "--scope", "everybody", "--limit", "1", "--per", "day"], 64, "is no scope"),
            (["set", "--scope", "total", "--limit", "much", "--per", "day"], 64, "is no amount"),
            (["set", "--scope", "total", "--limit=-1", "--per", "day"], 64, "is no amount"),
            (["set", "--scope", "total", "--limit", "1", "--per", "fortnight"], 64, "is no period"),
            (["set", "--scope", "total", "--limit", "1", "--per", "rolling:0h"], 64, "is no period"),
            (
                ["set", "--scope", "total", "--limit", "1", "--per", "day", "--time-zone", "Mars/Olympus"], 64,
                "is not known"
            ), (["set", "--scope", "total", "--per", "day"], 64, "--limit"),
            (["set", "--scope", "total", "--limit", "1", "--per", "day", "--hard", "--soft"], 64, "soft"),
            (["list", "--registry", "missing.sqlite"], 69, "There is no registry"),
            (["remove", "bud_nothing"], 66, "budgets list"), (["remove"], 64, "id"),
        ] as [([String], Int32, String)])
    func failures(_ arguments: [String], _ exitCode: Int32, _ words: String) throws {
        try inFolder { folder in
            _ = try set(["--scope", "total", "--limit", "7", "--per", "week"], in: folder)
            let run = try Program.run(["budgets"] + arguments, in: folder)
            #expect(run.exitCode == exitCode && run.output.isEmpty, "\(run.error)")
            #expect(run.error.contains(words), "\(run.error)")
            #expect(try list(in: folder).map { $0["limit_usd"] as? Int } == [7], "nothing changed")
        }
    }
}
