import Foundation
import Testing

@Suite("payback track")
struct TrackCommandTests {
    private static let tasks = """
        task_type,with_ai_minutes,without_ai_minutes,quality_score,api_cost,timestamp,session_id
        code_review,15,45,0.9,0.12,2026-10-01T09:00:00Z,
        code_review,20,50,0.8,0.08,2026-10-02T09:00:00Z,
        documentation,20,60,0.7,,2026-10-03T09:00:00Z,s1
        broken,x,60,0.7,,2026-10-03T09:00:00Z,

        """

    @Test("Imported twice, counted once; the summary has the framework's keys, and a session's cost from the ledger")
    func roundTrip() throws {
        let folder = try Program.newFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data(Self.tasks.utf8).write(to: folder.appending(path: "tasks.csv"))
        let record =
            #"{"timestamp":"2026-10-03T09:00:00Z","request_id":"r1","model":"gpt-5-mini","provider":"openai","input_tokens":10,"output":1,"cost_usd":0.05,"session":"s1"}"#
        try Data((record + "\n").utf8).write(to: folder.appending(path: "usage.jsonl"))
        let ledger = ["--ledger", "sqlite:ledger.sqlite"]
        #expect(try Program.run(["import", "usage.jsonl"] + ledger, in: folder).exitCode == 0)
        let first = try Program.run(["track", "import", "tasks.csv"], in: folder)
        #expect(first.output.hasPrefix("3 tasks added, 0 known already, 1 rows rejected"), "\(first.output)")
        #expect(first.error.contains("with_ai_minutes is \"x\""))
        let second = try Program.run(["track", "import", "tasks.csv"], in: folder)
        #expect(second.output.hasPrefix("0 tasks added, 3 known already"))
        let outcome = try Program.run(
            ["track", "summary", "--hourly-rate", "90", "--format", "json"] + ledger, in: folder)
        let root = try #require(
            try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any], "\(outcome.error)")
        #expect(root["total_tasks"] as? Int == 3 && root["total_time_saved_hours"] as? Double == 1.7)
        #expect(root["total_api_cost"] as? Double == 0.25 && root["total_value_generated"] as? Double == 150)
        #expect(
            root["net_value"] as? Double == 149.75 && root["roi_pct"] as? Double == 59_900
                && root["avg_quality_score"] as? Double == 0.8)
        let types = try #require(root["by_task_type"] as? [String: [String: Any]])
        let review = try #require(types["code_review"])
        #expect(review["count"] as? Int == 2 && review["total_time_saved_min"] as? Double == 60)
        #expect(review["avg_time_saved_pct"] as? Double == 63.3 && review["value_generated"] as? Double == 90)
        #expect(root["trend"] as? String == "insufficient_data")
    }

    @Test("A baseline gives the minutes that a task does not state; versions stay")
    func baselines() throws {
        let folder = try Program.newFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let set = [
            "track", "baseline", "set", "--task-type", "review", "--count", "30", "--deviation", "12", "--since",
            "2026-01-01",
        ]
        #expect(try Program.run(set + ["--mean", "45"], in: folder).output.contains("version 1"))
        #expect(try Program.run(set + ["--mean", "40"], in: folder).output.contains("version 2"))
        for minutes in ["10", "20"] {
            let outcome = try Program.run(
                ["track", "record", "--task-type", "review", "--with-ai-minutes", minutes, "--evidence", "measured"],
                in: folder)
            #expect(outcome.exitCode == 0 && outcome.output.contains("tsk_"), "\(outcome.error)")
        }
        let summary = try Program.run(["track", "summary", "--format", "json"], in: folder).output
        #expect(summary.contains("\"total_time_saved_hours\": 0.8"))
        let compare = try Program.run(["track", "baseline", "compare", "--format", "json"], in: folder).output
        #expect(
            compare.contains("\"baseline\": 40") && compare.contains("\"now\": 15")
                && compare.contains("\"interval\": {"))
        #expect(try Program.run(["track", "baseline", "list"], in: folder).output.contains("review"))
    }

    @Test("Caught bugs are worth what the published example says")
    func errors() throws {
        let outcome = try Program.run([
            "track", "errors", "--bugs-caught", "12", "--cost-per-bug", "15000", "--false-positive-rate", "0.15",
            "--hours-saved",
            "24", "--format", "json",
        ])
        #expect(outcome.output.contains("\"value\": 153000") && outcome.output.contains("\"value_low\": 51000"))
    }

    @Test("Nothing recorded says how to begin")
    func empty() throws {
        let folder = try Program.newFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let outcome = try Program.run(["track", "summary"], in: folder)
        #expect(outcome.exitCode == 69 && outcome.error.contains("payback"))
    }
}
