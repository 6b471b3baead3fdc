import Attribution
import Documents
import Domain
import Inputs
import Statistics
import Testing

@Suite("Shares of a joint effect")
struct ShareTests {
    private func values(_ text: String) throws -> CoalitionValues {
        try CoalitionValues(try CoalitionValues.read(try TableFile(text: text, file: "shares.csv")))
    }

    private static let lindo =
        "coalition,value\n,0\nA,88\nB,92\nC,70\nA+B,100\nA+C,119\nC+B,112\nA+B+C,120\n"

    @Test("The published game: 41.5, 40 and 38.5, with what each brings first and last")
    func lindo() throws {
        let study = try ShareStudy.run(try values(Self.lindo))
        for (share, expected) in zip(study.shares, [41.5, 40, 38.5]) {
            #expect(abs((share.value ?? 0) - expected) < 1e-9)
            #expect(abs((share.share ?? 0) - expected / 120) < 1e-12)
        }
        #expect(study.shares.map(\.lastIn) == [8, 1, 20] && study.shares.map(\.firstIn) == [88, 92, 70])
        #expect(study.effect.estimate == 120 && study.effect.grade == .quasiExperiment && study.isIdentified)
        #expect(study.effect.warnings.contains { $0.hasPrefix("No interval") })
        #expect(study.document.title == "A contributed the most: 41.50 of 120.0 (34.6 %)")
    }

