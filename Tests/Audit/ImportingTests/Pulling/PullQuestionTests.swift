import Domain
import Importing
import Testing

@Suite("Where a pull begins")
struct PullQuestionTests {
    private let key = PullCursor.Key(source: "openai", endpoint: "completions", account: "", ledger: "test")

    private func endpoint(_ source: PullSource, _ name: String) throws -> any PullEndpoint {
        try #require(source.endpoints.first { $0.name == name })
    }

    private func position(
        _ question: PullQuestion, _ endpoint: any PullEndpoint, _ cursor: PullCursor? = nil
    ) -> PullPosition {
        question.position(for: endpoint, after: cursor ?? PullCursor(key: key), now: MadePull.now)
    }

    @Test("The first pull is of thirty days, in whole days")
    func first() throws {
        let position = position(PullQuestion(), try endpoint(.openAI, "completions"))
        #expect(position.span == .days((10, 22), (11, 22)))
        #expect(position.window == position.span && position.bucket == "1d" && position.page == nil)
    }

    @Test("The next one begins three days before the last one's end")
    func overlap() throws {
        var cursor = PullCursor(key: key)
        cursor.reached = Timestamp(year: 2026, month: 11, day: 20, hour: 9)
        let position = position(PullQuestion(), try endpoint(.openAI, "completions"), cursor)
        #expect(position.span == .days((11, 17), (11, 22)))
    }

    @Test(
        "Windows are as long as each API allows",
        arguments: [
            ("completions", BucketWidth.day, 31.0), ("completions", .hour, 7), ("costs", .day, 180),
            ("costs", .hour, 180),
        ])
    func windows(_ name: String, _ bucket: BucketWidth, _ days: Double) throws {
        let question = PullQuestion(since: Timestamp(year: 2025, month: 1, day: 1), bucket: bucket)
        let window = position(question, try endpoint(.openAI, name)).window
        #expect(Double(window.end.microseconds - window.start.microseconds) == days * 86_400e6)
    }

    @Test("Records are asked for a day at a time, from any moment")
    func records() throws {
        let question = PullQuestion(since: Timestamp(year: 2026, month: 11, day: 1, hour: 15))
        let window = position(question, try endpoint(.helicone, "requests")).window
        #expect(window.start.rfc3339 == "2026-11-01T15:00:00Z" && window.end.rfc3339 == "2026-11-02T00:00:00Z")
    }

    @Test("OpenRouter has thirty days that have ended")
    func kept() throws {
        let activity = try endpoint(.openRouter, "activity")
        let question = PullQuestion(since: Timestamp(year: 2026, month: 1, day: 1))
        #expect(position(question, activity).span == .days((10, 22), (11, 21)))
        var cursor = PullCursor(key: key)
        // Cut off so long ago that it cannot be gone on with.
        cursor.open = PullPosition(
            span: .days((1, 1), (2, 1)), bucket: "1d", window: .days((1, 9), (1, 10)), run: 1)
        #expect(position(PullQuestion(), activity, cursor).span == .days((10, 22), (11, 21)))
    }

    @Test("A pull that was cut off goes on at its page, unless something else is asked for")
    func resumed() throws {
        let list = try endpoint(.openAI, "completions")
        var open = PullPosition(span: .days((9, 1), (11, 1)), bucket: "1d", window: .days((9, 1), (10, 2)), run: 7)
        open.page = "page_2"
        var cursor = PullCursor(key: key)
        cursor.open = open
        let asked = Timestamp(year: 2026, month: 9, day: 1)
        for since in [nil, asked] {
            let position = position(PullQuestion(since: since), list, cursor)
            #expect(position.page == "page_2" && position.window == open.window && position.run == 7)
            #expect(position.span == .days((9, 1), (11, 22)))
        }
        let other = PullQuestion(since: Timestamp(year: 2026, month: 8, day: 1))
        #expect(position(other, list, cursor).page == nil)
        #expect(position(PullQuestion(bucket: .hour), list, cursor).page == nil)
        let shorter = position(
            PullQuestion(since: asked, until: Timestamp(year: 2026, month: 9, day: 10)), list, cursor)
        #expect(shorter.page == nil && shorter.window == .days((9, 1), (9, 10)))
    }
}
