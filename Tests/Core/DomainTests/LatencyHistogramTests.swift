import Domain
import Testing

@Suite("Latency histograms")
struct LatencyHistogramTests {
    private func made(_ count: Int, seed: String) -> (LatencyHistogram, [Int64]) {
        var histogram = LatencyHistogram()
        let values = (0..<count).map { Int64(ByteHash.hash("\(seed) \($0)") >> UInt64(24 + $0 % 30)) }
        for value in values { histogram.add(value) }
        return (histogram, values.sorted())
    }

    @Test("Quantiles are within the stated error of the exact ones", arguments: [0.01, 0.5, 0.9, 0.95, 0.99, 1])
    func error(_ q: Double) throws {
        let (histogram, sorted) = made(5000, seed: "error")
        let exact = Double(sorted[Int((q * 5000).rounded(.up)) - 1])
        let read = try #require(histogram.quantile(q))
        #expect(abs(read - exact) <= exact * LatencyHistogram.relativeError + 0.5)
    }

    @Test("Merging and storing lose nothing")
    func merging() {
        let (first, _) = made(300, seed: "first")
        let (second, _) = made(400, seed: "second")
        var merged = first
        merged.merge(second)
        var other = second
        other.merge(first)
        #expect(merged.count == 700)
        #expect(merged.encoded == other.encoded)
        var restored = LatencyHistogram()
        merged.encoded.withUnsafeBufferPointer { restored.merge(encoded: $0) }
        #expect(restored == merged)
    }

    @Test("Unknown durations are left out, and nothing has no quantile")
    func unknown() {
        var histogram = LatencyHistogram()
        histogram.add(-1)
        #expect(histogram.count == 0)
        #expect(histogram.quantile(0.5) == nil)
        histogram.add(0)
        histogram.add(.max)
        #expect(histogram.count == 2)
    }

    @Test("Damaged bytes do no harm")
    func damage() {
        for number in 0..<500 {
            let bytes = (0..<20).map { UInt8(truncatingIfNeeded: ByteHash.hash("\(number) \($0)")) }
            var histogram = LatencyHistogram()
            bytes.withUnsafeBufferPointer { histogram.merge(encoded: $0) }
            #expect(histogram.count >= 0)
        }
    }
}
