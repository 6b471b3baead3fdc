import JSONScan
import Testing

@testable import Providers

@Suite("Another provider's answer in the caller's words")
struct RoutedReplyTests {
    private func reply(_ way: Translating.Way, streams: Bool = true, framing: ReplyContext.GeminiFraming = .events)
        -> RoutedReply
    {
        let terms = RoutedReplyTerms(
            upstream: way.from, caller: way.to, streams: streams, includesUsage: true, framing: framing)
        return RoutedReply(terms, model: "asked-for", created: 1_790_000_000, fallbackID: "01F")
    }

    private func relay(_ bytes: [UInt8], _ reply: RoutedReply, after failure: CallerError? = nil) -> (
        bytes: [UInt8], failure: CallerError?
    ) {
        var reply = reply
        var result: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: 50) {
            result += Array(bytes[start..<min(start + 50, bytes.count)]).withUnsafeBufferPointer { reply.take($0) }
        }
        let end = reply.finish(after: failure)
        return (result + end.bytes, end.failure)
    }

    @Test("A stream says what the provider's says, and ends in the caller's way", arguments: Translating.ways)
    func streams(_ way: Translating.Way) throws {
        for seed in 0..<60 {
            var made = MadeStreams(seed: UInt64(seed))
            let bytes = try made.bytes(way.from)
            let (told, failure) = relay(bytes, reply(way))
            #expect(
                failure == nil && Transcript(told, way.to).plain == Transcript(bytes, way.from).plain, "seed \(seed)")
            let read = told.withUnsafeBufferPointer { AnswerText.read(way.to.chatSurface, stream: $0) }
            let source = bytes.withUnsafeBufferPointer { AnswerText.read(way.from.chatSurface, stream: $0) }
            #expect(read?.text == source?.text && read?.isComplete == source?.isComplete, "seed \(seed)")
            #expect(read?.toolCalls.count == source?.toolCalls.count, "seed \(seed)")
        }
    }

    @Test("A stream that is broken off ends with an error that the caller can read", arguments: Translating.ways)
    func broken(_ way: Translating.Way) throws {
        var made = MadeStreams(seed: 4)
        let bytes = try made.bytes(way.from)
        let timeout = CallerError(status: 504, code: "upstream_timeout", message: "Too slow.")
        for cut in stride(from: 0, to: bytes.count, by: 7) {
            for cause in [nil, timeout] {
                let (told, failure) = relay(Array(bytes.prefix(cut)), reply(way), after: cause)
                let transcript = Transcript(told, way.to)
                guard let failure else {
                    // The cut fell behind the end.
                    #expect(transcript.hasEnded && transcript.error == nil)
                    continue
                }
                #expect(transcript.error == failure.message && !transcript.hasEnded)
                if cause != nil { #expect(failure == timeout) }
            }
        }
    }

    @Test("Gemini's callers without events get one array, whatever happens")
    func array() throws {
        let way = Translating.Way(from: .anthropic, to: .gemini)
        var made = MadeStreams(seed: 9)
        let bytes = try made.bytes(.anthropic)
        for cut in stride(from: 0, through: bytes.count, by: 11) {
            let (told, failure) = relay(Array(bytes.prefix(cut)), reply(way, framing: .array))
            let array = try JSONValue.parse(told)
            #expect(array.elements.isEmpty == false)
            #expect((array.elements.last?["error"] == nil) == (failure == nil))
        }
        let body = Array(#"{"type":"error","error":{"type":"overloaded_error","message":"m"}}"#.utf8)
        let whole = body.withUnsafeBufferPointer { reply(way, framing: .array).whole(status: 529, $0) }
        #expect(try JSONValue.parse(whole.body).elements.first?["error"]?["message"]?.text == "m")
    }

    @Test("Whole answers and errors come in the caller's words", arguments: Translating.ways)
    func whole(_ way: Translating.Way) throws {
        let bodies: [ProviderFamily: String] = [
            .openAI:
                #"{"choices":[{"message":{"content":"x","tool_calls":[{"id":"a","function":{"name":"f","arguments":"{}"}}]},"finish_reason":"tool_calls"}]}"#,
            .anthropic:
                #"{"content":[{"type":"text","text":"x"},{"type":"tool_use","id":"a","name":"f","input":{}}],"stop_reason":"tool_use"}"#,
            .gemini:
                #"{"candidates":[{"content":{"parts":[{"text":"x"},{"functionCall":{"name":"f"}}]},"finishReason":"STOP"}]}"#,
        ]
        let body = Array(try #require(bodies[way.from]).utf8)
        let told = body.withUnsafeBufferPointer { reply(way, streams: false).whole(status: 200, $0) }
        let read = told.body.withUnsafeBufferPointer { AnswerText.read(way.to.chatSurface, body: $0) }
        #expect(told.status == 200 && told.failure == nil)
        #expect(read?.text == "x" && read?.toolCalls == [.init(name: "f", arguments: "{}")] && read?.isComplete == true)
        let damaged = Array("<html>".utf8).withUnsafeBufferPointer { reply(way, streams: false).whole(status: 200, $0) }
        #expect(damaged.status == 502 && damaged.failure?.code == "translation_failed")
        let error = Array(#"{"error":{"message":"m","type":"t"}}"#.utf8)
        let failed = error.withUnsafeBufferPointer { reply(way, streams: false).whole(status: 429, $0) }
        #expect(failed.status == 429 && failed.failure?.message == "m")
        #expect(try JSONValue.parse(failed.body)["error"]?["message"]?.text == "m")
    }
}
