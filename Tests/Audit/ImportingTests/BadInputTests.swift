import Domain
import Importing
import Inputs
import Testing

@Suite("Bad input")
struct BadInputTests {
    private static let good =
        #"{"timestamp":"2026-10-01T00:00:00Z","request_id":"ID","model":"gpt-5-mini","input_tokens":10,"output":1}"#

    /// Lines that are rejected, and why.
    private static let rejected: [(line: String, code: String)] = [
        ("not JSON at all", "not_json"), (#"{"model":"gpt-5-mini","input_tokens":10"#, "not_json"),
        (#"[1,2,3]"#, "not_json"), (#"{"model":"m","input_tokens":-5,"output":1}"#, "negative_tokens"),
        (#"{"model":"m","input_tokens":1.5,"output":1}"#, "fractional_tokens"),
        (#"{"model":"m","input_tokens":1000000000000000000,"output":1}"#, "implausible_tokens"),
        (#"{"model":"m","input_tokens":1e18,"output":1}"#, "implausible_tokens"),
        (#"{"model":"m","input_tokens":"many","output":1}"#, "bad_number"),
        (#"{"model":"m","input_tokens":10,"cached_tokens":11,"output":1}"#, "cache_exceeds_input"),
        (#"{"model":"m","input_tokens":10,"output":1,"timestamp":"the day before"}"#, "bad_timestamp"),
        (#"{"model":"m","input_tokens":10,"output":1,"timestamp":"2026-02-30T00:00:00Z"}"#, "bad_timestamp"),
        (#"{"model":"m","input_tokens":10,"output":1,"latency_ms":-1}"#, "bad_duration"),
        (#"{"model":"m","input_tokens":10,"output":1,"cost_usd":"free"}"#, "bad_amount"),
        (#"{"model":"m","input_tokens":10,"output":1,"cost_usd":-0.5}"#, "negative_cost"),
        (#"{"model":"m","input_tokens":10,"output":1,"cost_usd":1e8}"#, "implausible_cost"),
        (#"{"model":"m","input_tokens":10,"output":1,"latency_ms":1e300}"#, "bad_duration"),
        (#"{"model":"m","input_tokens":10,"output":1,"timestamp":-9223372036854775808}"#, "bad_timestamp"),
        (#"{"weather":"fine"}"#, "nothing_recognised"),
    ]

    @Test("A bad row is rejected with its line and reason; the rows around it are read", arguments: rejected)
    func rejection(_ bad: (line: String, code: String)) async throws {
        let text = [Self.good, bad.line, Self.good.replacing("ID", with: "other")].joined(separator: "\n")
        let input = try await ReadInput.reading(text)
        #expect(input.records.count == 2)
        let diagnostic = try #require(input.diagnostic(bad.code))
        #expect(diagnostic.severity == .rejection && diagnostic.line == 2 && diagnostic.count == 1)
        #expect(diagnostic.file == "test input")
        #expect(input.summary.rowsRead == 3 && input.summary.diagnostics.rejections == 1)
    }

    @Test("A BOM, CRLF and a missing last line feed are nothing special")
    func lineEnds() async throws {
        let input = try await ReadInput.reading(
            "\u{FEFF}" + Self.good + "\r\n" + Self.good.replacing("ID", with: "2") + "\r\n\r\n"
                + Self.good.replacing("ID", with: "3"))
        #expect(input.records.count == 3)
        #expect(input.summary.diagnostics.rejections == 0)
        let csv = try await ReadInput.reading(
            "\u{FEFF}timestamp,model,input_tokens,output\r\n2026-10-01,gpt-5-mini,10,2\r\n2026-10-02,gpt-5-mini,20,4")
        #expect(csv.records.map(\.usage.output) == [TokenCount(2), TokenCount(4)])
    }

    @Test("Latin-1 bytes are read as Latin-1, and said so")
    func latin1() async throws {
        for head in [
            "{\"model\":\"gpt-5-mini\",\"input_tokens\":1,\"output\":1,\"customer\":\"Z",
            "model,input_tokens,output,customer\ngpt-5-mini,1,1,Z",
        ] {
            let tail = head.hasPrefix("{") ? "rich\"}" : "rich"
            let input = try await ReadInput.reading(Array(head.utf8) + [0xFC] + Array(tail.utf8))
            #expect(input.records.first.flatMap { input.name($0.customer) } == "Zürich")
            #expect(input.diagnostic("not_utf8")?.count == 1)
        }
    }

    @Test("A line of 100 MB is skipped and counted, and what follows is read")
    func hugeLine() async throws {
        var bytes = Array((Self.good + "\n").utf8)
        bytes += Array("{\"prompt\":\"".utf8) + [UInt8](repeating: 0x61, count: 100_000_000) + Array("\"}\n".utf8)
        bytes += Array(Self.good.replacing("ID", with: "after").utf8)
        let input = try await ReadInput.reading(bytes)
        #expect(input.records.count == 2)
        #expect(input.diagnostic("row_too_long")?.count == 1 && input.diagnostic("row_too_long")?.line == 2)
        #expect(input.summary.diagnostics.rejections == 1)
        #expect(try await ReadInput.reading(bytes + Array("\n{oops".utf8)).diagnostic("not_json")?.line == 4)
    }

    @Test("Dates in seconds, milliseconds and RFC 3339 mean the same moment")
    func dates() async throws {
        let dates = ["1790000000", "1790000000000", "\"2026-09-21T14:13:20Z\"", "\"1790000000\"", "1790000000.0"]
        let lines = dates.map { "{\"timestamp\":\($0),\"model\":\"gpt-5-mini\",\"input_tokens\":1,\"output\":1}" }
        let input = try await ReadInput.reading(lines.joined(separator: "\n"))
        #expect(Set(input.records.map(\.startedAt.rfc3339)) == ["2026-09-21T14:13:20Z"])
        #expect(input.records.count == 5)
    }

    @Test("Unknown models and providers are kept, unpriced, and said so")
    func unknown() async throws {
        let lines = [
            #"{"model":"frobnicator-9","provider":"openai","input_tokens":10,"output":5}"#,
            #"{"model":"gpt-5-mini","provider":"nobody","input_tokens":10,"output":5}"#,
        ]
        let input = try await ReadInput.reading(lines.joined(separator: "\n"))
        #expect(input.records.map(\.costKind) == [.unpriced, .unpriced])
        #expect(input.diagnostic("unpriced_model")?.count == 2)
        #expect(input.summary.diagnostics.rejections == 0)
    }

    @Test("A cost of zero with tokens is priced anew and flagged")
    func zeroCost() async throws {
        let input = try await ReadInput.reading(#"{"model":"gpt-5-mini","input_tokens":1000,"output":100,"spend":0}"#)
        #expect(input.records.first?.costKind == .priced)
        #expect(input.records.first?.cost != .zero)
        #expect(input.codes.contains("zero_cost_repriced"))
    }

    @Test("An empty file, blank lines alone, and a header alone report no usage")
    func empty() async throws {
        #expect(try await ReadInput.reading("").codes == ["empty_file"])
        #expect(try await ReadInput.reading("\n \n").codes == ["empty_file"])
        let header = try await ReadInput.reading("timestamp,model,input_tokens,output\n")
        #expect(header.records.isEmpty && header.codes.contains("no_rows"))
    }

    @Test(
        "What Payback cannot read stops the run and says what to do",
        arguments: [
            ("PAR1....", "Parquet"), ("PK\u{3}\u{4}zip", "zip"), ("just some prose\nmore of it", "wrong"),
            ("12345\n678", "neither"),
        ])
    func unreadable(_ text: String, _ word: String) async throws {
        if word == "wrong" {
            // Prose looks like a CSV file of one column; its rows hold nothing that is known.
            let input = try await ReadInput.reading(text)
            #expect(input.records.isEmpty && input.summary.diagnostics.rejections == 1)
            return
        }
        await #expect { try await ReadInput.reading(text) } throws: { "\($0)".contains(word) }
    }

    @Test("A row with too few or too many cells is rejected")
    func cells() async throws {
        let input = try await ReadInput.reading(
            "model,input_tokens,output\ngpt-5-mini,1,2\ngpt-5-mini,1\ngpt-5-mini,1,2,3\n")
        #expect(input.records.count == 1)
        #expect(input.diagnostic("wrong_cell_count")?.count == 2)
        #expect(input.diagnostic("wrong_cell_count")?.line == 3)
    }

    @Test("A quote that is never closed does not swallow rows in silence")
    func unclosedQuote() async throws {
        let input = try await ReadInput.reading(
            "model,output,prompt\ngpt-5-mini,1,fine\ngpt-5-mini,1,\"never\ngpt-5-mini,2,ok\n")
        #expect(input.records.count == 1)
        #expect(input.diagnostic("unclosed_quote")?.line == 3)
        #expect(input.diagnostic("unclosed_quote")?.severity == .rejection)
    }

    @Test("A row that carries a list under a common name is still a row")
    func wrapperNames() async throws {
        let row = #"{"model":"gpt-5-mini","input_tokens":1,"output":1,"items":[{"sku":"a"}]}"#
        #expect(try await ReadInput.reading(row + "\n" + row).records.count == 2)
    }

    @Test("Random damage never crashes, and every row is a record or a rejection")
    func damage() async throws {
        let good = (0..<50).map { Self.good.replacing("ID", with: "\($0)") }.joined(separator: "\n")
        for round in 0..<60 {
            var bytes = Array(good.utf8)
            for change in 0..<40 {
                let hash = ByteHash.hash("\(round) \(change)")
                bytes[Int(hash % UInt64(bytes.count))] = UInt8(truncatingIfNeeded: hash >> 32)
            }
            guard let input = try? await ReadInput.reading(bytes) else { continue }
            #expect(input.records.count + input.summary.diagnostics.rejections == input.summary.rowsRead)
        }
    }

    @Test("A secret or a prompt never reaches a diagnostic")
    func privacy() async throws {
        let line = #"{"model":"frobnicator","prompt":"my password is hunter2","input_tokens":-1,"output":1}"#
        let broken = #"{"prompt":"my password is hunter2","model":}"#
        let input = try await ReadInput.reading(line + "\n" + broken)
        #expect(input.summary.diagnostics.entries.allSatisfy { !$0.message.contains("hunter2") })
        #expect(input.summary.diagnostics.rejections == 2)
    }
}
