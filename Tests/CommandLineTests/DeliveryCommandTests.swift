import Foundation
import Testing

@Suite("payback report --schedule, report deliver, close")
struct DeliveryCommandTests {
    /// A folder with a ledger of composed traffic and a configuration.
    private func with(_ delivery: String, _ body: (URL) throws -> Void) throws {
        let folder = try Program.newFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let sample = try Program.run(
            ["sample", "--requests", "500", "--seed", "6", "--output", "usage.jsonl"], in: folder)
        #expect(sample.exitCode == 0, "\(sample.error)")
        let imported = try Program.run(["import", "usage.jsonl", "--ledger", "sqlite:l.sqlite"], in: folder)
        #expect(imported.exitCode == 0, "\(imported.error)")
        try Data("ledger: sqlite:l.sqlite\nregistry: r.sqlite\n\(delivery)".utf8)
            .write(to: folder.appending(path: "payback.yaml"))
        try body(folder)
    }

    private func run(_ arguments: [String], in folder: URL) throws -> Program.Outcome {
        try Program.run(arguments, in: folder, environment: ["SMTP_PASSWORD": "not-to-be-shown"])
    }

    private func reports(port: Int, to targets: String) -> String {
        """
        delivery:
          smtp: {url: "smtp://127.0.0.1:\(port)", user: payback, password: "${SMTP_PASSWORD}", from: payback@example.com}
          reports:
            - {report: executive, every: month, at: "07:00", format: markdown, to: [\(targets)]}
        """
    }

    @Test("A report goes to a mailbox: greeting, login, one sender, one recipient, and a mail of all its parts")
    func mail() throws {
        let server = try FakeMailServer()
        try with(reports(port: server.port, to: "\"mailto:cfo@example.com\"")) { folder in
            let outcome = try run(["report", "deliver", "executive-month"], in: folder)
            #expect(outcome.exitCode == 0, "\(outcome.error)")
            #expect(!outcome.error.contains("not-to-be-shown"))
        }
        let lines = server.lines()
        #expect(lines.first?.hasPrefix("EHLO ") == true)
        let login = Data("\0payback\0not-to-be-shown".utf8).base64EncodedString()
        #expect(lines.contains { $0.hasPrefix("AUTH PLAIN") } && lines.contains { $0.hasSuffix(login) })
        #expect(lines.filter { $0.hasPrefix("MAIL FROM:<payback@example.com>") }.count == 1)
        #expect(lines.filter { $0.hasPrefix("RCPT TO:<cfo@example.com>") }.count == 1)
        #expect(lines.contains("To: cfo@example.com") && lines.contains("MIME-Version: 1.0"))
        let types = lines.filter { $0.hasPrefix("Content-Type: ") }
        let expected = ["multipart/mixed", "multipart/alternative", "text/plain", "text/html", "text/markdown"]
        let found = types.map { String($0.dropFirst(14).prefix { $0 != ";" }) }
        #expect(found == expected)
        #expect(lines.contains { $0.hasSuffix(".md\"") })
    }

    @Test("A recipient that is refused is told with the server's answer, and the other target still gets its report")
    func refusal() throws {
        let server = try FakeMailServer(refusing: "550 nobody here")
        try with(reports(port: server.port, to: "\"mailto:gone@example.com\", \"file:reports\"")) { folder in
            let outcome = try run(["report", "deliver", "executive-month"], in: folder)
            #expect(outcome.exitCode == 69)
            #expect(outcome.error.contains("mailto:gone@example.com: The mail server did not take the mail"))
            #expect(outcome.error.contains("550") && !outcome.error.contains("not-to-be-shown"))
            let files = try FileManager.default.contentsOfDirectory(atPath: folder.appending(path: "reports").path)
            #expect(files.count == 1 && files.first?.hasPrefix("executive-month-") == true)
        }
        #expect(!server.lines().contains("DATA"))
    }

    @Test("A PDF without a browser is refused with what to do, not with a number")
    func withoutBrowser() throws {
        let delivery = reports(port: 1, to: "\"file:reports\"").replacing("markdown", with: "pdf")
        try with(delivery) { folder in
            let outcome = try Program.run(
                ["report", "deliver", "executive-month"], in: folder, path: "/nowhere",
                environment: ["SMTP_PASSWORD": "x"])
            #expect(outcome.exitCode == 69 && outcome.error.contains("apt-get install chromium"), "\(outcome.error)")
        }
    }

