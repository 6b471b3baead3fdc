import Statistics
import Testing

@Suite("Seeded random numbers")
struct SeededRandomTests {
    @Test("splitmix64 gives the published numbers of seed 1234567")
    func splitMix() {
        var mixer = SplitMix(state: 1_234_567)
        let numbers = (0..<5).map { _ in mixer.next() }
        #expect(
            numbers == [
                6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
                4_593_380_528_125_082_431, 16_408_922_859_458_223_821,
            ])
    }

    @Test("xoshiro256** gives the published numbers of state 1, 2, 3, 4")
    func xoshiro() {
        var random = SeededRandom(state: (1, 2, 3, 4))
        let numbers = (0..<4).map { _ in random.next() }
        #expect(numbers == [11_520, 0, 1_509_978_240, 1_215_971_899_390_074_240])
    }

    @Test("A seed determines the stream")
    func seeds() {
        var first = SeededRandom(seed: 7)
        var same = SeededRandom(seed: 7)
        var other = SeededRandom(seed: 8)
        let numbers = (0..<100).map { _ in first.next() }
        let sameNumbers = (0..<100).map { _ in same.next() }
        let otherNumbers = (0..<100).map { _ in other.next() }
        #expect(numbers == sameNumbers)
        #expect(numbers != otherNumbers)
    }

    @Test("Fractions and whole numbers stay in their range and are level")
    func ranges() {
        var random = SeededRandom(seed: 3)
        var counts = Array(repeating: 0, count: 7)
        var sum = 0.0
        var isInRange = true
        for _ in 0..<70_000 {
            counts[random.below(7)] += 1
            let fraction = random.unit()
            isInRange = isInRange && fraction >= 0 && fraction < 1
            sum += fraction
        }
        #expect(isInRange)
        #expect(abs(sum / 70_000 - 0.5) < 0.005)
        #expect(counts.allSatisfy { abs($0 - 10_000) < 500 })
    }
}
