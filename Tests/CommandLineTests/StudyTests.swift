import Domain
import Foundation
import JSONScan
import Ledger
import LedgerSQLite
import Testing

@Suite("Studies that are kept")
struct StudyTests {
    /// Two arms, the second 4 above the first.
    private static func table(in folder: URL) throws {
        let rows = (0..<80).map { "\($0 % 2 == 0 ? "none" : "copilot"),\(20 + $0 % 7 + ($0 % 2) * 4)" }
        try (["arm,minutes"] + rows).joined(separator: "\n").write(
            to: folder.appending(path: "ab.csv"), atomically: true, encoding: .utf8)
    }

    private static let scenario = """
        name: Cited
        horizon_months: 12
        drivers:
          minutes: {from_study: pilot}
        costs: [{name: Seats, monthly: 10}]
        value: [{name: Time, monthly: minutes * 100}]
        """

    @Test("A study is kept, and a scenario that cites it has its estimate, its interval and its grade")
    func cited() throws {
        let folder = try Program.newFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        try Self.table(in: folder)
        try Self.scenario.write(to: folder.appending(path: "case.yaml"), atomically: true, encoding: .utf8)
        let missing = try Program.run(["roi", "run", "case.yaml"], in: folder)
        #expect(missing.exitCode == 65 || missing.exitCode == 78, "\(missing.exitCode)")
        #expect(missing.error.contains("case.yaml:4"), "\(missing.error)")
        let study = try Program.run(
            ["attribute", "ab", "ab.csv", "--variant", "arm", "--control", "none", "--outcome", "minutes"]
                + ["--format", "json", "--save", "pilot"], in: folder)
        #expect(study.exitCode == 0, "\(study.error)")
        let estimate = try #require(try JSONValue.parse(study.output)["estimate"]?.text.flatMap { Double($0) })
        let run = try Program.run(["roi", "run", "case.yaml", "--format", "json"], in: folder)
        #expect(run.exitCode == 0, "\(run.error)")
        let value = try #require(try JSONValue.parse(run.output)["total_value"]?.text.flatMap { Double($0) })
        #expect(abs(value - estimate * 1_200) < 1e-6 * abs(value))
        let page = try Program.run(["roi", "run", "case.yaml", "--format", "markdown"], in: folder).output
        #expect(page.contains("randomised") && page.contains("study pilot") && page.contains("normal"))
        let wrong = try Program.run(
            ["attribute", "ab", "ab.csv", "--variant", "arm", "--control", "none", "--outcome", "minutes"]
                + ["--save", "No such name"], in: folder)
        #expect(wrong.exitCode == 64)
    }

    @Test("The ledger's holdout is an experiment: what levers did, with an interval")
    func holdout() throws {
        let folder = try Program.newFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let ledger = try SQLiteLedger(path: folder.appending(path: "payback.sqlite").path)
        var batch = RecordBatch()
        for number in 0..<400 {
            var record = UsageRecord()
            record.identity = ByteHash.hash("request \(number)")
            record.hasSourceID = true
            record.startedAt = Timestamp(seconds: 1_790_000_000 + Int64(number))
            record.provider = batch.vocabulary.term("openai")
            record.model = batch.vocabulary.term("gpt-5-mini")
            record.action = number % 4 == 0 ? .heldOut : .routed
            let spread = Int64(number % 7) * 10_000_000
            record.cost = NanoUSD(nanos: (number % 4 == 0 ? 1_000_000_000 : 400_000_000) + spread)
            record.costKind = .priced
            batch.records.append(record)
        }
        let writer: any LedgerWriter = ledger.writer()
        try writer.append(batch, from: BatchOrigin(input: 0, parser: 0))
        _ = try writer.finish()
        let found = try Program.run(["attribute", "holdout", "--format", "json"], in: folder)
        #expect(found.exitCode == 0, "\(found.error)")
        let json = try JSONValue.parse(found.output)
        let estimate = try #require(json["estimate"]?.text.flatMap { Double($0) })
        #expect(abs(estimate + 0.6) < 0.01 && json["evidence"]?.text == "randomised")
        #expect(json["n_treated"]?.text == "300" && json["n_control"]?.text == "100")
        let none = try Program.run(["attribute", "holdout", "--control", "nobody"], in: folder)
        #expect(none.exitCode == 65 && none.error.contains("nobody"))
    }
}
