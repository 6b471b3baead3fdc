import Domain
import Foundation
import Policy
import Registry
import Testing

@Suite("payback policy")
struct PolicyCommandTests {
    private static let plan = """
        name: October
        error_budgets: [{feature: search, allowed_share: 0.01}]
        rules:
          - {name: repeats, lever: cache, match: exact}
          - name: small model
            lever: routing
            to: {provider: openai, model: gpt-5-mini}
            quality: {judge: exact, floor: 0.02}
            predicted_monthly_usd: 120.5
          - {name: shorter, lever: prompt_reduction, reduction: 0.1}
          - {name: later, lever: cache, match: normalised, state: off}
        """

    /// Runs a test in a folder of its own with a plan's file.
    private func inFolder(_ test: (URL) throws -> Void) throws {
        let folder = try Program.newFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data(Self.plan.utf8).write(to: folder.appending(path: "plan.yaml"))
        try test(folder)
    }

    @discardableResult
    private func run(_ arguments: [String], in folder: URL) throws -> Program.Outcome {
        let run = try Program.run(["policy"] + arguments, in: folder)
        #expect(run.exitCode == 0, "\(arguments): \(run.error)")
        return run
    }

    private func show(in folder: URL) throws -> (plan: [String: Any], rules: [String: [String: Any]]) {
        let output = try run(["show", "--format", "json"], in: folder).output
        let root = try #require(try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any])
        let rules = try #require(root["rules"] as? [[String: Any]])
        return (root, Dictionary(rules.map { ($0["name"] as? String ?? "", $0) }) { $1 })
    }

    /// What the gateway would keep after so many verdicts on a rule, most of them good.
    private func judge(_ name: String, good: Int, bad: Int = 0, in folder: URL) throws {
        let store = try RegistryStore(path: folder.appending(path: "payback-registry.sqlite").path, mustExist: true)
        let applied = try #require(try store.planInForce())
        let rule = try #require(try PlanReader.read(applied).rules.first { $0.name == name })
        let row = try store.levers().first { $0.rule == name }
        var gate = try rule.gate(from: row, at: applied.appliedAt)
        for _ in 0..<good { gate.take(.scored(.none), at: applied.appliedAt) }
        for _ in 0..<bad { gate.take(.scored(.whole), at: applied.appliedAt) }
        try store.saveLevers([name: gate.record(of: rule)], at: applied.appliedAt)
    }

