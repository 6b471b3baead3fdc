import Domain
import Policy
import Statistics
import Testing

@Suite("The answer cache's bounds")
struct BoundedCacheTests {
    private func key(_ prompt: Int, scope: UInt64 = 1) -> AnswerKey {
        AnswerKey(scope: scope, model: 7, prompt: PromptHash(high: UInt64(prompt), low: 1))
    }

    private func at(_ seconds: Int) -> Timestamp { Timestamp(seconds: Int64(seconds)) }

    @Test("An answer's own time counts where it is shorter, the cache's where it is not")
    func times() {
        var cache = AnswerCache<Int>(timeToLive: 10_000_000, capacity: 4)
        cache.store(1, for: key(1), at: at(100), timeToLive: 5_000_000)
        cache.store(2, for: key(2), at: at(100), timeToLive: 99_000_000)
        #expect(cache.find(key(1), at: at(105)).outcome == .hit && cache.find(key(1), at: at(106)).outcome == .expired)
        #expect(cache.find(key(2), at: at(110)).outcome == .hit && cache.find(key(2), at: at(111)).outcome == .expired)
    }

    @Test("A caller's limit on the age passes an answer by and leaves it for others")
    func age() {
        var cache = AnswerCache<Int>(timeToLive: 10_000_000, capacity: 4)
        cache.store(1, for: key(1), at: at(100))
        #expect(cache.find(key(1), at: at(103), mostAge: 2_000_000).outcome == .expired)
        #expect(cache.find(key(1), at: at(103), mostAge: 3_000_000).answer == 1)
    }

    @Test("Of two calls at once the first serves; who wanted a new answer replaces it")
    func replacing() {
        var cache = AnswerCache<String>(timeToLive: 10_000_000, capacity: 4)
        cache.store("a", for: key(1), at: at(100))
        cache.store("b", for: key(1), at: at(105))
        #expect(cache.find(key(1), at: at(111)).outcome == .expired, "it counts from the first")
        cache.store("c", for: key(1), at: at(120))
        cache.store("d", for: key(1), at: at(125), replacing: true)
        #expect(cache.find(key(1), at: at(134)).answer == "d" && cache.count == 1)
    }

    @Test("What is larger than the cache is not kept, and pushes nothing out")
    func tooLarge() {
        var cache = AnswerCache<Int>(timeToLive: .max, bounds: CacheBounds(entries: 9, bytes: 10))
        let fits = cache.store(1, for: key(1), at: at(1), bytes: 10)
        let isTooLarge = !cache.store(2, for: key(2), at: at(1), bytes: 11)
        #expect(fits && isTooLarge)
        #expect(cache.find(key(1), at: at(2)).answer == 1 && cache.bytes == 10)
        cache.store(3, for: key(3), at: at(3), bytes: 1)
        #expect(cache.count == 1 && cache.bytes == 1)
    }

    @Test("Taking back by tag reaches every answer with it, of one tenant or of all")
    func tags() {
        var cache = AnswerCache<Int>(timeToLive: .max, capacity: 9)
        for scope in [UInt64(1), 2] {
            cache.store(1, for: key(1, scope: scope), at: at(1), tags: ["prices", "docs"])
            cache.store(2, for: key(2, scope: scope), at: at(1), tags: ["docs"])
        }
        #expect(cache.removeAll(tagged: "prices", scope: 1) == 1 && cache.count == 3)
        #expect(cache.find(key(1, scope: 2), at: at(2)).outcome == .hit)
        #expect(cache.removeAll(tagged: "docs") == 3 && cache.count == 0 && cache.removeAll(tagged: "docs") == 0)
        cache.store(1, for: key(1), at: at(1), tags: ["docs"])
        cache.store(2, for: key(1), at: at(1), tags: [])
        #expect(cache.removeAll(tagged: "docs") == 0, "the answer's tags are those of its last call")
        let removed = [cache.remove(key(1)), cache.remove(key(1))]
        #expect(removed == [true, false])
    }

