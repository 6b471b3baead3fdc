package import Documents
package import JSONScan

extension JudgeAgreement {
    /// The counts, as ``init(_:)`` reads them.
    package var json: JSONOutput {
        [
            "both_wrong": .integer(Int64(bothWrong)), "both_good": .integer(Int64(bothGood)),
            "only_judge_wrong": .integer(Int64(onlyJudgeWrong)), "only_person_wrong": .integer(Int64(onlyPersonWrong)),
        ]
    }

    /// Reads counts; `nil` where one is missing or below zero.
    package init?(_ document: JSONValue) {
        let counts = ["both_wrong", "both_good", "only_judge_wrong", "only_person_wrong"].map { document[$0]?.integer }
        let known = counts.compactMap { $0 }.filter { (0...1_000_000_000_000).contains($0) }.map { Int($0) }
        guard known.count == counts.count else { return nil }
        self.init(bothWrong: known[0], bothGood: known[1], onlyJudgeWrong: known[2], onlyPersonWrong: known[3])
    }
}
