import Attribution
import Foundation
import Inputs
import Statistics

/// The shared panels beside the project, and small made ones.
enum StudyData {
    /// The folder of shared data, if it is there.
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "../shared/data/attribution").standardizedFileURL

    static let isThere = FileManager.default.fileExists(atPath: folder.appending(path: "basque.csv").path)
    static let reason = "the shared attribution data is not beside the project"

    static func prop99(_ covariates: [String] = []) throws -> Panel {
        try read(
            "prop99_smoking_full_scm.csv",
            PanelColumns(unit: "state", time: "year", outcome: "cigsale", covariates: covariates))
    }

    static func prop99ForDifferences() throws -> Panel {
        try read("prop99_synthdid.csv", PanelColumns(unit: "State", time: "Year", outcome: "PacksPerCapita"))
    }

    static func basque() throws -> Panel {
        try read("basque.csv", PanelColumns(unit: "regionname", time: "year", outcome: "gdpcap"))
    }

    static func read(_ name: String, _ columns: PanelColumns) throws -> Panel {
        try PanelReader.read(try TableFile(path: folder.appending(path: name).path), columns)
    }

    static let california = PanelStudy.Request(treated: ["California"], start: "1989")

    static func basqueRequest(start: String) -> PanelStudy.Request {
        PanelStudy.Request(treated: ["Basque Country (Pais Vasco)"], start: start, excluded: ["Spain (Espana)"])
    }

    /// A panel with columns `unit`, `time`, `y` and, where rows have a fourth value, `cohort`.
    static func panel(_ rows: [String], cohort: Bool = false) throws -> Panel {
        let header = cohort ? "unit,time,y,cohort" : "unit,time,y"
        let text = ([header] + rows).joined(separator: "\n") + "\n"
        let columns = PanelColumns(unit: "unit", time: "time", outcome: "y", cohort: cohort ? "cohort" : nil)
        return try PanelReader.read(try TableFile(text: text, file: "panel.csv"), columns)
    }

    /// Expected numbers, by the keys of a JSON file.
    static func expected(_ name: String) throws -> [String: Any] {
        let data = try Data(contentsOf: folder.appending(path: name))
        return try JSONSerialization.jsonObject(with: data) as? [String: Any] ?? [:]
    }

    /// The rows of a file of expected numbers: a name and its numbers.
    static func expectedRows(_ name: String) throws -> [(name: String, numbers: [Double])] {
        let text = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
        return text.split(separator: "\n").dropFirst().map { line in
            let cells = line.split(separator: ",").map { String($0.replacing("\"", with: "")) }
            return (cells[0], cells.dropFirst().compactMap(Double.init))
        }
    }
}

extension SeededRandom {
    /// A standard normal number.
    mutating func gaussian() -> Double { StandardNormal.quantile(max(unit(), 1e-16)) }

    /// Numbers that follow one another with a correlation, each of variance 1.
    mutating func related(_ count: Int, correlation: Double) -> [Double] {
        var values: [Double] = []
        for _ in 0..<count {
            let shock = gaussian()
            let before = values.last.map { correlation * $0 + (1 - correlation * correlation).squareRoot() * shock }
            values.append(before ?? shock)
        }
        return values
    }
}

/// Whether two numbers are near each other.
func isNear(_ a: Double?, _ b: Double, _ tolerance: Double) -> Bool { a.map { abs($0 - b) <= tolerance } ?? false }
