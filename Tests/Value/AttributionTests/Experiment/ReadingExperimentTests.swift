import Attribution
import Documents
import Foundation
import Inputs
import Statistics
import Testing

@Suite("A/B tests: from a file to the answer")
struct ReadingExperimentTests {
    private static let columns = ExperimentColumns(variant: "Arm", control: "old", outcomes: ["done"])

    private func refusal(_ text: String, _ columns: ExperimentColumns = Self.columns) throws -> InputError? {
        let table = try TableFile(text: text, file: "test.csv")
        do throws(InputError) {
            _ = try columns.read(table)
            return nil
        } catch { return error }
    }

    @Test("Columns are found whatever their case; arms are ordered by name after the control")
    func columns() throws {
        var columns = Self.columns
        columns.outcomes = ["Done", "cost"]
        columns.before = ["Was", "cost=Extra"]
        let table = try TableFile(
            text: "ARM,done,was,Cost,extra\nnew,1,2,3,4\nold,5,,7,8\nbetter,,1,1,1\n", file: "test.csv")
        let found = try columns.read(table)
        #expect(found.arms == ["old", "better", "new"] && found.assignment == [2, 0, 1])
        #expect(found.metrics[0].values[0] == 1 && found.metrics[0].values[2].isNaN)
        #expect(found.metrics.map(\.covariates.count) == [1, 2])
        #expect(found.metrics[0].covariates[0][1].isNaN && found.metrics[1].covariates[1] == [4, 8, 1])
    }

    @Test("What cannot be read is named with its line and column")
    func refused() throws {
        let word = try refusal("arm,done\nold,1\nnew,many\nnew,NaN\n")
        #expect(word?.line == 3 && word?.field == "done")
        #expect(word?.message.contains("\"many\" is no number") == true && word?.message.contains("1 more") == true)
        let infinite = try refusal("arm,done\nold,1\nnew,inf\n")
        #expect(infinite?.line == 3)
        let nameless = try refusal("arm,done\nold,1\n,2\nnew,3\n")
        #expect(nameless?.line == 3 && nameless?.field == "Arm")
        let absent = try refusal("group,done\nold,1\n")
        #expect(absent?.field == "Arm" && absent?.message.contains("group, done") == true)
        let control = try refusal("arm,done\na,1\nb,2\n")
        #expect(control?.message.contains("\"a\", \"b\"") == true)
        #expect(try refusal("arm,done\nold,1\nold,2\n")?.message.contains("nothing to compare") == true)
        #expect(try refusal("arm,done\n")?.message.contains("no row") == true)
    }

