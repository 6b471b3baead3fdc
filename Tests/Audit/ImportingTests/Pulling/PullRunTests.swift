import Domain
import Importing
import Ledger
import Testing

@Suite("Pulling into a ledger")
struct PullRunTests {
    private let formats: [any UsageFormat] = [StatedFormat(name: "openai-usage")]
    private let august = Timestamp(year: 2026, month: 8, day: 1)

    /// Completions of one window, a day a page, four pages.
    private func days(_ request: PullRequest) -> PullResponse {
        let start = Timestamp(year: 2026, month: 11, day: 1).microseconds / 1_000_000
        let page = request["page"].flatMap { Int64($0) } ?? 0
        return .page(
            RecordedPages.completions(day: start + page * 86_400, next: page < 3 ? String(page + 1) : nil),
            headers: ["openai-organization": "org-a"])
    }

    private let november = PullQuestion(
        since: Timestamp(year: 2026, month: 11, day: 1), until: Timestamp(year: 2026, month: 11, day: 5))

    @Test("Pages reach the ledger; the same pull again changes nothing")
    func twice() async throws {
        let pull = MadePull()
        let provider = RecordedProvider { [self] request, _ throws(PullError) in days(request) }
        let first = try await pull.run(.openAI, endpoint: "completions", november, from: provider, formats: formats)
        #expect(first.pages == 4 && first.rowsRead == 4)
        #expect(first.outcome.controlTotalsAdded == 4)
        let totals = pull.ledger.controlTotals(in: .always)
        let cursor = try #require(pull.cursor("openai", "completions"))
        #expect(cursor.reached == november.until && cursor.open == nil && cursor.owner == "org-a")
        pull.now = Timestamp(year: 2026, month: 11, day: 22)
        let second = try await pull.run(.openAI, endpoint: "completions", november, from: provider, formats: formats)
        #expect(second.outcome.controlTotalsAdded == 0 && second.outcome.controlTotalsRepeated == 4)
        #expect(second.outcome.controlTotalsWithdrawn == 0)
        #expect(pull.ledger.controlTotals(in: .always) == totals)
    }

    @Test("A day that was revised takes the place of what it was, also by the hour")
    func revised() async throws {
        let pull = MadePull()
        let start = Timestamp(year: 2026, month: 11, day: 1).microseconds / 1_000_000
        for (output, bucket) in [(500, BucketWidth.day), (510, .day), (520, .hour)] {
            pull.now = Timestamp(microseconds: pull.now.microseconds + 1)
            let question = PullQuestion(since: november.since, until: november.until, bucket: bucket)
            let provider = RecordedProvider { _, _ throws(PullError) in
                .page(RecordedPages.completions(day: start, output: output))
            }
            let summary = try await pull.run(
                .openAI, endpoint: "completions", question, from: provider, formats: formats)
            #expect(summary.outcome.controlTotalsWithdrawn == (output == 500 ? 0 : 1))
            #expect(pull.ledger.controlTotals(in: .always).map(\.usage.output.known) == [Int64(output)])
        }
    }