    @Test("A delivered month has the numbers that the command line has, costs of sessions among them")
    func sameNumbers() throws {
        let server = try FakeMailServer()
        let delivery = reports(port: server.port, to: "\"file:reports\"").replacing("markdown", with: "json")
            .replacing("executive", with: "monthly")
        try with(delivery) { folder in
            // The month that is delivered now is the last one that is over, whenever this runs.
            let now = Date()
            let calendar = Calendar(identifier: .gregorian)
            let before = try #require(calendar.date(byAdding: .month, value: -1, to: now))
            let month = String(before.ISO8601Format().prefix(7))
            let record =
                #"{"timestamp":"\#(month)-03T09:00:00Z","request_id":"r1","model":"gpt-5-mini","provider":"openai","input_tokens":10,"output_tokens":1,"cost_usd":0.05,"session":"s1"}"#
            try Data((record + "\n").utf8).write(to: folder.appending(path: "more.jsonl"))
            #expect(try run(["import", "more.jsonl", "--ledger", "sqlite:l.sqlite"], in: folder).exitCode == 0)
            let tasks =
                "task_type,with_ai_minutes,without_ai_minutes,timestamp,session_id\nreview,15,45,\(month)-03T10:00:00Z,s1\n"
            try Data(tasks.utf8).write(to: folder.appending(path: "tasks.csv"))
            #expect(try run(["track", "import", "tasks.csv"], in: folder).exitCode == 0)
            let asked = try run(
                ["report", "monthly", "--month", month, "--format", "json", "--ledger", "sqlite:l.sqlite"], in: folder)
            #expect(asked.output.contains("\"cost\": 0.05"), "\(asked.error)")
            let outcome = try run(["report", "deliver", "monthly-month"], in: folder)
            #expect(outcome.exitCode == 0, "\(outcome.error)")
            let file = folder.appending(path: "reports/monthly-month-\(month).json")
            #expect(try String(contentsOf: file, encoding: .utf8) == asked.output)
        }
    }

    @Test("Without TLS nothing is said to a server that has to offer it")
    func encryption() throws {
        let server = try FakeMailServer()
        let delivery = reports(port: server.port, to: "\"mailto:cfo@example.com\"")
            .replacing("from: payback@example.com", with: "from: payback@example.com, tls: required")
        try with(delivery) { folder in
            let outcome = try run(["report", "deliver", "executive-month"], in: folder)
            #expect(outcome.exitCode == 69, "\(outcome.error)")
        }
        let lines = server.lines()
        #expect(!lines.contains { $0.hasPrefix("AUTH") || $0.hasPrefix("MAIL") })
    }

    @Test("The schedule shows what is due where, without a webhook's path; a wrong one is named with its line")
    func schedule() throws {
        try with(reports(port: 1, to: "\"https://hooks.slack.com/services/SECRET\", \"file:out\"")) { folder in
            let text = try run(["report", "--schedule"], in: folder)
            #expect(text.exitCode == 0, "\(text.error)")
            #expect(text.output.contains("executive-month") && text.output.contains("day 1, 07:00 UTC"))
            #expect(text.output.contains("https://hooks.slack.com/…") && !text.output.contains("SECRET"))
            let json = try run(["report", "--schedule", "--format", "json"], in: folder)
            let rows = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [[String: Any]]
            #expect(rows?.count == 2 && rows?.first?["last_outcome"] is NSNull)
            let unknown = try run(["report", "deliver", "weekly"], in: folder)
            #expect(unknown.exitCode == 78 && unknown.error.contains("there are executive-month"))
        }
        try with("delivery:\n  reports:\n    - {report: executive, every: fortnight, to: [\"file:a\"]}") { folder in
            let wrong = try run(["report", "--schedule"], in: folder)
            #expect(wrong.exitCode == 78 && wrong.error.contains("payback.yaml:5: delivery.reports.0.every"))
        }
    }

    @Test("A closed month shows what was restated, and is not closed twice by accident")
    func close() throws {
        try with("") { folder in
            let closed = try run(["close", "2026-10", "--by", "R. Controller"], in: folder)
            #expect(closed.exitCode == 0 && closed.output.contains("R. Controller"), "\(closed.error)")
            let again = try run(["close", "2026-10"], in: folder)
            #expect(again.exitCode != 0 && again.error.contains("was closed on"))
            #expect(try run(["close", "2199-01"], in: folder).error.contains("is not over"))
            let list = try run(["close", "--list", "--format", "json"], in: folder)
            #expect(list.output.contains("\"month\": \"2026-10\""))
            let monthly = ["report", "monthly", "--month", "2026-10", "--ledger", "sqlite:l.sqlite"]
            let same = try run(monthly, in: folder)
            #expect(same.output.contains("the figures are as R. Controller closed them"))
            let more = try Program.run(
                ["sample", "--requests", "40", "--seed", "7", "--output", "late.jsonl"], in: folder)
            #expect(more.exitCode == 0)
            #expect(try run(["import", "late.jsonl", "--ledger", "sqlite:l.sqlite"], in: folder).exitCode == 0)
            let changed = try run(monthly + ["--format", "json"], in: folder)
            #expect(changed.output.contains("records added later"))
        }
    }
}
