import Domain
import Foundation
import GatewayTestSupport
import Ledger
import Testing

/// Every API, and every way in which its stream can end.
@Suite("Exits of a stream")
struct StreamExitTests {
    private func start(_ surface: SurfaceCase) -> [ScriptedUpstream.Step] {
        [surface.head] + surface.parts.map { .binaryChunk($0) }
    }

    private func onlyRecord(_ harness: GatewayHarness) async throws -> (UsageRecord, RecordBatch) {
        let (records, batch) = try await harness.records(count: 1)
        try #require(records.count == 1)
        return (records[0], batch)
    }

    @Test("To its end: passed on byte for byte, metered, priced", arguments: SurfaceCase.all)
    func done(surface: SurfaceCase) async throws {
        let steps = start(surface) + surface.end.map { .binaryChunk($0) } + [Wire.streamEnd]
        try await GatewayHarness.run(answer: { _, _ in steps }) { harness in
            var client = try harness.client()
            client.post(surface.path, surface.body)
            let answer = try client.answer()
            #expect(answer.status == 200 && answer.isWhole)
            #expect(answer.bytes == surface.visible)
            let (record, batch) = try await onlyRecord(harness)
            let usage = record.usage
            #expect([usage.uncachedInput, usage.cacheRead, usage.output].map(\.known) == surface.usage)
            #expect(record.usageSource == .reported && record.status == .ok && record.costKind == .priced)
            #expect(record.cost > .zero)
            #expect(answer.header("x-payback-cost-usd") == record.cost.decimalText)
            #expect(answer.header("x-payback-request-id") == batch.string(record.requestID))
        }
    }

    @Test("An error event: passed on, recorded as a failure of the provider's", arguments: SurfaceCase.all)
    func errorEvent(surface: SurfaceCase) async throws {
        let steps = start(surface) + [.binaryChunk(surface.error), Wire.streamEnd]
        try await GatewayHarness.run(answer: { _, _ in steps }) { harness in
            var client = try harness.client()
            client.post(surface.path, surface.body)
            #expect(try client.answer().bytes == surface.parts.flatMap(\.self) + surface.error)
            let (record, batch) = try await onlyRecord(harness)
            #expect(record.status == .failed && record.usageSource == .estimated)
            #expect(batch.vocabulary.text(record.actionReason) != nil)
            expectEstimate(record, surface)
        }
    }

    @Test(
        "The upstream breaks off: the caller sees a cut stream, and what was seen is charged",
        arguments: SurfaceCase.all)
    func readError(surface: SurfaceCase) async throws {
        let steps = start(surface) + [.close]
        try await GatewayHarness.run(answer: { _, _ in steps }) { harness in
            var client = try harness.client()
            client.post(surface.path, surface.body)
            let answer = try client.answer()
            #expect(!answer.isWhole)
            let (record, _) = try await onlyRecord(harness)
            #expect(record.status == .failed && record.usageSource == .estimated)
            expectEstimate(record, surface)
        }
    }

    @Test("The upstream ends too early without saying so: that is no clean end", arguments: SurfaceCase.all)
    func truncation(surface: SurfaceCase) async throws {
        let steps = start(surface) + [Wire.streamEnd]
        try await GatewayHarness.run(answer: { _, _ in steps }) { harness in
            var client = try harness.client()
            client.post(surface.path, surface.body)
            #expect(try !client.answer().isWhole)
            let (record, _) = try await onlyRecord(harness)
            #expect(record.status == .failed)
            expectEstimate(record, surface)
        }
    }

    @Test("The caller leaves: the upstream is cancelled, and what was seen is charged", arguments: SurfaceCase.all)
    func clientGone(surface: SurfaceCase) async throws {
        let steps = start(surface) + [.wait] + surface.end.map { .binaryChunk($0) } + [Wire.streamEnd]
        try await GatewayHarness.run(answer: { _, _ in steps }) { harness in
            do {
                var client = try harness.client()
                client.post(surface.path, surface.body)
                try client.receive(until: surface.lastText)
            }
            let (record, _) = try await onlyRecord(harness)
            #expect(record.status == .cancelled && record.usageSource == .estimated)
            expectEstimate(record, surface)
            try await harness.wait { harness.upstream.closedEarly == 1 }
            #expect(harness.upstream.closedEarly == 1)
        }
    }

    /// Four bytes to a token: of the text that was seen, and of the prompt where the stream has not said.
    private func expectEstimate(_ record: UsageRecord, _ surface: SurfaceCase) {
        #expect(record.costKind == .priced && record.cost > .zero)
        #expect((5...8).contains(record.usage.output.orZero), "22 bytes of text are about 6 tokens")
        if let early = surface.earlyInput {
            #expect(record.usage.uncachedInput.known == early)
        } else {
            #expect((4...20).contains(record.usage.uncachedInput.orZero))
        }
    }
}
