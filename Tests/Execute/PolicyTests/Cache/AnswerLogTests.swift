import Domain
import Policy
import Statistics
import Testing

@Suite("The log of answers")
struct AnswerLogTests {
    private static let secret: UInt64 = 0x1234_5678_9abc_def0

    private func answer(
        _ prompt: UInt64, scope: UInt64 = 1, at seconds: Int64 = 100, life: Int64 = 1_000, rule: String = "r",
        tags: [String] = [], body: String = "body"
    ) -> StoredAnswer {
        let key = AnswerKey(scope: scope, model: 3, prompt: PromptHash(high: prompt, low: 9))
        var answer = StoredAnswer(
            key: key, rule: rule, storedAt: Timestamp(seconds: seconds), timeToLive: life * 1_000_000,
            body: Array(body.utf8))
        answer.tags = tags
        return answer
    }

    private func segment(_ entries: [ArchiveEntry], secret: UInt64 = secret) -> [UInt8] {
        var bytes = ArchiveFrame.header + withUnsafeBytes(of: secret.littleEndian) { Array($0) }
        for entry in entries {
            let isWritten = ArchiveFrame.append(entry, secret: secret, to: &bytes)
            #expect(isWritten)
        }
        return bytes
    }

    private func log(_ segments: [[UInt8]]) -> AnswerLog {
        var log = AnswerLog()
        for segment in segments { segment.withUnsafeBufferPointer { log.take(segment: $0) } }
        return log
    }

    private func survivors(_ entries: [ArchiveEntry], at seconds: Int64 = 200) -> [StoredAnswer] {
        log([segment(entries)]).survivors(at: Timestamp(seconds: seconds))
    }

    @Test("An answer comes back whole")
    func roundTrip() {
        var full = answer(7, rule: "répeats", tags: ["a", "b,c"], body: "data: {}\n\n\u{0}")
        (full.status, full.contentType, full.provider) = (201, "text/event-stream", "openai")
        (full.requestedModel, full.model, full.cost) = ("gpt-4o", "gpt-4o-2024-11-20", NanoUSD(nanos: -5))
        full.usage = TokenUsage(uncachedInput: TokenCount(12), cacheRead: .zero, output: TokenCount(1 << 40))
        full.usage.imageOutput = TokenCount(4)
        let bare = answer(8, body: "")
        #expect(survivors([.answer(full), .answer(bare)]) == [full, bare])
        #expect(bare.cost == nil && bare.usage == .unknown)
    }

    @Test("The newest entry of a key counts, also where it is over and an older one would not be")
    func newest() {
        #expect(
            survivors([.answer(answer(1, body: "a")), .answer(answer(1, body: "b"))]).map(\.body) == [Array("b".utf8)])
        #expect(survivors([.answer(answer(1)), .answer(answer(1, life: 50))]).isEmpty)
        #expect(survivors([.answer(answer(1)), .answer(answer(1, rule: "other"))]).count == 2)
    }

    @Test("Expired answers are left out")
    func expiry() {
        let entries = [ArchiveEntry.answer(answer(1, life: 100)), .answer(answer(2, life: 99))]
        #expect(survivors(entries, at: 200).map(\.key.prompt.high) == [1])
    }

    @Test("What is taken back stays away, and what is stored afterwards counts again")
    func takenBack() {
        let two = [ArchiveEntry.answer(answer(1, tags: ["t"])), .answer(answer(1, scope: 2, tags: ["t"]))]
        #expect(survivors(two + [.removedTag("t", scope: 1)]).map(\.key.scope) == [2])
        #expect(survivors(two + [.removedTag("t", scope: nil)]).isEmpty)
        #expect(survivors(two + [.removedTag("u", scope: nil)]).count == 2)
        #expect(survivors(two + [.removedRule("r")]).isEmpty && survivors(two + [.removedRule("s")]).count == 2)
        #expect(survivors(two + [.removedKey(rule: "r", answer(1).key)]).map(\.key.scope) == [2])
        #expect(survivors(two + [.removedTag("t", scope: nil), two[0]]).count == 1)
        #expect(
            survivors([two[0], .answer(answer(1)), .removedTag("t", scope: nil)]).count == 1, "the new one has no tag")
    }

    @Test("A torn end is dropped and counted, wherever it is torn")
    func torn() {
        let whole = segment([.answer(answer(1)), .answer(answer(2))])
        let first = segment([.answer(answer(1))]).count
        let start = ArchiveFrame.header.count + 8
        for count in 0..<whole.count {
            let found = log([Array(whole.prefix(count))])
            let left = found.survivors(at: Timestamp(seconds: 200)).count
            #expect(left == (count >= first ? 1 : 0))
            #expect(found.damagedBytes == count - (count >= first ? first : count >= start ? start : 0))
        }
    }

    @Test("A damaged entry in the middle costs itself alone, whichever byte it is")
    func damaged() {
        let parts = (1...3).map { answer(UInt64($0), tags: ["t"], body: "body \($0)") }
        let whole = segment(parts.map { .answer($0) })
        let begin = segment([.answer(parts[0])]).count
        let end = segment(parts.prefix(2).map { .answer($0) }).count
        for position in begin..<end {
            var bytes = whole
            bytes[position] ^= 0x41
            let found = log([bytes])
            #expect(found.survivors(at: Timestamp(seconds: 200)) == [parts[0], parts[2]])
            #expect(found.damagedBytes == end - begin)
        }
    }

    @Test("A text that holds an entry does not pass for one when what stands before it is damaged")
    func forged() {
        let forged = segment([.answer(answer(66, scope: 2))], secret: 0).dropFirst(ArchiveFrame.header.count + 8)
        var carrier = answer(1)
        carrier.body = Array(forged)
        var bytes = segment([.answer(carrier), .answer(answer(3))])
        bytes[ArchiveFrame.header.count + 8] ^= 1
        #expect(log([bytes]).survivors(at: Timestamp(seconds: 200)).map(\.key.prompt.high) == [3])
    }

    @Test("Random bytes never crash it")
    func fuzz() {
        var random = SeededRandom(seed: 3)
        let whole = segment((1...4).map { .answer(answer($0, tags: ["a"])) } + [.removedTag("b", scope: 4)])
        for _ in 0..<3_000 {
            var bytes = whole
            for _ in 0...random.below(4) { bytes[random.below(bytes.count)] = UInt8(random.below(256)) }
            if random.below(3) == 0 { bytes.removeLast(random.below(bytes.count)) }
            #expect(log([bytes]).survivors(at: Timestamp(seconds: 200)).count <= 4)
        }
    }

    @Test("An entry that is too long is not written")
    func tooLong() {
        var bytes: [UInt8] = []
        var long = answer(1)
        long.body = [UInt8](repeating: 0x61, count: ArchiveFrame.longestPayload)
        let isWritten = ArchiveFrame.append(.answer(long), secret: 1, to: &bytes)
        #expect(!isWritten && bytes.isEmpty)
    }
}
