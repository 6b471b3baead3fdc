/// Vectors of one length, one behind the other, compared with a query one by one: exact, and for ten thousand as fast as
/// memory is read.
struct EmbeddingTable: Sendable {
    /// A vector that is alike.
    struct Match: Sendable, Hashable {
        let row: Int
        let similarity: Float
    }

    /// How many blocks of 16 a vector takes; the last is filled up with zeros.
    let blocks: Int
    private var storage: [SIMD16<Float>] = []

    init(dimensions: Int) { blocks = (dimensions + 15) / 16 }

    var count: Int { storage.count / max(blocks, 1) }

    mutating func append(_ vector: [Float]) { storage += Self.blocked(vector, blocks) }

    /// Removes a row; the last one takes its place.
    mutating func remove(_ row: Int) {
        let last = count - 1
        if row != last { for block in 0..<blocks { storage[row * blocks + block] = storage[last * blocks + block] } }
        storage.removeLast(blocks)
    }

    /// The rows that are most alike, the best first.
    ///
    /// - Parameters:
    ///   - least: the least product that counts; with vectors of length 1 it is the cosine.
    ///   - most: how many are kept.
    func matches(to query: [Float], atLeast least: Float, most: Int) -> [Match] {
        let query = Self.blocked(query, blocks)
        var found: [Match] = []
        storage.withUnsafeBufferPointer { rows in
            query.withUnsafeBufferPointer { query in
                for row in 0..<count {
                    let similarity = Self.product(rows, row &* blocks, query, blocks)
                    guard similarity >= least else { continue }
                    Self.insert(Match(row: row, similarity: similarity), into: &found, most: most)
                }
            }
        }
        return found
    }

    /// Multiply and add, not `addProduct`: that one calls a function for every number where the processor that is compiled
    /// for has no fused instruction.
    @inline(__always)
    private static func product(
        _ rows: UnsafeBufferPointer<SIMD16<Float>>, _ start: Int, _ query: UnsafeBufferPointer<SIMD16<Float>>,
        _ blocks: Int
    ) -> Float {
        var sum = SIMD16<Float>.zero
        for block in 0..<blocks { sum += rows[start &+ block] * query[block] }
        return sum.sum()
    }

    private static func insert(_ match: Match, into found: inout [Match], most: Int) {
        let place = found.firstIndex { $0.similarity < match.similarity } ?? found.count
        guard place < most else { return }
        found.insert(match, at: place)
        if found.count > most { found.removeLast() }
    }

    private static func blocked(_ vector: [Float], _ blocks: Int) -> [SIMD16<Float>] {
        (0..<blocks).map { block in
            var lanes = SIMD16<Float>.zero
            for lane in 0..<min(16, vector.count - block * 16) { lanes[lane] = vector[block * 16 + lane] }
            return lanes
        }
    }
}