    @Test(
        "A file read cell by cell is the same experiment as its rows",
        arguments: ["arm,done,was\nold,1,\n\"new\", 2.5e1 ,3\r\nold,-4,1\n", "arm;done;was\nold;1;2\nnew;NULL;.5\n"])
    func cells(text: String) throws {
        var columns = Self.columns
        columns.before = ["was"]
        let file = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString + ".csv")
        try text.write(to: file, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(at: file) }
        let cells = try columns.read(path: file.path).experiment
        let rows = try columns.read(try TableFile(text: text, file: "rows.csv"))
        #expect(cells.arms == rows.arms && cells.assignment == rows.assignment)
        #expect("\(cells.metrics)" == "\(rows.metrics)")
        try (text + "new,x,1\n").replacing(";", with: ",").write(to: file, atomically: true, encoding: .utf8)
        let error = #expect(throws: InputError.self) { try columns.read(path: file.path) }
        #expect(error?.field == "done")
    }

    @Test("JSON rows with true and false are read as 1 and 0")
    func json() throws {
        let text = #"[{"arm":"old","done":true},{"arm":"new","done":false},{"arm":"new","done":null}]"#
        let found = try Self.columns.read(try TableFile(text: text, file: "test.json"))
        #expect(found.metrics[0].values[..<2] == [1, 0] && found.metrics[0].values[2].isNaN)
    }

    private func study(_ change: (inout ABTest.Options) -> Void = { _ in }) throws -> ABTest {
        var random = SeededRandom(seed: 12)
        var options = ABTest.Options()
        change(&options)
        let rows = 0..<600
        let first = rows.map { ($0 % 3 == 2 ? 5.5 : 5) + random.normal() }
        return try ABTest.run(
            Experiment(
                arms: ["old", "new", "newer"], assignment: rows.map { $0 % 3 },
                metrics: [
                    .init("minutes", first), .init("cost", rows.map { _ in 2 + random.normal() }),
                    .init("done", rows.map { _ in random.unit() < 0.3 ? 1 : 0 }),
                ]), options)
    }

    @Test("Several arms and metrics: families of comparisons, each adjusted")
    func families() throws {
        let found = try study().comparisons
        #expect(found.map(\.metric) == ["minutes", "minutes", "cost", "cost", "done", "done"])
        #expect(found.map(\.test) == [.welch, .welch, .welch, .welch, .score, .score])
        let first = found[..<2].map { $0.pValue ?? 1 }
        #expect(found[..<2].map { $0.adjustedP?.holm ?? 0 } == MultipleComparisons.holm(first))
        let others = found[2...].map { $0.pValue ?? 1 }
        #expect(found[2...].map { $0.adjustedP?.holm ?? 0 } == MultipleComparisons.holm(others))
        #expect(
            found[2...].map { $0.adjustedP?.benjaminiHochberg ?? 0 } == MultipleComparisons.benjaminiHochberg(others))
    }

    @Test("JSON has the keys that scripts rely on")
    func keys() throws {
        let text = try study { $0.expectedSplit = [1, 1, 1] }.json.text
        let keys = [
            "method", "estimate", "standard_error", "interval", "p_value", "n_treated", "n_control", "assumptions",
            "warnings", "sample_ratio_p_value", "cuped_variance_reduction", "relative", "minimum_detectable_effect",
            "comparisons", "holm_p_value", "benjamini_hochberg_p_value", "evidence",
        ]
        for key in keys { #expect(text.contains("\"\(key)\":"), "\(key)") }
        #expect(text.contains("\"method\": \"ab\"") && text.contains("\"cuped_variance_reduction\": null"))
        #expect(text.contains("\"sample_ratio_p_value\": 1") && !text.contains("NaN") && !text.contains("inf"))
    }

    @Test("Anytime-valid: a wider interval, the path with its bounds, and the fixed reading beside it")
    func sequential() throws {
        let (once, always) = (try study().primary, try study { $0.sequentialTuning = 600 })
        let (low, high) = (try #require(always.primary.interval.low), try #require(always.primary.interval.high))
        let (onceLow, onceHigh) = (try #require(once.interval.low), try #require(once.interval.high))
        #expect(low < onceLow && high > onceHigh)
        #expect(always.primary.fixed?.pValue == once.pValue)
        let path = try #require(always.path)
        #expect(path.points.count == 60 && path.points.last?.rows == 600)
        #expect(path.points.last?.low == low && path.points.last?.high == high)
        #expect(always.document.blocks.contains { if case .lines = $0 { true } else { false } })
    }

    @Test("Rows that are sorted by arm have no path, and it is told")
    func sorted() throws {
        var options = ABTest.Options()
        options.sequentialTuning = 600
        let rows = (0..<200).map { Double($0 % 7) }
        let study = try ABTest.run(.comparing("m", control: rows, treated: rows.map { $0 + 1 }), options)
        #expect(study.path == nil && study.primary.fixed != nil)
        #expect(study.effect.warnings.contains { $0.contains("sorted by arm") })
    }

    @Test("Pages of every kind say the finding, the limits and the least effect")
    func pages() throws {
        let study = try study {
            $0.prior = .init(mean: 0, deviation: 1)
            $0.sequentialTuning = 600
        }
        for page in [
            TextRenderer(width: 100, useColour: false).render(study.document),
            MarkdownRenderer().render(study.document), HTMLRenderer().render(study.document),
        ] {
            #expect(page.contains("What this cannot rule out") && page.contains("Minimum detectable effect"))
            #expect(page.contains("With the prior") && page.contains("randomised"))
        }
    }

    @Test("The title is the finding")
    func title() throws {
        let clear = try ABTest.run(.comparing("minutes", control: [5, 6, 5, 6, 5], treated: [1, 2, 1, 2, 2]))
        #expect(clear.document.title == "treated lowers minutes by 3.800")
        let dim = try ABTest.run(.comparing("minutes", control: [5, 6, 5, 6, 5], treated: [4, 6, 5, 7, 5]))
        #expect(dim.document.title.hasPrefix("No clear effect of treated on minutes"))
        let share = try ABTest.run(.comparing("done", control: [0, 1, 0, 1], treated: [1, 1, 1, 1]))
        #expect(share.primary.test == .score && share.document.title.contains("points"))
    }
}
