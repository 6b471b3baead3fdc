import Domain
import Policy
import Statistics
import Testing

@Suite(
    "The semantic cache on BANKING77",
    .enabled(if: BankingQuestions.isThere, "the folder of shared data is not there"))
struct BankingTests {
    /// The most alike cached question that no guard refuses.
    struct Hit: Sendable {
        let similarity: Double
        let isWrong: Bool
    }

    /// Hits at 0.7 and above of the 3,080 test questions among the 10,003 others; nothing is learnt on the way.
    private static let hits = Result { try found() }

    private struct Findings: Sendable {
        var guarded: [Hit] = []
        var unguarded: [Hit] = []
        var refusals: [AnswerGuard.Refusal: Int] = [:]
        var queries = 0
    }

    private static func found() throws -> Findings {
        let (cached, queries) = (
            try BankingQuestions.read("banking77_train.csv"), try BankingQuestions.read("banking77_test.csv")
        )
        try #require(cached.count == 10_003 && queries.count == 3_080)
        let (encoder, scope) = (LexicalEncoder(), EmbeddingScope(tenant: 1, terms: 1))
        var store = EmbeddingStore<String>(capacity: 20_000, timeToLive: 1)
        for question in cached {
            guard let vector = encoder.encode(question.text) else { continue }
            store.store(
                question.intent, for: Conversation(question: question.text), vector: vector, scope: scope,
                at: GateStreams.moment)
        }
        var findings = Findings(queries: queries.count)
        let search = SemanticSearch(similarity: 0.7)
        for query in queries {
            guard let vector = encoder.encode(query.text) else { continue }
            let nearest = store.nearest(to: vector, scope: scope, atLeast: -1, most: 1, at: GateStreams.moment)
            for match in nearest {
                findings.unguarded.append(
                    Hit(similarity: match.similarity, isWrong: match.answer != query.intent))
            }
            let finding = search.find(
                Conversation(question: query.text), vector: vector, in: &store, scope: scope, at: GateStreams.moment)
            for refusal in Set(finding.refusals) { findings.refusals[refusal, default: 0] += 1 }
            guard let match = finding.match else { continue }
            findings.guarded.append(Hit(similarity: match.similarity, isWrong: match.answer != query.intent))
        }
        return findings
    }

    @Test("Served and wrong shares, with their intervals")
    func shares() throws {
        let found = try Self.hits.get()
        let nearestRight = Double(found.unguarded.count { !$0.isWrong }) / Double(found.queries)
        print("nearest neighbour has the right intent: \(nearestRight)")
        print("queries with a refused neighbour at 0.7:", found.refusals.sorted { $0.value > $1.value })
        #expect(nearestRight > 0.82)
        for (threshold, mostWrong) in [(0.7, 0.12), (0.8, 0.09), (0.85, 0.075), (0.9, 0.06), (0.95, 0.05)] {
            let free = Self.shares(found.unguarded, threshold, found.queries)
            let guarded = Self.shares(found.guarded, threshold, found.queries)
            print("at \(threshold): served \(guarded.text), without guards \(free.text)")
            #expect(guarded.wrong <= mostWrong && guarded.served > 0.02 && guarded.served <= free.served)
        }
    }

    private static func shares(
        _ hits: [Hit], _ threshold: Double, _ queries: Int
    ) -> (served: Double, wrong: Double, text: String) {
        let served = hits.filter { $0.similarity >= threshold }
        let wrong = Double(served.count { $0.isWrong }) / Double(served.count)
        let share = Double(served.count) / Double(queries)
        let text =
            Self.text(share, ShareInterval.wilson(share: share, count: Double(queries))) + " wrong "
            + Self.text(wrong, ShareInterval.wilson(share: wrong, count: Double(served.count)))
        return (share, wrong, text)
    }

    private static func text(_ share: Double, _ interval: ClosedRange<Double>) -> String {
        let percents = [share, interval.lowerBound, interval.upperBound].map {
            (($0 * 1_000).rounded() / 10).description
        }
        return "\(percents[0]) % (\(percents[1]) to \(percents[2]))"
    }

    @Test("Whatever the threshold, the gate keeps wrong hits under 2 %", arguments: [0.7, 0.8, 0.9, 0.95])
    func gated(threshold: Double) throws {
        let hits = try Self.hits.get().guarded.filter { $0.similarity >= threshold }
        let runs = (0..<200).map { seed -> GateSimulationTests.Run in
            var random = SeededRandom(seed: UInt64(seed) &+ 1_000)
            return GateSimulationTests.run(seed: UInt64(seed), hits: 2_500) { _ in
                hits[random.below(hits.count)].isWrong ? 1 : 0
            }
        }
        let (kept, served) = (runs.count { $0.wrongShare <= 0.02 }, runs.count { $0.served > 0 })
        print("BANKING77 at \(threshold): \(served) of 200 served, \(kept) kept 2 %")
        #expect(kept >= 190)
    }

    @Test("Constructed opposites: how alike they are, and what the guards catch of each kind")
    func opposites() throws {
        let encoder = LexicalEncoder()
        var counts: [String: (all: Int, caught: Int, alike: Int, served: Int)] = [:]
        for pair in try BankingQuestions.opposites() {
            let (a, b) = (try #require(encoder.encode(pair.first)), try #require(encoder.encode(pair.second)))
            let isAlike = zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } >= 0.95
            let isCaught = AnswerGuard.refusal(of: pair.first, answeredFor: pair.second) != nil
            var count = counts[pair.kind] ?? (0, 0, 0, 0)
            count.all += 1
            if isCaught { count.caught += 1 }
            if isAlike { count.alike += 1 }
            if isAlike, !isCaught { count.served += 1 }
            counts[pair.kind] = count
            #expect(Self.folded(pair.first) != Self.folded(pair.second), "the exact tier would serve it")
        }
        for (kind, least) in [("number", 1.0), ("negation", 0.99), ("antonym", 0.97), ("entity", 0.95)] {
            let count = try #require(counts[kind])
            print(
                kind,
                "pairs \(count.all), caught \(count.caught), alike at 0.95 \(count.alike), of these served \(count.served)"
            )
            #expect(Double(count.caught) / Double(count.all) >= least, "\(kind)")
            #expect(count.served <= 3, "\(kind)")
        }
    }

    private static func folded(_ text: String) -> String {
        text.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}