    @Test("What was used again survives a scan")
    func scanAfterUse() {
        func left(_ eviction: CacheBounds.Eviction) -> Int {
            var cache = AnswerCache<Int>(timeToLive: .max, bounds: CacheBounds(entries: 100, eviction: eviction))
            for prompt in 0..<40 {
                cache.store(prompt, for: key(prompt), at: at(1))
                _ = cache.find(key(prompt), at: at(2))
            }
            for prompt in 1_000..<2_000 { cache.store(prompt, for: key(prompt), at: at(3)) }
            return (0..<40).count { cache.find(key($0), at: at(4)).outcome == .hit }
        }
        #expect(left(.leastRecentlyUsed) == 0 && left(.segmented) == 40)
    }

    @Test("What was protected long ago gives way in the end")
    func aging() {
        var cache = AnswerCache<Int>(timeToLive: .max, bounds: CacheBounds(entries: 10, eviction: .segmented))
        for prompt in 0..<100 {
            cache.store(prompt, for: key(prompt), at: at(1))
            _ = cache.find(key(prompt), at: at(2))
        }
        #expect(cache.count == 10 && cache.find(key(0), at: at(3)).outcome == .miss)
        #expect(cache.find(key(99), at: at(3)).outcome == .hit)
    }

    /// The cache as plain lists, the newest last.
    private struct Model {
        struct Item {
            var prompt: Int
            var answer: Int
            var at: Int
            var life: Int
            var bytes: Int
            var tag: String
        }
        let bounds: CacheBounds
        var probation: [Item] = []
        var protected: [Item] = []

        var all: [Item] { probation + protected }

        mutating func use(_ prompt: Int) {
            if let place = protected.firstIndex(where: { $0.prompt == prompt }) {
                protected.append(protected.remove(at: place))
            } else if let place = probation.firstIndex(where: { $0.prompt == prompt }) {
                let item = probation.remove(at: place)
                if bounds.eviction == .segmented { protected.append(item) } else { probation.append(item) }
            }
            let (most, bytes) = (bounds.entries - bounds.entries / 5, bounds.bytes - bounds.bytes / 5)
            while protected.count > 1, protected.count > most || protected.reduce(0, { $0 + $1.bytes }) > bytes {
                probation.append(protected.removeFirst())
            }
        }

        mutating func store(_ item: Item) {
            func fits() -> Bool { all.reduce(0) { $0 + $1.bytes } + item.bytes <= bounds.bytes }
            while all.count >= bounds.entries || !fits() {
                if probation.isEmpty { protected.removeFirst() } else { probation.removeFirst() }
            }
            probation.append(item)
        }
    }

    @Test("It agrees with plain lists on random traffic", arguments: CacheBounds.Eviction.allCases)
    func model(eviction: CacheBounds.Eviction) {
        var random = SeededRandom(seed: 23)
        let bounds = CacheBounds(entries: 8, bytes: 60, eviction: eviction)
        var cache = AnswerCache<Int>(timeToLive: 40_000_000, bounds: bounds)
        var model = Model(bounds: bounds)
        var hits = 0
        for moment in 1...6_000 {
            // Some prompts come much more often than others.
            let prompt = random.below(random.below(30) + 1)
            let found = cache.find(key(prompt), at: at(moment))
            let expected = model.all.first { $0.prompt == prompt }
            let isAlive = expected.map { moment - $0.at <= $0.life } ?? false
            #expect((found.outcome == .hit) == isAlive && found.answer == (isAlive ? expected?.answer : nil))
            if isAlive {
                model.use(prompt)
                hits += 1
            } else {
                model.probation.removeAll { $0.prompt == prompt }
                model.protected.removeAll { $0.prompt == prompt }
                let item = Model.Item(
                    prompt: prompt, answer: moment, at: moment, life: 1 + random.below(40), bytes: random.below(20),
                    tag: "t\(random.below(3))")
                model.store(item)
                cache.store(
                    moment, for: key(prompt), at: at(moment), timeToLive: Int64(item.life) * 1_000_000,
                    bytes: item.bytes,
                    tags: [item.tag])
            }
            if random.below(50) == 0 {
                let tag = "t\(random.below(3))"
                #expect(cache.removeAll(tagged: tag) == model.all.count { $0.tag == tag })
                model.probation.removeAll { $0.tag == tag }
                model.protected.removeAll { $0.tag == tag }
            }
            #expect(cache.count == model.all.count && cache.bytes == model.all.reduce(0) { $0 + $1.bytes })
        }
        #expect(hits > 500)
    }
}
