import Foundation
import ROI
import Reports
import Testing
import Workbooks

@Suite("A case as a workbook", .serialized)
struct CaseWorkbookTests {
    static let office = ["/usr/bin/soffice", "/usr/bin/libreoffice"].first {
        FileManager.default.isExecutableFile(atPath: $0)
    }

    private func model(_ name: String) throws -> ScenarioModel {
        try ScenarioReader.read(try #require(ScenarioTemplate.named(name)).document())
    }

    @Test(
        "Columns have their letters",
        arguments: [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (702, "AAA")])
    func letters(column: Int, text: String) { #expect(Workbook.letters(column) == text) }

    @Test("Every figure is a formula over the inputs' sheet, none a number of its own")
    func formulas() throws {
        let book = CaseWorkbook.make(try model("conversational-agent"))
        #expect(book.sheets.map(\.name) == ["Case", "Inputs", "Months", "Figures"])
        let figures = try #require(book.sheets.last).cells.filter { $0.row > 0 && $0.column == 2 }
        #expect(figures.count > 10)
        for cell in figures {
            guard case .formula(let text, _) = cell.content else {
                Issue.record("\(cell) is no formula")
                continue
            }
            #expect(text.hasPrefix("="))
            // A return on no cost does not exist, and its formula says so; nothing else may.
            if text.contains("NA()") { #expect(text.contains(">0.0,1,0)<>0")) }
        }
    }

    @Test(
        "An assumption that is changed in the workbook gives what the engine gives, to the cent",
        .enabled(if: office != nil, "LibreOffice is not installed: apt-get install libreoffice-calc-nogui"),
        arguments: ScenarioTemplate.all.map(\.name))
    func recalculated(template: String) throws {
        let model = try model(template)
        var book = CaseWorkbook.make(model)
        let sheet = try #require(book.sheets.firstIndex { $0.name == "Inputs" })
        // Every input but the rates is a tenth more, so that a formula that was left out shows.
        var changed: [String: Double] = [:]
        for input in model.graph.inputs where input.unit != "fraction" {
            guard case .input(let base, _) = input.definition,
                let named = book.sheets[sheet].cells.first(where: { $0.column == 1 && $0.content == .text(input.name) }
                ),
                let place = book.sheets[sheet].cells.firstIndex(where: { $0.column == 2 && $0.row == named.row })
            else { continue }
            changed[input.name] = base * 1.1
            book.sheets[sheet].cells[place].content = .number(base * 1.1)
        }
        #expect(!changed.isEmpty)
        let expected = RunResult(model, inputs: changed)
        let found = try figures(of: book)
        for (name, text) in found {
            guard let figure = expected.figure(name) else {
                #expect(text == "never" || text.hasPrefix("#") || text.hasPrefix("Err"), "\(name) is \(text)")
                continue
            }
            let value = try #require(Double(text), "\(name) is \(text)")
            #expect(abs(value - figure) <= max(0.005, abs(figure) * 1e-9), "\(name): \(value) and \(figure)")
        }
        #expect(found.count > 12 && found["npv"] != nil)
    }

    /// Writes a workbook, lets LibreOffice calculate it anew, and reads its figures.
    private func figures(of book: Workbook) throws -> [String: String] {
        let folder = FileManager.default.temporaryDirectory.appending(path: "payback-workbook-\(UUID().uuidString)")
        let user = folder.appending(path: "profile/user")
        try FileManager.default.createDirectory(at: user, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let settings = """
            <?xml version="1.0" encoding="UTF-8"?>
            <oor:items xmlns:oor="http://openoffice.org/2001/registry"><item oor:path="/org.openoffice.Office.Calc/Formula/Load">
            <prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item></oor:items>
            """
        try Data(settings.utf8).write(to: user.appending(path: "registrymodifications.xcu"))
        let file = folder.appending(path: "case.xlsx")
        try WorkbookWriter.write(book, to: file.path)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: try #require(Self.office))
        process.arguments = [
            "-env:UserInstallation=file://\(folder.path)/profile", "--headless", "--convert-to",
            "csv:Text - txt - csv (StarCalc):59,34,76,1,,0,false,false,false,false,false,-1", "--outdir", folder.path,
            file.path,
        ]
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        let text = try String(contentsOf: folder.appending(path: "case-Figures.csv"), encoding: .utf8)
        var figures: [String: String] = [:]
        for line in text.split(separator: "\n").dropFirst() {
            let cells = line.split(separator: ";", omittingEmptySubsequences: false)
            guard cells.count >= 3 else { continue }
            figures[String(cells[1])] = String(cells[2]).replacing("\"", with: "")
        }
        return figures
    }

    @Test("A file that cannot be written is an error that says so")
    func unwritable() throws {
        let book = CaseWorkbook.make(try model("coding-assistant"))
        #expect { try WorkbookWriter.write(book, to: "/nowhere/case.xlsx") } throws: {
            "\($0)".contains("/nowhere/case.xlsx")
        }
    }
}
