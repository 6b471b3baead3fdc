import Domain
import Inputs
import Productivity
import Testing

@Suite("Reading tasks and outcomes")
struct ReaderTests {
    private func tasks(_ text: String) throws -> ([TaskMetric], Diagnostics) {
        var reader = TaskReader(file: "tasks.csv", now: Timestamp(seconds: 5))
        let tasks = reader.read(try TableFile(text: text, file: "tasks.csv"))
        return (tasks, reader.diagnostics)
    }

    private static let header = "task_type,with_ai_minutes,without_ai_minutes,quality_score,api_cost,timestamp\n"

    @Test("CSV with the framework's names, semicolons, JSON lines and arrays mean the same")
    func formats() throws {
        let row = "code_review,15,45,0.9,0.12,2026-10-01T09:00:00Z\n"
        let (csv, _) = try tasks(Self.header + row)
        let (semicolons, _) = try tasks((Self.header + row).replacing(",", with: ";"))
        let json =
            #"{"task_type":"code_review","with_ai_minutes":15,"without_ai_minutes":45,"quality_score":0.9,"api_cost":0.12,"timestamp":"2026-10-01T09:00:00Z"}"#
        let (lines, _) = try tasks(json + "\n")
        let (array, _) = try tasks("[\(json)]")
        #expect(csv.count == 1 && csv == semicolons && csv == lines && csv == array)
        #expect(csv[0].timeSavedMinutes == 30 && csv[0].apiCost == 0.12)
    }

    @Test("Equal rows are different tasks, the same again in another import")
    func identity() throws {
        let text = Self.header + "a,1,2,,,\na,1,2,,,\nb,1,2,,,\n"
        let (first, _) = try tasks(text)
        let (again, _) = try tasks(text)
        #expect(Set(first.map(\.id)).count == 3 && again.map(\.id) == first.map(\.id))
    }

    @Test(
        "A bad row is named with its line, and the others count",
        arguments: [
            ("a,x,2,,,", "bad_with_ai_minutes"), ("a,-1,2,,,", "bad_with_ai_minutes"),
            ("a,1,2,1.5,,", "bad_quality_score"),
            (",1,2,,,", "missing_task_type"), ("a,,2,,,", "missing_minutes"), ("a,1,2,,,soon", "bad_timestamp"),
            ("a,1", "wrong_cell_count"), ("a,nan,2,,,", "bad_with_ai_minutes"), ("a,1,2,,inf,", "bad_api_cost"),
        ])
    func rejected(row: String, code: String) throws {
        let (found, diagnostics) = try tasks(Self.header + row + "\nb,1,2,,,\n")
        #expect(found.map(\.taskType) == ["b"])
        #expect(diagnostics.entries.map(\.code) == [code] && diagnostics.entries.first?.line == 2)
    }

    @Test("Quoted cells hold delimiters, quotes and line breaks")
    func quoted() throws {
        let (found, _) = try tasks(Self.header + "\"a, \"\"b\"\"\nc\",1,2,,,\nd,1,2,,,\n")
        #expect(found.map(\.taskType) == ["a, \"b\"\nc", "d"])
    }

    @Test("Helpdesk and seat exports count what they name")
    func outcomes() throws {
        var reader = OutcomeReader(file: "helpdesk.csv")
        let table = try TableFile(
            text: "month,queue,resolved,reopened\n2026-01,eu,120,7\n2026-02,eu,,9\n", file: "helpdesk.csv")
        let found = try reader.read(table)
        #expect(found.map(\.name) == ["resolved", "reopened", "reopened"] && found.map(\.amount) == [120, 7, 9])
        #expect(found[0].team == "eu" && Set(found.map(\.key)).count == 3)
    }

    @Test("Rows of one day are as many outcomes; the same file again has the same ones")
    func equalRows() throws {
        func read() throws -> [OutcomeCount] {
            var reader = OutcomeReader(file: "tickets.csv")
            return try reader.read(
                try TableFile(text: "date,resolved\n2026-08-01,1\n2026-08-01,1\n2026-08-02,1\n", file: "tickets.csv"))
        }
        let (first, second) = (try read(), try read())
        #expect(Set(first.map(\.key)).count == 3 && first.map(\.key) == second.map(\.key))
    }

    @Test("The Claude Code analytics report: an actor and a day, under a pseudonym, without its cost")
    func claudeCode() throws {
        let text =
            #"{"data":[{"actor":{"type":"user_actor","email_address":"User@x.com"},"date":"2025-08-08T00:00:00Z","core_metrics":{"num_sessions":15,"lines_of_code":{"added":342,"removed":128},"commits_by_claude_code":8,"pull_requests_by_claude_code":2},"tool_actions":{"edit_tool":{"accepted":25,"rejected":3}},"model_breakdown":[{"model":"m","estimated_cost":{"amount":186,"currency":"USD"}}]}],"has_more":false}"#
        var reader = OutcomeReader(file: "report.json")
        let found = try reader.read(try TableFile(text: text, file: "report.json"))
        let amounts = Dictionary(uniqueKeysWithValues: found.map { ($0.name, $0.amount) })
        #expect(
            amounts == [
                "sessions": 15, "commits": 8, "pull_requests": 2, "lines_added": 342, "lines_removed": 128,
                "accepted_edits": 25, "rejected_edits": 3,
            ])
        #expect(found.allSatisfy { $0.person?.hasPrefix("person_") ?? false && !($0.person?.contains("@") ?? true) })
    }

    @Test("A table without any known column is refused, and says which there are")
    func unknown() {
        #expect {
            var reader = OutcomeReader(file: "x.csv")
            _ = try reader.read(try TableFile(text: "date,frobs\n2026-01-01,3\n", file: "x.csv"))
        } throws: { "\($0)".contains("resolved") }
        #expect(throws: InputError.self) { try TableFile(text: " \n", file: "x.csv") }
    }
}
