import Domain
import Foundation
import Policy
import Statistics
import Testing

@Suite("Many gates")
struct GateBookTests {
    @Test("e-BH takes the largest number of which each has its share of the evidence")
    func procedure() {
        func chosen(_ values: [Double], gates: Int) -> Set<Int> {
            PromotionFamily.chosen(logEvidence: values.map { log($0) }, gates: gates, level: 0.05)
        }
        #expect(chosen([21], gates: 1) == [0])
        #expect(chosen([19], gates: 1) == [])
        #expect(chosen([21, 1], gates: 2) == [], "one of two needs 40")
        #expect(chosen([41, 1], gates: 2) == [0])
        #expect(chosen([1, 21, 22], gates: 3) == [], "two of three need 30")
        #expect(chosen([1, 31, 32], gates: 3) == [1, 2])
        #expect(chosen([21, 21, 21], gates: 3) == [0, 1, 2])
        #expect(chosen([], gates: 0) == [])
        #expect(PromotionFamily.chosen(logEvidence: [-.infinity, 900], gates: 2, level: 0.05) == [1])
    }

    @Test("Of many levers at their floor few are promoted, of good ones most")
    func discoveries() {
        var (falseShares, found) = (0.0, 0)
        for seed in UInt64(0)..<40 {
            let book = Self.simulated(seed: seed)
            let promoted = book.gates.filter { $1.promotionLogEvidence != nil }.keys
            let bad = promoted.count { $0.hasPrefix("bad") }
            falseShares += promoted.isEmpty ? 0 : Double(bad) / Double(promoted.count)
            found += promoted.count - bad
        }
        print("e-BH: mean share of wrong promotions \(falseShares / 40), good ones found \(found) of 200")
        #expect(falseShares / 40 <= 0.05 && found >= 160)
    }

    /// Five levers that never err among fifteen at their floor.
    private static func simulated(seed: UInt64) -> GateBook {
        var random = SeededRandom(seed: seed)
        var book = GateBook(level: 0.05)
        let shares = (0..<20).map { $0 < 5 ? ("good \($0)", 0.0) : ("bad \($0)", 0.02) }
        for (name, _) in shares {
            book.set(GateState(terms: GateTerms()), for: name)
            _ = book.change(name) { $0.open(at: GateStreams.moment) }
        }
        for _ in 0..<600 {
            for (name, share) in shares {
                book.take(.scored(GateStreams.loss(share, &random)), on: name, at: GateStreams.moment)
            }
        }
        return book
    }

    @Test("One among many needs more evidence than one alone, and unknown levers none")
    func among() {
        var book = GateBook(level: 0.05)
        for name in ["a", "b", "c", "d"] {
            book.set(GateState(terms: GateTerms()), for: name)
            _ = book.change(name) { $0.open(at: GateStreams.moment) }
        }
        for _ in 0..<260 { book.take(Verdict(isAsGood: true), on: "a", at: GateStreams.moment) }
        #expect(book.gates["a"]?.isProven == true && book.gates["a"]?.state == .shadow)
        #expect(book.take(Verdict(isAsGood: true), on: "e", at: GateStreams.moment) == [])
        for _ in 0..<200 { book.take(Verdict(isAsGood: true), on: "a", at: GateStreams.moment) }
        #expect(book.gates["a"]?.state == .on && book.proven == ["a"])
    }

    @Test("Levers that are proven in each other's company are promoted at once")
    func together() {
        var book = GateBook(level: 0.05)
        for name in ["a", "b"] {
            book.set(GateState(terms: GateTerms()), for: name)
            _ = book.change(name) { $0.open(at: GateStreams.moment) }
        }
        var changes: [GateChange] = []
        for name in ["a", "b"] {
            for _ in 0..<242 where changes.isEmpty {
                changes = book.take(Verdict(isAsGood: true), on: name, at: GateStreams.moment)
            }
        }
        #expect(changes.map(\.lever) == ["a", "b"] && changes.allSatisfy { $0.transition.cause == .proven })
        #expect(book.gates["b"]?.process.judged == 242)
    }

    @Test("A feature's levers share one budget of wrong answers")
    func budget() throws {
        let budget = ErrorBudget(allowedShare: 0.02)
        let cache = ErrorBudget.Claim(lever: "cache", touchedShare: 0.3, lossBound: 0.02, saving: 300)
        let route = ErrorBudget.Claim(lever: "route", touchedShare: 0.6, lossBound: 0.02, saving: 500)
        let edit = ErrorBudget.Claim(lever: "edit", touchedShare: 1, lossBound: 0.01, saving: 100)
        #expect(abs(budget.spentShare([cache, route]) - 0.018) < 1e-12)
        #expect(abs(budget.expectedWrong([cache, route], among: 10_000) - 180) < 1e-9)
        #expect(budget.admitted([edit, cache, route]) == ["cache", "route"])
        #expect(budget.admitted([edit]) == ["edit"])
        let left = try #require(budget.floor(touchedShare: 0.5, beside: [cache]))
        #expect(abs(left - 0.028) < 1e-12)
        #expect(budget.floor(touchedShare: 1, beside: [cache, route, edit]) == nil)
        let unknown = ErrorBudget.Claim(lever: "x", touchedShare: .nan, lossBound: 7, saving: .infinity)
        #expect(unknown.spentShare == 1 && unknown.saving == 0)
    }
}
