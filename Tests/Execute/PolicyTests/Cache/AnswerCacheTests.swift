import Domain
import Policy
import Statistics
import Testing

@Suite("The answer cache")
struct AnswerCacheTests {
    private func key(_ prompt: UInt64, scope: UInt64 = 1) -> AnswerKey {
        AnswerKey(scope: scope, model: 7, prompt: PromptHash(high: prompt, low: 1))
    }

    private func at(_ seconds: Int64) -> Timestamp { Timestamp(seconds: seconds) }

    @Test("An answer serves from its moment to the end of its time, its own scope alone")
    func lifetime() {
        var cache = AnswerCache<String>(timeToLive: 10_000_000, capacity: 4)
        cache.store("a", for: key(1), at: at(100))
        #expect(cache.find(key(1), at: at(99)).outcome == .miss, "not complete yet")
        #expect(cache.find(key(1), at: at(110)).answer == "a")
        #expect(cache.find(key(1, scope: 2), at: at(105)).outcome == .miss, "another tenant")
        #expect(cache.find(key(1), at: at(111)).outcome == .expired)
        #expect(cache.find(key(1), at: at(111)).outcome == .miss && cache.count == 0)
    }

    @Test("The least recently used goes first")
    func eviction() {
        var cache = AnswerCache<Int>(timeToLive: .max, capacity: 2)
        cache.store(1, for: key(1), at: at(1))
        cache.store(2, for: key(2), at: at(2))
        #expect(cache.find(key(1), at: at(3)).outcome == .hit)
        cache.store(3, for: key(3), at: at(4))
        #expect(cache.find(key(2), at: at(5)).outcome == .miss && cache.find(key(1), at: at(5)).outcome == .hit)
    }

    @Test("It agrees with a plain list on random traffic")
    func model() {
        var random = SeededRandom(seed: 11)
        var cache = AnswerCache<UInt64>(timeToLive: 40_000_000, capacity: 8)
        var list: [(key: UInt64, answer: UInt64, at: Int64)] = []
        for moment in Int64(1)...4_000 {
            let prompt = UInt64(random.below(20))
            let expected = list.firstIndex { $0.key == prompt && moment - $0.at <= 40 }
            let found = cache.find(key(prompt), at: at(moment))
            #expect((found.outcome == .hit) == (expected != nil))
            if let expected {
                #expect(found.answer == list[expected].answer)
                list.append(list.remove(at: expected))
            } else {
                list.removeAll { $0.key == prompt }
                if list.count == 8 { list.removeFirst() }
                list.append((prompt, UInt64(moment), moment))
                cache.store(UInt64(moment), for: key(prompt), at: at(moment))
            }
        }
    }
}
