import JSONScan
import Providers
import Testing

@Suite("What answers say")
struct AnswerTextTests {
    private static let streams = ExchangeFixture.names(holding: "stream.txt")
    private static let bodies = ExchangeFixture.names(holding: "body.json")

    private func check(_ reading: AnswerReading?, _ example: AnswerExample) {
        #expect(reading?.text == example.text && reading?.toolCalls == example.calls)
        #expect(reading?.finish == example.finish && reading?.isComplete == example.isComplete)
        #expect(reading?.hasOtherParts == example.hasOtherParts)
    }

    @Test("Each recorded stream, whole and byte by byte", arguments: streams)
    func stream(name: String) throws {
        let fixture = try ExchangeFixture(name, "stream.txt")
        let example = try #require(AnswerExample.streams[name])
        check(fixture.bytes.withUnsafeBufferPointer { AnswerText.read(fixture.surface, stream: $0) }, example)
        var answer = AnswerStream(surface: fixture.surface)
        for byte in fixture.bytes { [byte].withUnsafeBufferPointer { answer.take($0) } }
        check(answer.finish(), example)
    }

    @Test("Each recorded answer; an embedding says nothing", arguments: bodies)
    func body(name: String) throws {
        let fixture = try ExchangeFixture(name, "body.json")
        let reading = fixture.bytes.withUnsafeBufferPointer { AnswerText.read(fixture.surface, body: $0) }
        guard fixture.surface != .embeddings else {
            #expect(reading == nil)
            return
        }
        check(reading, try #require(AnswerExample.bodies[name]))
    }

    @Test(
        "Why an answer ended",
        arguments: [
            (
                APISurface.chatCompletions, #"{"choices":[{"message":{"content":"x"},"finish_reason":"length"}]}"#,
                "length"
            ),
            (
                .chatCompletions, #"{"choices":[{"message":{"content":"x"},"finish_reason":"content_filter"}]}"#,
                "filter"
            ),
            (
                .chatCompletions, #"{"choices":[{"message":{"content":null,"refusal":"No."},"finish_reason":"stop"}]}"#,
                "filter"
            ),
            (.chatCompletions, #"{"choices":[{"message":{"content":"x"},"finish_reason":"eos"}]}"#, "other"),
            (.chatCompletions, #"{"choices":[{"message":{"content":"x"},"finish_reason":null}]}"#, "other"),
            (
                .chatCompletions,
                #"{"choices":[{"message":{"function_call":{"name":"f","arguments":"{}"}},"finish_reason":"function_call"}]}"#,
                "tool_calls"
            ),
            (
                .chatCompletions,
                #"{"choices":[{"message":{"tool_calls":[{"function":{"name":"f","arguments":""}}]},"finish_reason":"stop"}]}"#,
                "tool_calls"
            ),
            (.chatCompletions, #"{"error":{"message":"m"}}"#, "other"),
            (.completions, #"{"choices":[{"text":"x","finish_reason":"length"}]}"#, "length"),
            (.messages, #"{"content":[{"type":"text","text":"x"}],"stop_reason":"max_tokens"}"#, "length"),
            (.messages, #"{"content":[{"type":"text","text":"x"}],"stop_reason":"stop_sequence"}"#, "stop"),
            (.messages, #"{"content":[],"stop_reason":"refusal"}"#, "filter"),
            (.messages, #"{"content":[],"stop_reason":"pause_turn"}"#, "other"),
            (.messages, #"{"type":"error","error":{"type":"overloaded_error","message":"m"}}"#, "other"),
            (
                .generateContent, #"{"candidates":[{"content":{"parts":[{"text":"x"}]},"finishReason":"MAX_TOKENS"}]}"#,
                "length"
            ),
            (.generateContent, #"{"candidates":[{"finishReason":"SAFETY"}]}"#, "filter"),
            (.generateContent, #"{"candidates":[{"finishReason":"MALFORMED_FUNCTION_CALL"}]}"#, "other"),
            (.generateContent, #"[{"error":{"code":429,"message":"m"}}]"#, "other"),
            (
                .responses, #"{"status":"incomplete","incomplete_details":{"reason":"content_filter"},"output":[]}"#,
                "filter"
            ),
            (
                .responses,
                #"{"status":"completed","output":[{"type":"message","content":[{"type":"refusal","refusal":"No."}]}]}"#,
                "filter"
            ),
            (.responses, #"{"status":"in_progress","output":[]}"#, "other"),
        ])
    func finish(surface: APISurface, body: String, word: String) throws {
        let reading = try #require(AnswerReading.of(surface, body))
        #expect(reading.finish.rawValue == word)
        #expect(reading.isComplete == ["stop", "tool_calls"].contains(word))
    }

    @Test("Calls, parts and texts of each API come in order")
    func parts() throws {
        let two = AnswerReading.Call(name: "g", arguments: #"{"a":1}"#)
        let calls = [AnswerReading.Call(name: "f", arguments: "{}"), two]
        let chat = try #require(
            AnswerReading.of(
                .chatCompletions,
                #"{"choices":[{"message":{"content":[{"type":"thinking","thinking":"-"},{"type":"text","text":"a"},{"type":"text","text":"b"}],"tool_calls":[{"function":{"name":"f"}},{"function":{"name":"g","arguments":{"a":1}}}]},"finish_reason":"tool_calls"}]}"#
            ))
        #expect(chat.text == "ab" && chat.toolCalls == calls && !chat.hasOtherParts)
        let message = try #require(
            AnswerReading.of(
                .messages,
                #"{"content":[{"type":"thinking","thinking":"-"},{"type":"text","text":"a"},{"type":"tool_use","name":"f","input":{}},{"type":"text","text":"b"},{"type":"tool_use","name":"g","input":{"a":1}}],"stop_reason":"tool_use"}"#
            ))
        #expect(message.text == "ab" && message.toolCalls == calls && !message.hasOtherParts)
        let content = try #require(
            AnswerReading.of(
                .generateContent,
                #"{"candidates":[{"content":{"parts":[{"text":"-","thought":true},{"text":"a"},{"functionCall":{"name":"f"}},{"text":"b"},{"functionCall":{"name":"g","args":{"a":1}}}]},"finishReason":"STOP"}]}"#
            ))
        #expect(content.text == "ab" && content.toolCalls == calls && !content.hasOtherParts)
        let image = AnswerReading.of(
            .generateContent,
            #"{"candidates":[{"content":{"parts":[{"inlineData":{"mimeType":"image/png","data":""}}]},"finishReason":"STOP"}]}"#
        )
        #expect(image?.hasOtherParts == true)
    }

    @Test("The least and the mean probability, where the provider gives them")
    func probabilities() {
        let chat = AnswerReading.of(
            .chatCompletions,
            #"{"choices":[{"message":{"content":"ab"},"logprobs":{"content":[{"token":"a","logprob":-0.5},{"token":"b","logprob":-1.5}]},"finish_reason":"stop"}]}"#
        )
        #expect(chat?.leastLogProbability == -1.5 && chat?.meanLogProbability == -1)
        let text = AnswerReading.of(
            .completions, #"{"choices":[{"text":"ab","logprobs":{"token_logprobs":[null,-2]},"finish_reason":"stop"}]}"#
        )
        #expect(text?.leastLogProbability == -2 && text?.meanLogProbability == -2)
        let response = AnswerReading.of(
            .responses,
            #"{"status":"completed","output":[{"type":"message","content":[{"type":"output_text","text":"a","logprobs":[{"logprob":-0.25}]}]}]}"#
        )
        #expect(response?.leastLogProbability == -0.25)
        let mean = AnswerReading.of(.generateContent, #"{"candidates":[{"avgLogprobs":-0.75,"finishReason":"STOP"}]}"#)
        #expect(mean?.leastLogProbability == nil && mean?.meanLogProbability == -0.75)
        let each = AnswerReading.of(
            .generateContent,
            #"{"candidates":[{"avgLogprobs":-0.75,"logprobsResult":{"chosenCandidates":[{"logProbability":-3},{"logProbability":-1}]},"finishReason":"STOP"}]}"#
        )
        #expect(each?.leastLogProbability == -3 && each?.meanLogProbability == -2)
        let none = AnswerReading.of(
            .chatCompletions, #"{"choices":[{"message":{"content":"x"},"logprobs":null,"finish_reason":"stop"}]}"#)
        #expect(none?.leastLogProbability == nil && none?.meanLogProbability == nil)
    }

    @Test("Of several answers the first is read, and all have to be whole")
    func choices() {
        func body(_ second: String) -> String {
            #"{"choices":[{"index":1,"message":{"content":"b"},"finish_reason":"\#(second)"},{"index":0,"message":{"content":"a"},"finish_reason":"stop"}]}"#
        }
        let (whole, cut) = (
            AnswerReading.of(.chatCompletions, body("stop")), AnswerReading.of(.chatCompletions, body("length"))
        )
        #expect(whole?.text == "a" && whole?.choices == 2 && whole?.isComplete == true)
        #expect(cut?.text == "a" && cut?.finish == .stop && cut?.isComplete == false)
    }

    @Test(
        "What is no answer is not read",
        arguments: ["", "not json", "[]", "null", "{}", #"{"data":[]}"#, #"{"choices":[]}"#, #"{"type":"ping"}"#])
    func noAnswer(text: String) {
        for surface in APISurface.allCases { #expect(AnswerReading.of(surface, text) == nil) }
    }

    @Test(
        "What fails behind its end is not complete",
        arguments: [#"{"error":{"message":"m"}}"#, #"{"choices":[{"delta":"#, "[DONE"])
    func failsLate(event: String) {
        let whole = #"data: {"choices":[{"index":0,"delta":{"content":"a"},"finish_reason":"stop"}]}"# + "\n\n"
        let streams = [whole, whole + "data: \(event)\n\n"].map { Array($0.utf8) }
        let readings = streams.map { $0.withUnsafeBufferPointer { AnswerText.read(.chatCompletions, stream: $0) } }
        #expect(readings[0]?.isComplete == true)
        #expect(readings[1]?.text == "a" && readings[1]?.isComplete == false)
    }

    @Test("Damaged streams never crash, and those that are cut before their end are not complete")
    func damaged() throws {
        let fixtures = try Self.streams.map { ($0, try ExchangeFixture($0, "stream.txt")) }
        var numbers = SeededNumbers(state: 31)
        for round in 0..<2_000 {
            let fixture = fixtures[round % fixtures.count].1
            let bytes = numbers.damaged(fixture.bytes)
            let reading = bytes.withUnsafeBufferPointer { AnswerText.read(fixture.surface, stream: $0) }
            if reading?.isComplete == true { #expect(reading?.finish.isWhole == true) }
        }
        for name in ["openai/plain", "anthropic/plain", "gemini/plain", "openai-responses/plain", "openai/tool-calls"] {
            let fixture = try ExchangeFixture(name, "stream.txt")
            let half = Array(fixture.bytes.prefix(fixture.bytes.count / 3))
            #expect(half.withUnsafeBufferPointer { AnswerText.read(fixture.surface, stream: $0) }?.isComplete == false)
        }
    }
}
