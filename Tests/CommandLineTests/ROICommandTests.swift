import Foundation
import Testing

@Suite("payback roi and model")
struct ROICommandTests {
    private func json(_ arguments: [String]) throws -> [String: Any] {
        let outcome = try Program.run(arguments + ["--format", "json"])
        #expect(outcome.exitCode == 0, "\(outcome.error)")
        return try #require(try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
    }

    @Test("run has the keys that the contract fixes")
    func runKeys() throws {
        let root = try json(["roi", "run", "--template", "coding-assistant"])
        for key in [
            "name", "horizon_months", "total_cost", "total_value", "net_value", "roi_percent", "payback_months",
            "discounted_payback_months", "npv", "irr_annual_percent", "discount_rate_annual", "years", "cash_flows",
            "assumptions",
        ] { #expect(root[key] != nil, "\(key)") }
        let flow = try #require((root["cash_flows"] as? [[String: Any]])?.first)
        for key in ["month", "cost", "value", "net", "cumulative"] { #expect(flow[key] != nil, "\(key)") }
        #expect((root["cash_flows"] as? [Any])?.count == 13)
        #expect(root["total_cost"] as? Double == 67_800)
    }

    @Test("simulate and sensitivity have theirs, sorted by swing")
    func uncertaintyKeys() throws {
        let simulation = try json([
            "roi", "simulate", "--template", "customer-support", "--draws", "512", "--seed", "3",
        ])
        for output in ["roi_percent", "npv", "payback_months"] {
            let figure = try #require(simulation[output] as? [String: Any])
            for key in ["p10", "p50", "p90", "mean", "standard_error", "probability_positive"] {
                #expect(figure[key] != nil, "\(key)")
            }
        }
        let sensitivity = try json([
            "roi", "sensitivity", "--template", "customer-support", "--sobol", "--samples", "256", "--draws", "512",
        ])
        let rows = try #require(sensitivity["rows"] as? [[String: Any]])
        let swings = rows.compactMap { $0["swing"] as? Double }
        #expect(swings.count == rows.count && swings == swings.sorted(by: >) && !rows.isEmpty)
        for key in ["input", "low", "base", "high", "roi_low", "roi_base", "roi_high"] {
            #expect(rows[0][key] != nil, "\(key)")
        }
        #expect((sensitivity["sobol"] as? [[String: Any]])?.first?["first_order"] != nil)
    }

    @Test(
        "Every template is written, read back, and shown in every format",
        arguments: [
            "llm-project", "coding-assistant", "customer-support", "conversational-agent", "code-review",
            "document-processing", "self-hosted-inference",
        ])
    func templates(name: String) throws {
        let folder = try Program.newFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        #expect(try Program.run(["roi", "init", name, "--output", "case.yaml"], in: folder).exitCode == 0)
        let again = try Program.run(["roi", "init", name, "--output", "case.yaml"], in: folder)
        #expect(again.exitCode == 73 && again.error.contains("already"))
        for format in ["text", "markdown", "html", "json"] {
            let outcome = try Program.run(
                ["roi", "run", "case.yaml", "--format", format, "--draws", "256"], in: folder)
            #expect(outcome.exitCode == 0 && outcome.error.isEmpty, "\(outcome.error)")
            #expect(outcome.output.firstMatch(of: /\b(nan|inf)\b/) == nil)
        }
        let text = try Program.run(["roi", "run", "case.yaml", "--draws", "256"], in: folder).output
        #expect(text.split(separator: "\n").allSatisfy { $0.count <= 100 })
    }

    @Test(
        "Bad use and bad input have their exit codes and words",
        arguments: [
            (["roi", "run"], 64, "--template"), (["roi", "run", "--template", "nothing"], 66, "coding-assistant"),
            (["roi", "run", "missing.yaml"], 66, "missing.yaml"),
            (["roi", "run", "--template", "coding-assistant", "--set", "seets=3"], 65, "seats"),
            (["roi", "run", "--template", "coding-assistant", "--set", "seats"], 64, "--set"),
            (["roi", "run", "--template", "coding-assistant", "--set", "seats=1 +"], 65, "drivers.seats"),
            (["roi", "run", "--template", "coding-assistant", "--set", "horizon_months=-1"], 65, "horizon_months"),
            (["roi", "simulate", "--template", "coding-assistant", "--draws", "0"], 64, "--draws"),
            (["roi", "compare", "--template", "coding-assistant"], 64, "at least two"),
            (["roi", "compare", "--template", "coding-assistant", "--actuals"], 65, "first_month"),
            (["model", "self-host", "--example", "--set", "colour=1"], 65, "colour"),
            (["model", "self-host"], 64, "--example"),
            (["track", "summary", "missing.csv"], 66, "missing.csv"),
            (["track", "errors", "--bugs-caught", "3", "--false-positive-rate", "2"], 64, "fractions"),
        ] as [([String], Int32, String)])
    func failures(arguments: [String], exitCode: Int32, words: String) throws {
        let outcome = try Program.run(arguments)
        #expect(outcome.exitCode == exitCode, "\(outcome.error)")
        #expect(outcome.error.contains(words), "\(outcome.error)")
        #expect(outcome.output.isEmpty)
    }

    @Test("Scenarios compare side by side, on the same draws")
    func compare() throws {
        let root = try json([
            "roi", "compare", "--template", "coding-assistant", "--template", "customer-support", "--draws", "512",
        ])
        let scenarios = try #require(root["scenarios"] as? [[String: Any]])
        #expect(scenarios.count == 2 && scenarios.allSatisfy { $0["best_share"] != nil && $0["npv"] != nil })
    }

    @Test("Drivers come from the price book and the ledger; actuals from the ledger and imported outcomes")
    func fromElsewhere() throws {
        let folder = try Program.newFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let usage = (1...9).map { month in
            #"{"timestamp":"2026-0\#(month)-10T00:00:00Z","request_id":"\#(month)","model":"gpt-5-mini","provider":"openai","input_tokens":10,"output":1,"cost_usd":\#(month)00,"feature":"support"}"#
        }.joined(separator: "\n")
        try Data((usage + "\n").utf8).write(to: folder.appending(path: "usage.jsonl"))
        try Data("month,resolved\n2026-07,50\n2026-08,70\n".utf8).write(to: folder.appending(path: "helpdesk.csv"))
        let scenario = """
            name: Support
            horizon_months: 6
            first_month: 2026-07
            drivers:
              spend: {from_ledger: {measure: cost_usd, feature: support, since: 2026-01-01, until: 2026-07-01}}
              output_price: {from_price_book: {provider: openai, model: gpt-5-mini, of: output}}
              each: 20
            costs:
              - {name: Calls, category: api, monthly: spend, actuals: {ledger: {measure: cost_usd, feature: support}}}
            value:
              - {name: Resolved, category: labour_savings, monthly: 60 * each, actuals: {outcome: resolved, each: each}}
            """
        try Data(scenario.utf8).write(to: folder.appending(path: "case.yaml"))
        let ledger = ["--ledger", "sqlite:ledger.sqlite"]
        let registry = ["--registry", "registry.sqlite"]
        #expect(try Program.run(["import", "usage.jsonl"] + ledger, in: folder).exitCode == 0)
        #expect(try Program.run(["track", "outcomes", "import", "helpdesk.csv"] + registry, in: folder).exitCode == 0)
        let run = try Program.run(["roi", "run", "case.yaml", "--format", "json"] + ledger, in: folder)
        let root = try #require(
            try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any], "\(run.error)")
        // The mean of 100 … 600 USD over the months before the plan.
        #expect(root["total_cost"] as? Double == 2_100.0)
        // A part of a month is a part: 100 USD in 15 days are 202.92 a month of 30.4375 days.
        let part = scenario.replacing("until: 2026-07-01", with: "until: 2026-01-16")
        try Data(part.utf8).write(to: folder.appending(path: "part.yaml"))
        let partial = try Program.run(["roi", "run", "part.yaml", "--format", "json"] + ledger, in: folder)
        #expect(partial.output.contains("\"total_cost\": 1217.5"), "\(partial.error)")
        // A misspelled feature is no saving.
        let wrong = scenario.replacing("feature: support}}", with: "feature: suport}}")
        try Data(wrong.utf8).write(to: folder.appending(path: "wrong.yaml"))
        let missing = try Program.run(["roi", "compare", "wrong.yaml", "--actuals"] + ledger + registry, in: folder)
        #expect(missing.exitCode == 65 && missing.error.contains("feature suport"), "\(missing.error)")
        let compared = try Program.run(
            ["roi", "compare", "case.yaml", "--actuals", "--format", "json"] + ledger + registry, in: folder)
        let whole = try #require(
            try JSONSerialization.jsonObject(with: Data(compared.output.utf8)) as? [String: Any], "\(compared.error)")
        let actuals = try #require(whole["actuals"] as? [String: Any])
        let lines = try #require(actuals["lines"] as? [[String: Any]])
        #expect(lines.map { $0["actual"] as? Double }.prefix(1) == [2_400.0])
        #expect(lines.last?["actual"] as? Double == 2_400.0)
    }
}