    @Test("Rows that cannot be read take back nothing that was read before")
    func damaged() async throws {
        let pull = MadePull()
        let start = november.since?.day ?? 0
        let good = RecordedProvider { _, _ throws(PullError) in
            .page(RecordedPages.completions(day: start * 86_400))
        }
        try await pull.run(.openAI, endpoint: "completions", november, from: good, formats: formats)
        pull.now = Timestamp(microseconds: pull.now.microseconds + 1)
        let drifted = RecordedProvider { _, _ throws(PullError) in
            .page(#"{"data":[{"from":1,"to":2}],"has_more":false}"#)
        }
        let summary = try await pull.run(
            .openAI, endpoint: "completions", november, from: drifted, formats: formats)
        #expect(summary.diagnostics.rejections == 1 && summary.diagnostics.entries.first?.file == "openai completions")
        #expect(pull.ledger.controlTotals(in: .always).count == 1)
    }

    @Test("Two accounts do not take each other's word away")
    func accounts() async throws {
        let pull = MadePull()
        let start = Timestamp(year: 2026, month: 11, day: 1).microseconds / 1_000_000
        for (account, output) in [("a", 1), ("b", 2)] {
            pull.now = Timestamp(microseconds: pull.now.microseconds + 1)
            let provider = RecordedProvider { _, _ throws(PullError) in
                .page(
                    RecordedPages.completions(day: start, output: output), headers: ["openai-organization": account])
            }
            try await pull.run(
                .openAI, endpoint: "completions", november, account: account, from: provider, formats: formats)
        }
        #expect(Set(pull.ledger.controlTotals(in: .always).map(\.usage.output.known)) == [1, 2])
    }

    @Test("A pull that is cut off goes on at its page, and ends as if it had not been")
    func resumed() async throws {
        let whole = MadePull()
        let steady = RecordedProvider { [self] request, _ throws(PullError) in days(request) }
        try await whole.run(.openAI, endpoint: "completions", november, from: steady, formats: formats)

        let pull = MadePull()
        let failing = RecordedProvider { [self] request, number throws(PullError) in
            number < 3 ? days(request) : .status(401, #"{"error":{"message":"The key has been revoked."}}"#)
        }
        await #expect {
            try await pull.run(.openAI, endpoint: "completions", november, from: failing, formats: formats)
        } throws: { error in
            let error = error as? PullError
            return error?.code == .refused && error?.message.contains("revoked") == true
        }
        #expect(pull.ledger.controlTotals(in: .always).count == 2)
        #expect(pull.cursor("openai", "completions")?.open?.page == "2")
        pull.now = Timestamp(year: 2026, month: 11, day: 21, hour: 5)
        let again = RecordedProvider { [self] request, _ throws(PullError) in days(request) }
        let summary = try await pull.run(
            .openAI, endpoint: "completions", november, from: again, formats: formats)
        #expect(again.requests.map { $0["page"] } == ["2", "3"])
        #expect(summary.parts.first?.isResumed == true && summary.outcome.controlTotalsWithdrawn == 0)
        let (expected, found) = (whole.ledger.controlTotals(in: .always), pull.ledger.controlTotals(in: .always))
        #expect(found == expected)
        #expect(pull.cursor("openai", "completions")?.reached == november.until)
    }

    @Test("A crash between the page and its cursor repeats the page, and nothing more")
    func crash() async throws {
        let pull = MadePull()
        let provider = RecordedProvider { request, number throws(PullError) in
            if number == 2 { throw PullError(.rejected, "The process was killed.") }
            let page = request["page"].flatMap { Int($0) } ?? 1
            return .page(RecordedPages.spendLogs(page * 3..<page * 3 + 3, pages: 2))
        }
        let question = PullQuestion(
            since: Timestamp(year: 2026, month: 10, day: 1), until: Timestamp(year: 2026, month: 10, day: 2))
        _ = try? await pull.run(.liteLLM, question, from: provider)
        // The cursor is lost, the page is in the ledger.
        let key = PullCursor.Key(source: "litellm", endpoint: "spend_logs", account: "", ledger: "test")
        #expect(pull.cursors.cursor(key)?.open?.page == "2")
        pull.cursors.save(PullCursor(key: key))
        let summary = try await pull.run(.liteLLM, question, from: provider)
        #expect(summary.outcome.added == 3 && summary.outcome.repeated == 3)
        #expect(pull.ledger.rows(for: LedgerQuery()).first?.measures.requests == 6)
    }

    @Test("Rate limits and failures of the network are waited out")
    func waits() async throws {
        let pull = MadePull()
        let provider = RecordedProvider { [self] request, number throws(PullError) in
            switch number {
            case 1: return .status(429, "slow down", headers: ["retry-after": "12"])
            case 2: throw PullError(.unreachable, "the connection was closed")
            case 3: return .status(503)
            default: return days(request)
            }
        }
        let summary = try await pull.run(
            .openAI, endpoint: "completions", november, from: provider, formats: formats)
        #expect(summary.waits == 3 && pull.slept.count == 3 && pull.slept.first == 12)
        #expect(summary.secondsWaited == pull.slept.reduce(0, +))
        #expect(summary.outcome.controlTotalsAdded == 4)
    }

    @Test("A server that never answers is given up")
    func unreachable() async throws {
        let pull = MadePull()
        let provider = RecordedProvider { _, _ throws(PullError) in throw PullError(.unreachable, "no route") }
        await #expect {
            try await pull.run(.openAI, endpoint: "completions", november, from: provider, formats: formats)
        } throws: { ($0 as? PullError)?.message.contains("8 attempts: no route") == true }
        #expect(provider.requests.count == PullBackoff.mostAttempts)
    }

    @Test("An empty page is no row, and an absent list no failure")
    func empty() async throws {
        let pull = MadePull()
        let provider = RecordedProvider { request, _ throws(PullError) in
            request.path.hasSuffix("images") ? .status(404, "unknown") : .page(RecordedPages.nothing)
        }
        let summary = try await pull.run(.openAI, november, from: provider)
        #expect(summary.rowsRead == 0 && summary.diagnostics.entries.isEmpty)
        #expect(summary.parts.count == 9 && summary.pages == 8)
        #expect(summary.parts.first { $0.endpoint == "images" }?.skipped == "status 404, unknown")
        #expect(pull.cursor("openai", "images") == nil)
        #expect(pull.cursor("openai", "costs")?.reached == november.until)
    }

    @Test("A page that was saved to a file imports as it was pulled")
    func file() async throws {
        let pull = MadePull()
        let text = RecordedPages.spendLogs(0..<3, pages: 1)
        let provider = RecordedProvider { _, _ throws(PullError) in .page(text) }
        let question = PullQuestion(
            since: Timestamp(year: 2026, month: 10, day: 1), until: Timestamp(year: 2026, month: 10, day: 2))
        try await pull.run(.liteLLM, question, from: provider)
        let read = try await ReadInput.reading(text)
        #expect(read.summary.inputs.first?.format == "litellm" && read.records.count == 3)
        let writer: any LedgerWriter = pull.ledger.writer()
        try writer.append(read.batch, from: BatchOrigin(input: 9, parser: 9))
        #expect(try writer.finish().repeated == 3)
    }

    @Test("A gap before a pull is closed by the next one")
    func gap() async throws {
        let pull = MadePull()
        let provider = RecordedProvider { _, _ throws(PullError) in .page(RecordedPages.nothing) }
        let list = "completions"
        try await pull.run(
            .openAI, endpoint: list, PullQuestion(since: august, until: .init(year: 2026, month: 9, day: 1)),
            from: provider)
        try await pull.run(.openAI, endpoint: list, november, from: provider)
        #expect(pull.cursor("openai", list)?.reached == Timestamp(year: 2026, month: 9, day: 1))
        try await pull.run(.openAI, endpoint: list, from: provider)
        #expect(provider.requests.suffix(3).first?["start_time"] == "1787961600")
        #expect(pull.cursor("openai", list)?.reached == pull.now)
    }

    @Test("What a source no longer has is said")
    func shortened() async throws {
        let pull = MadePull()
        let provider = RecordedProvider { _, _ throws(PullError) in .page(#"{"data":[]}"#) }
        let summary = try await pull.run(.openRouter, PullQuestion(since: august), from: provider)
        #expect(summary.parts.first?.isShortened == true && summary.pages == 30)
        #expect(provider.requests.first?["date"] == "2026-10-22")
    }
}