    @Test("A plan is put in force: what changes answers begins in shadow, the rest acts")
    func apply() throws {
        try inFolder { folder in
            let applied = try run(["apply", "plan.yaml", "--note", "a start"], in: folder)
            #expect(applied.output.contains("Plan 1 (October) is in force."), "\(applied.output)")
            #expect(
                applied.error.contains("plan.yaml:10: rules.2.lever: this gateway does not execute prompt_reduction"))
            let (root, rules) = try show(in: folder)
            let plan = try #require(root["plan"] as? [String: Any])
            #expect(plan["number"] as? Int == 1 && plan["name"] as? String == "October")
            #expect(plan["note"] as? String == "a start" && rules.count == 4)
            let states = rules.mapValues { "\($0["state"] as? String ?? "") \($0["served_share"] as? Double ?? -1)" }
            #expect(
                states == [
                    "repeats": "on 1.0", "small model": "shadow 0.0", "shorter": "shadow 0.0", "later": "off 0.0",
                ])
            #expect(rules["small model"]?["predicted_monthly_usd"] as? Double == 120.5)
            #expect(root["predicted_monthly_acting_usd"] as? Double == 0)
            let next = try #require(rules["small model"]?["next"] as? String)
            #expect(next == "242 more good verdicts until it serves a canary.")
            let text = try run(["show"], in: folder).output
            #expect(text.contains("October: 1 of 4 rules acts") && text.contains("242 more good verdicts"), "\(text)")
        }
    }

    @Test("Evidence shows with its bound, goes on where the rule means the same, and begins anew where it does not")
    func evidence() throws {
        try inFolder { folder in
            try run(["apply", "plan.yaml"], in: folder)
            try judge("small model", good: 242, in: folder)
            var (root, rules) = try show(in: folder)
            let gate = try #require(rules["small model"]?["gate"] as? [String: Any])
            #expect(rules["small model"]?["state"] as? String == "canary" && gate["judged"] as? Int == 242)
            #expect(try #require(gate["loss_upper_bound_rate"] as? Double) <= 0.02 && gate["lost"] as? Double == 0)
            #expect((gate["transitions"] as? [[String: Any]])?.map { $0["cause"] as? String } == ["opened", "proven"])
            #expect(root["predicted_monthly_acting_usd"] as? Double == 12.05, "a tenth of 120.50")
            let budget = try #require((root["error_budgets"] as? [[String: Any]])?.first)
            let spent = try #require(budget["spent_share"] as? Double)
            #expect(budget["exceeded"] as? Bool == false && spent > 0.0015 && spent <= 0.002)
            try Data(Self.plan.replacing("predicted_monthly_usd: 120.5", with: "predicted_monthly_usd: 99").utf8)
                .write(to: folder.appending(path: "plan.yaml"))
            try run(["apply", "plan.yaml"], in: folder)
            (root, rules) = try show(in: folder)
            #expect(rules["small model"]?["state"] as? String == "canary", "a forecast is no part of the meaning")
            try Data(Self.plan.replacing("gpt-5-mini", with: "gpt-5-nano").utf8)
                .write(to: folder.appending(path: "plan.yaml"))
            try run(["apply", "plan.yaml"], in: folder)
            (root, rules) = try show(in: folder)
            #expect(rules["small model"]?["state"] as? String == "shadow", "another model has proven nothing")
            #expect((rules["small model"]?["next"] as? String)?.contains("about another rule of this name") == true)
            let history = try run(["history", "small model"], in: folder).output
            #expect(history.contains("proven below the floor: 0 lost of 242 judged"), "what happened stays told")
        }
    }

    @Test("A rule is paused and resumed, and everything that happened is told, the newest first")
    func pausing() throws {
        try inFolder { folder in
            try run(["apply", "plan.yaml"], in: folder)
            try run(["pause", "repeats", "--reason", "stale answers"], in: folder)
            var rule = try #require(try show(in: folder).rules["repeats"])
            #expect(rule["paused"] as? Bool == true && rule["served_share"] as? Double == 0)
            #expect((rule["next"] as? String)?.contains("stale answers") == true)
            try run(["resume", "repeats"], in: folder)
            rule = try #require(try show(in: folder).rules["repeats"])
            #expect(rule["paused"] as? Bool == false && rule["served_share"] as? Double == 1)
            try judge("small model", good: 242, in: folder)
            try run(["remove", "--note", "the end"], in: folder)
            #expect(try run(["show"], in: folder).output.contains("No rule is in force"))
            let output = try run(["history", "--format", "json"], in: folder).output
            let events = try #require(try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [[String: Any]])
            let told = events.map { "\($0["what"] as? String ?? "") \($0["rule"] as? String ?? "")" }
            #expect(
                told.filter { !$0.hasPrefix("gate") } == [
                    "plan removed (2) ", "lever resumed repeats", "lever paused repeats", "plan applied (1) ",
                ])
            #expect(told.contains("gate shadow → canary small model"))
            let one = try run(["history", "repeats"], in: folder).output
            #expect(one.contains("stale answers") && !one.contains("plan applied"))
        }
    }

    @Test("A gate is opened only where it is shut, and what is wanted is seen until the gateway has done it")
    func wishes() throws {
        try inFolder { folder in
            try run(["apply", "plan.yaml"], in: folder)
            let open = try Program.run(["policy", "open", "small model"], in: folder)
            #expect(open.exitCode == 65 && open.error.contains("small model is shadow: there is nothing to open"))
            try judge("small model", good: 0, bad: 400, in: folder)
            let rule = try #require(try show(in: folder).rules["small model"])
            #expect(rule["state"] as? String == "rolled_back")
            #expect((rule["next"] as? String)?.contains("payback policy open 'small model'") == true)
            try run(["open", "small model"], in: folder)
            #expect(try show(in: folder).rules["small model"]?["wanted"] as? String == "open")
            try run(["close", "small model"], in: folder)
            #expect(try show(in: folder).rules["small model"]?["wanted"] as? String == "close")
            let ungated = try Program.run(["policy", "close", "repeats"], in: folder)
            #expect(ungated.exitCode == 65 && ungated.error.contains("payback policy pause"))
        }
    }

    @Test("A recording is replayed, and the plan that comes out is put in force as it is")
    func replayed() throws {
        try inFolder { folder in
            for arguments in [
                ["sample", "--requests", "2000", "--seed", "4", "--output", "usage.jsonl"],
                ["model", "replay", "--plan", "plan.yaml", "usage.jsonl", "--write-plan", "weighed.json"],
            ] {
                let run = try Program.run(arguments, in: folder)
                #expect(run.exitCode == 0, "\(run.error)")
            }
            try run(["validate", "weighed.json"], in: folder)
            try run(["apply", "weighed.json"], in: folder)
            let (root, rules) = try show(in: folder)
            #expect(Set(rules.keys) == ["repeats", "small model", "shorter", "later"])
            #expect(rules["repeats"]?["predicted_monthly_usd"] is Double && root["plan"] != nil)
        }
    }

    @Test("Validating compares with the configuration, changes nothing, and names the line")
    func validating() throws {
        try inFolder { folder in
            let configuration = """
                upstreams:
                  - {name: main, kind: anthropic, base_url: "http://127.0.0.1:9", credentials: [k]}
                """
            let plan = """
                error_budgets: [{feature: search, allowed_share: 0.01}]
                rules:
                  - name: small
                    lever: routing
                    state: on
                    upstream: spare
                    to: {provider: openai, model: m}
                  - {name: other, lever: routing, to: {provider: openai, model: m}, quality: {judge: exact}}
                  - {name: exact, lever: cache, state: shadow}
                """
            try Data(configuration.utf8).write(to: folder.appending(path: "payback.yaml"))
            try Data(plan.utf8).write(to: folder.appending(path: "plan.yaml"))
            let read = try run(["validate", "plan.yaml"], in: folder).output
            for words in [
                "plan.yaml:5: rules.0.state: it starts in shadow all the same",
                "plan.yaml:6: rules.0.upstream: the configuration has no upstream spare; it has main",
                "rules.0.quality: nobody judges it",
                "rules.1.to.provider: no upstream of the configuration is billed by openai",
                "rules.2.state: it has no gate and acts at once",
                "error_budgets.0.allowed_share: the floors of its 2 rules add up to 4.0 %",
            ] { #expect(read.contains("warning: ") && read.contains(words), "\(words) in \(read)") }
            #expect(!FileManager.default.fileExists(atPath: folder.appending(path: "payback-registry.sqlite").path))
            let json = try run(["validate", "plan.yaml", "--format", "json"], in: folder).output
            let root = try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
            #expect(root["valid"] as? Bool == true && (root["problems"] as? [Any])?.count == 6)
        }
    }

    @Test(
        "Exit codes follow sysexits, and nothing changes",
        arguments: [
            (["apply", "bad.yaml"], 65, "bad.yaml:1: rules.0.lever"), (["apply", "nowhere.yaml"], 66, "nowhere.yaml"),
            (["apply", "broken.yaml"], 65, "broken.yaml"), (["apply"], 64, "file"),
            (["pause", "repeats"], 64, "--reason"), (["pause", "repeats", "--reason", " "], 64, "says nothing"),
            (["pause", "nobody", "--reason", "r"], 66, "it has: repeats, small model, shorter, later"),
            (["resume", "repeats"], 66, "is not paused"), (["history", "nobody"], 66, "no rule nobody"),
            (["show", "--registry", "missing.sqlite"], 69, "There is no registry"),
            (["withdraw", "small model"], 65, "nothing to withdraw"),
        ] as [([String], Int32, String)])
    func failures(_ arguments: [String], _ exitCode: Int32, _ words: String) throws {
        try inFolder { folder in
            try Data("rules: [{name: a, lever: magic}]\n".utf8).write(to: folder.appending(path: "bad.yaml"))
            try Data("rules: [{\n".utf8).write(to: folder.appending(path: "broken.yaml"))
            try run(["apply", "plan.yaml"], in: folder)
            let before = try run(["show", "--format", "json"], in: folder).output
            let outcome = try Program.run(["policy"] + arguments, in: folder)
            #expect(outcome.exitCode == exitCode && outcome.output.isEmpty, "\(outcome.error)")
            #expect(outcome.error.contains(words), "\(outcome.error)")
            #expect(try run(["show", "--format", "json"], in: folder).output == before)
        }
    }

    @Test("Without a plan it says what to do; validate of a bad plan says so in JSON too")
    func nothing() throws {
        try inFolder { folder in
            #expect(try Program.run(["keys", "create", "--name", "k"], in: folder).exitCode == 0)
            #expect(try run(["show"], in: folder).output.contains("payback policy apply plan.yaml"))
            let remove = try Program.run(["policy", "remove"], in: folder)
            #expect(remove.exitCode == 66 && remove.error.contains("No plan is in force"))
            try Data("rules: [{name: a, lever: magic}]\n".utf8).write(to: folder.appending(path: "bad.yaml"))
            let bad = try Program.run(["policy", "validate", "bad.yaml", "--format", "json"], in: folder)
            #expect(bad.exitCode == 65 && bad.output.contains("\"valid\": false") && bad.output.contains("\"line\": 1"))
        }
    }
}
