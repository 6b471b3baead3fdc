import Policy
import Testing

@Suite("Judges that need no network")
struct JudgeTests {
    private let good = Verdict.scored(.none)
    private let wrong = Verdict.scored(.whole)

    @Test(
        "Each judge calls its own differences wrong",
        arguments: [
            (Judge.exact, "Yes.", "Yes.", true), (.exact, "yes.", "Yes.", false), (.exact, "é", "e\u{301}", false),
            (.normalisedText, " yes\n it is", "Yes it  is!", true), (.normalisedText, "no", "yes", false),
            (.json, "{\"b\": 1.0, \"a\": [2e1]}", "{\"a\":[20],\"b\":1}", true),
            (.json, "```json\n{\"a\": 1}\n```", "{\"a\": 1}", true),
            (.json, "{\"a\": \"1\"}", "{\"a\": 1}", false), (.json, "[1, 2]", "[2, 1]", false),
            (.json, "{\"a\": 1, \"b\": null}", "{\"a\": 1}", false), (.json, "I cannot", "{}", false),
            (.json, "9007199254740993", "9007199254740992", false), (.json, "[-0.0]", "[0]", true),
            (.json, "{\"a\": 1, \"a\": 2}", "{\"a\": 2}", true),
            (.numbers(NumericTolerance(relative: 0.01)), "about 1,005.5 USD", "1000 dollars", true),
            (.numbers(NumericTolerance(relative: 0.001)), "1005", "1000", false),
            (.numbers(NumericTolerance(absolute: 2)), "from -5 to 10", "-4…11", true),
            (.numbers(NumericTolerance()), "5", "-5", false), (.numbers(NumericTolerance()), "3, 4", "3", false),
            (.numbers(NumericTolerance()), "2026-10-01", "2026-10-01", true),
            (.numbers(NumericTolerance()), "[1,23]", "[12,3]", false),
            (.numbers(NumericTolerance()), "1,23", "12,3", false),
            (.numbers(NumericTolerance()), "[12,345]", "12345", false),
            (.numbers(NumericTolerance()), "12,345", "12345", true),
            (.numbers(NumericTolerance()), "1,234,567.5", "1234567.5", true),
            (.numbers(NumericTolerance()), "1,2345", "12345", false),
            (.numbers(NumericTolerance()), "1234,567", "1234567", false),
            (.numbers(NumericTolerance()), "1,000,00", "100000", false),
            (.numbers(NumericTolerance()), ".5", "0.5", true), (.numbers(NumericTolerance()), "-.5", "-0.5", true),
            (.numbers(NumericTolerance()), "version 1.2.3", "version 1.2.4", false),
            (.numbers(NumericTolerance()), "7.", "7", true),
            (.numbers(NumericTolerance()), "[[1,2],[3,4]]", "[[1,2,3],[4]]", true),
            (.numbers(NumericTolerance()), "x-5", "5", true),
            (.numbers(NumericTolerance()), "−5", "-5", true),
        ])
    func verdicts(judge: Judge, answer: String, baseline: String, isAsGood: Bool) {
        #expect(judge.verdict(on: answer, against: baseline) == (isAsGood ? good : wrong))
    }

    @Test("What cannot be compared has failed")
    func failures() {
        let cases: [(Judge, String)] = [
            (.exact, ""), (.normalisedText, " !"), (.json, "no JSON"), (.numbers(NumericTolerance()), "none"),
            (.similarity(atLeast: 0.9), "a"),
        ]
        for (judge, baseline) in cases {
            guard case .failed(let reason) = judge.verdict(on: "1", against: baseline) else {
                Issue.record("\(judge) scored")
                continue
            }
            #expect(!reason.isEmpty)
        }
        #expect(Judge.similarity(atLeast: 0.9).verdict(on: "", against: "", similarity: 0.91) == good)
        #expect(Judge.similarity(atLeast: 0.9).verdict(on: "", against: "", similarity: 0.89) == wrong)
        #expect(Verdict(loss: .nan) == .failed("the loss nan is not between 0 and 1"))
    }

    @Test("A judge that prefers a place proves nothing")
    func places() {
        #expect(Verdict.inBothOrders(good, good) == good && Verdict.inBothOrders(wrong, wrong) == wrong)
        #expect(Verdict.inBothOrders(good, wrong) == .scored(.half))
        #expect(Verdict.inBothOrders(.failed("down"), wrong) == .failed("down"))
        #expect(Verdict.inBothOrders(wrong, .failed("down")) == .failed("down"))
    }

    @Test("Agreement with people: share, kappa and what the judge misses")
    func agreement() throws {
        var agreement = JudgeAgreement()
        #expect(agreement.kappa == nil && agreement.agreementShare == nil && agreement.missedShare == nil)
        // The textbook table of 20, 5, 10 and 15: observed 0.7, expected 0.5, kappa 0.4.
        let table = [(true, true, 20), (true, false, 5), (false, true, 10), (false, false, 15)]
        for (judge, person, count) in table {
            for _ in 0..<count { agreement.take(judgeSaysWrong: judge, personSaysWrong: person) }
        }
        #expect(agreement.count == 50 && agreement.agreementShare == 0.7)
        #expect(abs(try #require(agreement.kappa) - 0.4) < 1e-12)
        #expect(abs(try #require(agreement.missedShare) - 1.0 / 3) < 1e-12)
        let interval = agreement.agreementInterval()
        #expect(abs(interval.lowerBound - 0.5625) < 5e-4 && abs(interval.upperBound - 0.8090) < 5e-4)
        let bound = agreement.personBound(judgeBound: 0.02)
        #expect(bound > 0.22 && bound < 0.35, "10 of 50 missed: at most 31.6 % with 95 %")
    }
}
