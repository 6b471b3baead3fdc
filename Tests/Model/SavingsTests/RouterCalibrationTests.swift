import Foundation
import Policy
import Savings
import Statistics
import Testing

@Suite("Calibrated routing")
struct RouterCalibrationTests {
    static let file = "../shared/data/routing/mmlu_labels_compact.csv"

    private func labels() throws -> [RoutingLabel] {
        try String(contentsOfFile: Self.file, encoding: .utf8).split(separator: "\n").dropFirst().map { line in
            let cells = line.split(separator: ",")
            try #require(cells.count == 5)
            return RoutingLabel(
                group: String(cells[1]), length: try #require(Double(cells[2])), strong: try #require(Double(cells[3])),
                weak: try #require(Double(cells[4])))
        }
    }

    @Test(
        "Calibrated on one half, the other half keeps 95 % of the strong model's accuracy in 90 of 100 splits",
        .enabled(if: FileManager.default.fileExists(atPath: file), "the shared data is not there"))
    func halves() throws {
        let labels = try labels()
        #expect(labels.count == 14_037)
        var (kept, shares, gaps) = (0, 0.0, 0.0)
        for split in 0..<100 {
            var random = SeededRandom(seed: UInt64(split))
            let shuffled = labels.shuffled(using: &random)
            let half = shuffled.count / 2
            let calibration = RouterCalibration(Array(shuffled[..<half]), target: 0.95, confidence: 0.975)
            let outcome = calibration.router.outcome(on: Array(shuffled[half...]), target: 0.95, confidence: 0.975)
            let share = try #require(outcome.keptShare)
            if share >= 0.95 { kept += 1 }
            shares += outcome.strongShare / 100
            gaps += (outcome.gapRecovered ?? 0) / 100
        }
        #expect(kept >= 90, "\(kept) of 100 halves")
        #expect(shares <= 0.55, "\(shares) strong calls, \(gaps) of the gap")
    }
}
