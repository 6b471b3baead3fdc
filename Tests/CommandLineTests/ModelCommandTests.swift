import Foundation
import Testing

@Suite("payback model")
struct ModelCommandTests {
    private func json(_ arguments: [String], in folder: URL? = nil) throws -> [String: Any] {
        let words = ["model"] + arguments + ["--format", "json"]
        let outcome = try folder.map { try Program.run(words, in: $0) } ?? Program.run(words)
        #expect(outcome.exitCode == 0, "\(outcome.error)")
        return try #require(try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
    }

    @Test("The published token cost comes out with its keys")
    func tokens() throws {
        let root = try json(["tokens", "--example"])
        let expected = [
            "base_input_cost": 666, "base_output_cost": 1_350, "retry_cost": 157.5, "validation_cost": 450,
            "total_cost": 2_623.5, "cost_per_request": 0.008_745, "effective_requests": 315_000,
        ]
        for (key, value) in expected { #expect(root[key] as? Double == value, "\(key)") }
    }

    @Test("The published return on quality comes out with its keys")
    func quality() throws {
        let root = try json(["quality", "--example"])
        let expected = [
            "current_quality": 0.82, "target_quality": 0.95, "quality_improvement_pct": 13,
            "monthly_cost_increase": 1_900, "monthly_value_increase": 260_000, "net_monthly_benefit": 258_100,
            "roi_percentage": 13_584.21, "payback_months": 0.0073,
        ]
        for (key, value) in expected {
            let found = try #require(root[key] as? Double)
            #expect(abs(found - value) < 0.01, "\(key)")
        }
    }

    @Test("Failures cost 208,333 a day, which is 6.25 million a month")
    func failure() throws {
        let root = try json(["failure", "--example"])
        let day = try #require(root["failure_cost_per_day_usd"] as? Double)
        #expect(abs(day - 208_333.33) < 0.01 && root["failure_cost_per_month_usd"] as? Double == 6_250_000)
    }

    @Test("The worked example: 68.7 % and 71.3 %, and the hit rates that the claim would take")
    func savings() throws {
        let root = try json(["savings", "--example"])
        #expect(root["saving_share"] as? Double == 0.68735)
        #expect(root["saving_share_if_all_spend_is_input"] as? Double == 0.7127)
        let rates = try #require(root["hit_rate_for_claim"] as? [String: Any])
        let low = try #require(rates["low_if_all_spend_is_input"] as? Double)
        let high = try #require(rates["high_if_all_spend_is_input"] as? Double)
        #expect(abs(low - 0.05) < 0.001 && abs(high - 0.208) < 0.001)
    }

    @Test(
        "Every model has text, Markdown and HTML, an example to change, and one in its help",
        arguments: ["savings", "tokens", "caching", "frontier", "quality", "failure", "self-host"])
    func formats(model: String) throws {
        let folder = try Program.newFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        for (format, mark) in [("text", "\n"), ("markdown", "# "), ("html", "<!doctype html>")] {
            let outcome = try Program.run(["model", model, "--example", "--format", format])
            #expect(outcome.exitCode == 0 && outcome.output.lowercased().contains(mark), "\(outcome.error)")
        }
        let written = try Program.run(["model", model, "--print-example", "--output", "file.yaml"], in: folder)
        #expect(written.exitCode == 0, "\(written.error)")
        let (file, built) = (
            try Program.run(["model", model, "file.yaml", "--format", "json"], in: folder),
            try Program.run(["model", model, "--example", "--format", "json"])
        )
        #expect(file.output == built.output && !file.output.isEmpty, "\(file.error)")
        #expect(try Program.run(["model", model, "--help"]).output.contains("payback model \(model) --example"))
    }

    @Test(
        "Bad input has its exit code, and says where it is",
        arguments: [
            (["tokens", "bad.yaml"], Int32(65), "bad.yaml:1: output_price: a number from 0.0"),
            (["tokens", "--example", "--set", "retry_rate=1.5"], 65, "retry_rate"),
            (
                ["savings", "--example", "--set", "levers.routing.routable_share=1.2"], 65,
                "levers.routing.routable_share"
            ),
            (["frontier", "empty.yaml"], 65, "empty.yaml"), (["frontier", "nowhere.yaml"], 66, "nowhere.yaml"),
            (["self-host", "empty.yaml"], 65, "empty.yaml"), (["failure"], 64, "--example"),
            (["quality", "--example", "--set", "target_quality=0.99"], 65, "not measured"),
            (["replay", "--plan", "nowhere.yaml", "usage.jsonl"], 66, "nowhere.yaml"),
            (["replay", "--plan", "bad-plan.yaml", "usage.jsonl"], 65, "bad-plan.yaml:1: rules.0.share"),
            (["routing", "few.csv"], 65, "at least 100"), (["routing", "wrong.csv"], 65, "wrong.csv:2"),
        ])
    func refused(arguments: [String], exitCode: Int32, words: String) throws {
        let folder = try Program.newFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let files = [
            "bad.yaml": "output_price: -3\n", "empty.yaml": "", "usage.jsonl": "{}\n",
            "bad-plan.yaml": "rules: [{name: a, lever: routing, share: 2, to: {provider: p, model: m}}]\n",
            "few.csv": "domain,chars,strong,weak\na,1,1,0\n", "wrong.csv": "domain,chars,strong,weak\na,1,3,0\n",
        ]
        for (name, text) in files { try Data(text.utf8).write(to: folder.appending(path: name)) }
        let outcome = try Program.run(["model"] + arguments, in: folder)
        #expect(outcome.exitCode == exitCode, "\(outcome.error)")
        #expect(outcome.error.contains(words), "\(outcome.error)")
        #expect(outcome.output.isEmpty)
    }

    @Test("Composed traffic through a plan: from files and from the ledger alike, an empty plan saving nothing")
    func replay() throws {
        let folder = try Program.newFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let plan = """
            name: October
            rules:
              - {name: repeats, lever: cache, match: normalised, ttl_seconds: 86400}
              - {name: small, lever: routing, to: {provider: openai, model: gpt-5-mini}, share: 0.3}
              - {name: prefixes, lever: prompt_caching}
            """
        try Data(plan.utf8).write(to: folder.appending(path: "plan.yaml"))
        try Data("name: nothing\n".utf8).write(to: folder.appending(path: "empty.yaml"))
        let sample = try Program.run(
            ["sample", "--requests", "3000", "--seed", "4", "--output", "usage.jsonl"], in: folder)
        #expect(sample.exitCode == 0, "\(sample.error)")
        let ledger = ["--ledger", "sqlite:ledger.sqlite"]
        #expect(try Program.run(["import", "usage.jsonl"] + ledger, in: folder).exitCode == 0)
        let files = try json(
            ["replay", "--plan", "plan.yaml", "usage.jsonl", "--write-plan", "weighed.json"], in: folder)
        let stored = try json(["replay", "--plan", "plan.yaml"] + ledger, in: folder)
        for key in ["baseline_usd", "realized_usd", "saving_usd", "touched_requests", "requests"] {
            #expect(files[key] as? Double == stored[key] as? Double && files[key] != nil, "\(key)")
        }
        let levers = try #require(files["by_lever"] as? [[String: Any]])
        #expect(levers.count == 3 && levers.allSatisfy { $0["saving_usd"] is Double })
        let weighed = try json(["replay", "--plan", "weighed.json"] + ledger, in: folder)
        #expect(weighed["requests"] as? Double == 3_000, "the written plan is read back")
        let nothing = try json(["replay", "--plan", "empty.yaml"] + ledger, in: folder)
        #expect(nothing["saving_usd"] as? Double == 0)
        let drafted = try json(["savings", "--from-ledger"] + ledger, in: folder)
        let spend = try #require(drafted["monthly_spend_usd"] as? Double)
        #expect(spend > 0 && (drafted["source"] as? String)?.contains("audit of") == true)
    }
}
