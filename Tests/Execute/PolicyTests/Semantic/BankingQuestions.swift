import Foundation
import JSONScan
import Policy

/// BANKING77 and the opposites built from it, where they are there.
enum BankingQuestions {
    static let folder = "../shared/data/semantic"
    static let isThere = FileManager.default.fileExists(atPath: folder + "/banking77_test.csv")

    /// Texts and intents of a file.
    static func read(_ name: String) throws -> [(text: String, intent: String)] {
        let bytes = try Data(contentsOf: URL(filePath: folder + "/" + name))
        return rows(String(decoding: bytes, as: UTF8.self)).dropFirst().compactMap { row in
            row.count == 2 ? (row[0], row[1]) : nil
        }
    }

    /// Pairs of questions with different answers, by kind.
    static func opposites() throws -> [(kind: String, first: String, second: String)] {
        let text = try String(contentsOfFile: folder + "/banking77_mutated_negatives.json", encoding: .utf8)
        return try JSONValue.parse(text).elements.map {
            ($0["type"]?.text ?? "", $0["a"]?.text ?? "", $0["b"]?.text ?? "")
        }
    }

    /// Cells of a CSV; quoted ones may hold commas, line ends and doubled quotes.
    private static func rows(_ text: String) -> [[String]] {
        var rows: [[String]] = []
        var (row, cell, isQuoted) = ([String](), "", false)
        for scalar in text.unicodeScalars where scalar != "\r" {
            switch scalar {
            case "\"": isQuoted.toggle()
            case "," where !isQuoted:
                row.append(cell)
                cell = ""
            case "\n" where !isQuoted:
                rows.append(row + [cell])
                (row, cell) = ([], "")
            default: cell.unicodeScalars.append(scalar)
            }
        }
        return cell.isEmpty && row.isEmpty ? rows : rows + [row + [cell]]
    }
}
