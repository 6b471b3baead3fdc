import Attribution
import Inputs
import Testing

@Suite("Reading a panel")
struct PanelReaderTests {
    private func message(_ rows: [String], cohort: Bool = false) -> String? {
        do {
            _ = try StudyData.panel(rows, cohort: cohort)
            return nil
        } catch { return (error as? StudyError)?.message ?? "\(error)" }
    }

    @Test("Years, quarters, months and days are axes; months may be written as first days")
    func times() throws {
        for (times, expected) in [
            (["1970.0", "1971"], ["1970", "1971"]), (["2026-Q1", "2026Q2"], ["2026-Q1", "2026-Q2"]),
            (["2026-01", "2026-02"], ["2026-01", "2026-02"]),
            (["2026-01-30", "2026-01-31"], ["2026-01-30", "2026-01-31"]),
            (["2026-01-01", "2026-02-01"], ["2026-01", "2026-02"]),
        ] {
            let panel = try StudyData.panel(times.map { "a,\($0),1" })
            #expect(panel.times.map(\.text) == expected)
        }
        for text in ["", "then", "2026-13", "2026-Q5", "nan", "inf", "2026-02-30"] { #expect(TimePoint(text) == nil) }
    }

    @Test(
        "A bad cell is refused with its line and column",
        arguments: [
            ("a,1970,x", "panel.csv:3: column \"y\""), ("a,1970,nan", "panel.csv:3: column \"y\""),
            ("a,1970,inf", "panel.csv:3: column \"y\""), ("a,1970,1e400", "panel.csv:3: column \"y\""),
            ("a,soon,1", "panel.csv:3: column \"time\""), (",1970,1", "panel.csv:3: column \"unit\""),
            ("a,2026-10,1", "panel.csv:3: column \"time\""), ("a,1969,2", "a has 1969 twice, first in line 2"),
        ])
    func badCells(_ row: String, _ expected: String) throws {
        let message = try #require(self.message(["a,1969,1", row]))
        #expect(message.contains(expected), "\(message)")
    }

    @Test("A missing column is named beside those that are there; an empty table is refused")
    func columns() throws {
        let table = try TableFile(text: "who,when,what\na,1,2\n", file: "t.csv")
        let error = #expect(throws: StudyError.self) {
            try PanelReader.read(table, PanelColumns(unit: "unit", time: "when", outcome: "what"))
        }
        #expect(error?.message.contains("no column \"unit\". It has: who, when, what") == true)
        let empty = try TableFile(text: "unit,time,y\n", file: "t.csv")
        #expect(throws: StudyError.self) {
            try PanelReader.read(empty, PanelColumns(unit: "unit", time: "time", outcome: "y"))
        }
    }

    @Test("Rows with too few cells are left out with a word, and so is a missing time")
    func warnings() throws {
        let panel = try StudyData.panel(["a,1,1", "a,2", "a,3,1", "a,2,5"])
        #expect(panel.warnings.contains { $0.contains("2 cells") })
        #expect(panel.warnings.contains { $0.contains("out of order") })
    }

    @Test("A unit starts once, and when is a time")
    func cohorts() throws {
        #expect(message(["a,1,1,2", "a,2,1,3"], cohort: true)?.contains("starts once") == true)
        #expect(message(["a,1,1,soon"], cohort: true)?.contains("cohort") == true)
        let panel = try StudyData.panel(["a,1,1,2", "a,2,1,2", "b,1,1,never", "b,2,1,0"], cohort: true)
        #expect(panel.cohorts.map { $0?.text } == ["2", nil])
    }
}
