import Foundation
import Policy
import Statistics
import Testing

@Suite("Texts that nobody wrote")
struct HostileTextTests {
    private static let pieces: [Character] = Array(
        "aZé卡ß0９٣²½.,-−+%$€£`\"“”'’(){}[]:<>=&|#@/_!?\n\r\t \u{0}\u{301}\u{200D}\u{FFFD}👩‍👩‍👧e9E")

    private static func text(_ random: inout SeededRandom) -> String {
        String((0..<random.below(60)).map { _ in pieces[random.below(pieces.count)] })
    }

    @Test("Neither encoder, guards nor judges fall over any text, and a text never differs from itself")
    func random() {
        var random = SeededRandom(seed: 21)
        let judges: [Judge] = [.exact, .normalisedText, .json, .numbers(NumericTolerance(relative: 0.1))]
        for _ in 0..<3_000 {
            let (first, second) = (Self.text(&random), Self.text(&random))
            if let vector = LexicalEncoder().encode(first) {
                let length = vector.reduce(0) { $0 + $1 * $1 }
                #expect(abs(length - 1) < 1e-4)
            }
            #expect(AnswerGuard.refusal(of: first, answeredFor: first) == nil)
            let there = AnswerGuard.refusal(of: first, answeredFor: second)
            #expect(there == AnswerGuard.refusal(of: second, answeredFor: first), "both ways alike")
            for judge in judges {
                _ = judge.verdict(on: first, against: second)
                #expect(judge.verdict(on: first, against: first) != .scored(.whole), "\(judge) \(first)")
            }
        }
    }

    @Test("Huge texts and numbers are read in time")
    func huge() {
        let long = String(repeating: "word 1,234.5 ", count: 20_000)
        #expect(LexicalEncoder().encode(long)?.count == 384)
        #expect(AnswerGuard.refusal(of: long, answeredFor: long + "6") == .number)
        #expect(Judge.json.verdict(on: "1e999999999999999999999", against: "1e-5") == .scored(.whole))
        let digits = String(repeating: "9", count: 400)
        #expect(Judge.numbers(NumericTolerance()).verdict(on: digits, against: "1") == .scored(.whole))
        #expect(Judge.json.verdict(on: String(repeating: "[", count: 100_000), against: "1") == .scored(.whole))
    }
}