    @Test("Efficiency, symmetry, dummy and additivity, on games of chance")
    func axioms() {
        var random = SeededRandom(seed: 5)
        for players in 1...6 {
            let first = (0..<(1 << players)).map { _ in random.unit() * 10 - 5 }
            let second = first.map { _ in random.unit() }
            let shares = ShapleyValues.values(of: first, players: players)
            #expect(abs(shares.reduce(0, +) - (first[first.count - 1] - first[0])) < 1e-12)
            let sum = ShapleyValues.values(of: zip(first, second).map { $0 + $1 }, players: players)
            let parts = zip(shares, ShapleyValues.values(of: second, players: players)).map { $0 + $1 }
            for (a, b) in zip(sum, parts) { #expect(abs(a - b) < 1e-12) }
        }
        // Only the size counts: all are alike; and a third player adds 2 wherever it comes.
        let alike = ShapleyValues.values(of: (0..<8).map { [0, 1, 5, 9][$0.nonzeroBitCount] }, players: 3)
        for share in alike { #expect(abs(share - 3) < 1e-12) }
        let dummy = ShapleyValues.values(of: [0, 3, 4, 9, 2, 5, 6, 11], players: 3)
        #expect(abs(dummy[2] - 2) < 1e-12)
        let none = ShapleyValues.values(of: [0, 3, 4, 9, 0, 3, 4, 9], players: 3)
        #expect(abs(none[2]) < 1e-12)
    }

    @Test("Errors are carried into the shares; their interval holds the truth as often as promised")
    func coverage() throws {
        var random = SeededRandom(seed: 6)
        let truth: [Double] = [10, 14, 13, 20]
        var held = 0
        for _ in 0..<2_000 {
            let text = truth.enumerated().map { coalition, value in
                let name = ["", "A", "B", "A+B"][coalition]
                return (0..<12).map { _ in "\(name),\(value + 3 * random.normal())\n" }.joined()
            }
            let study = try ShareStudy.run(try values("coalition,value\n" + text.joined()))
            let interval = try #require(study.shares[0].interval)
            // A: half of (14 − 10) and half of (20 − 13).
            if (interval.low ?? 9) <= 5.5, 5.5 <= (interval.high ?? 0) { held += 1 }
        }
        #expect((1_870...1_930).contains(held), "\(held)")
    }

    @Test("The error of a share of two: half of each of four")
    func propagation() throws {
        let text = "coalition,value,standard_error\n,10,1\nA,14,2\nB,13,3\nA+B,20,4\n"
        let study = try ShareStudy.run(try values(text))
        let error = try #require(study.shares[0].standardError)
        #expect(abs(error - (1.0 + 4 + 9 + 16).squareRoot() / 2) < 1e-12)
        #expect(abs((study.effect.standardError ?? 0) - 17.0.squareRoot()) < 1e-12)
        let counted = try ShareStudy.run(
            try values("coalition,value,standard_deviation,count\n,10,4,16\nA,14,4,16\n"))
        #expect(counted.effect.standardError == 2.0.squareRoot() && counted.shares[0].value == 4)
    }

    @Test("With before and after alone nothing is identified, and a stated split is an assumption")
    func beforeAfter() throws {
        let known = try values("coalition,value\n,34\nA+B+C,17\n")
        let study = try ShareStudy.run(known)
        #expect(study.isBeforeAfter && !study.isIdentified && study.effect.grade == .beforeAfter)
        #expect(study.shares.allSatisfy { $0.value == nil && $0.interval == nil })
        #expect(study.effect.estimate == -17)
        #expect(study.effect.warnings.contains { $0.contains("not identified") })
        #expect(study.json.text.contains("\"identified\": false") && study.json.text.contains("\"share\": null"))
        var options = ShareStudy.Options()
        options.stated = [("A", 40), ("B", 35), ("C", 25)]
        let stated = try ShareStudy.run(known, options)
        #expect(stated.effect.grade == .stated && stated.shares.map(\.stated) == [0.4, 0.35, 0.25])
        #expect(stated.json.text.contains("\"stated_value\": -6.8"))
        #expect(MarkdownRenderer().render(stated.document).contains("The stated split is an assumption"))
    }

    @Test("Where some coalitions are missing they are named, and shares bounded")
    func bounds() throws {
        let study = try ShareStudy.run(try values("coalition,value\n,0\nA,6\nB,3\nA+B,10\nA+B+C,12\n"))
        #expect(study.missing == ["C", "A+C", "B+C"])
        #expect(study.effect.warnings.contains { $0.contains("C, A+C, B+C were not measured") })
        let bounds = try #require(study.shares[2].bounds)
        // C: last after A and B it brings 2 for sure; alone 0 to 12; after A 0 to 6; after B 0 to 9.
        #expect(abs(bounds.lowerBound - 2.0 / 3) < 1e-12)
        #expect(abs(bounds.upperBound - (12.0 / 3 + 6.0 / 6 + 9.0 / 6 + 2.0 / 3)) < 1e-12)
        let fall = try ShareStudy.run(try values("coalition,value\n,34\nA+B,17\n"))
        #expect(fall.shares.map(\.bounds) == [-17...0, -17...0])
        let harm = try ShareStudy.run(try values("coalition,value\n,0\nA,16\nA+B,10\n"))
        #expect(harm.shares[0].bounds == nil && harm.effect.warnings.contains { $0.contains("against the direction") })
    }

    @Test(
        "Files that cannot be shared are refused by name",
        arguments: [
            ("coalition,value\nA,x\n", "\"x\" is no number"), ("coalition,value\nA,\n", "It is empty"),
            ("coalition,value\nA,inf\n", "no number"), ("name,value\nA,1\n", "coalition"),
            ("coalition,worth\nA,1\n", "value"), ("coalition,value,count\nA,1,3\nA,2,3\n", "single observations"),
        ])
    func refused(text: String, reason: String) throws {
        let table = try TableFile(text: text, file: "shares.csv")
        let error = #expect(throws: InputError.self) { try CoalitionValues.read(table) }
        #expect(error?.description.contains(reason) == true)
    }

    @Test(
        "Games that are none are refused by name",
        arguments: [
            ("coalition,value\nA,1\nB,2\n", "A+B"), ("coalition,value\nA+A,1\n", "twice"),
            ("coalition,value\n,1\n", "0 changes"),
        ])
    func games(text: String, reason: String) throws {
        let error = #expect(throws: StudyError.self) { try values(text) }
        #expect(error?.message.contains(reason) == true)
    }

    @Test(
        "A stated split that does not fit is refused",
        arguments: [
            (["A": 40.0, "B": 35, "C": 20], "sums to 95"), (["A": 40.0, "B": 60], "leaves out \"C\""),
            (["A": 40.0, "B": 35, "D": 25], "\"D\""), (["A": 140.0, "B": -40, "C": 0], "from 0 to 100"),
        ])
    func split(stated: [String: Double], reason: String) throws {
        var options = ShareStudy.Options()
        options.stated = stated.sorted { $0.key < $1.key }.map { (name: $0.key, percent: $0.value) }
        let known = try values(Self.lindo)
        let error = #expect(throws: StudyError.self) { try ShareStudy.run(known, options) }
        #expect(error?.message.contains(reason) == true)
    }
}
