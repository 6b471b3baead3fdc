import Domain
import Foundation
import JSONScan
import Policy
import Statistics

/// Streams of verdicts, and the published figures they are held against.
enum GateStreams {
    static let folder = "../shared/data/routing"
    static let isThere = FileManager.default.fileExists(atPath: folder + "/expected_confseq.json")
    static let moment = Timestamp(seconds: 1_790_000_000)

    /// A loss of 1 with a probability, else of 0.
    static func loss(_ share: Double, _ random: inout SeededRandom) -> Loss { random.unit() < share ? .whole : .none }

    /// The median of counts; those that never came stand at the end.
    static func median(_ counts: [Int?]) -> Int { counts.map { $0 ?? .max }.sorted()[counts.count / 2] }

    static func expected() throws -> JSONValue {
        try JSONValue.parse(String(contentsOfFile: folder + "/expected_confseq.json", encoding: .utf8))
    }

    /// Whether the strong and the weak model were right, in the published order.
    static func answers() throws -> [(strong: Bool, weak: Bool)] {
        let rows = try String(contentsOfFile: folder + "/mmlu_labels_compact.csv", encoding: .utf8)
            .split(separator: "\n").dropFirst().map { $0.split(separator: ",") }
        let order = try String(contentsOfFile: folder + "/mmlu_perm_seed7.txt", encoding: .utf8)
            .split(separator: "\n").compactMap { Int($0) }
        return order.map { (strong: rows[$0][3] == "1", weak: rows[$0][4] == "1") }
    }
}
