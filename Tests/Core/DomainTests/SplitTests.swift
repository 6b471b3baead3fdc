import Domain
import Testing

@Suite("Splitting an amount")
struct SplitTests {
    @Test(
        "Parts follow the weights, and what rounding leaves goes to the largest remainders",
        arguments: [
            (10, [1, 1, 1], [4, 3, 3]), (-10, [1, 1, 1], [-4, -3, -3]), (7, [0, 5], [0, 7]),
            (100, [3, 2, 5], [30, 20, 50]),
            (5, [2, 3, 2], [2, 2, 1]), (0, [1, 2], [0, 0]), (3, [-4, 1], [0, 3]),
        ] as [(Int64, [Int128], [Int64])])
    func parts(amount: Int64, weights: [Int128], expected: [Int64]) {
        #expect(NanoUSD(nanos: amount).split(by: weights)?.map(\.nanos) == expected)
    }

    @Test("Without a weight there is no split; weights of any size sum exactly")
    func limits() throws {
        #expect(NanoUSD(nanos: 5).split(by: []) == nil && NanoUSD(nanos: 5).split(by: [0, 0]) == nil)
        let weights = (1...97).map { Int128($0) * 1_000_000_000_000_000_000_000_000_000 }
        let parts = try #require(NanoUSD(nanos: .max).split(by: weights))
        #expect(parts.reduce(Int128(0)) { $0 + Int128($1.nanos) } == Int128(Int64.max))
        #expect(zip(parts, parts.dropFirst()).allSatisfy { $0 < $1 })
    }
}
