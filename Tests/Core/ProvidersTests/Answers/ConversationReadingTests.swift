import Providers
import Testing

@Suite("Conversations as text")
struct ConversationReadingTests {
    private func read(_ surface: APISurface, _ text: String) -> [String]? {
        let bytes = Array(text.utf8)
        let turns = bytes.withUnsafeBufferPointer { ConversationReading.read(surface, body: $0) }
        return turns?.map { "\($0.speaker): \($0.text)" }
    }

    @Test("The same conversation in each API")
    func same() {
        let expected = [
            "system: Be brief.", "user: Weather?", "assistant: Looking.\nweather {\"city\":\"Oslo\"}", "tool: Rain",
            "user: a\nb",
        ]
        let chat = #"""
            {"model":"m","messages":[{"role":"system","content":"Be brief."},{"role":"user","content":"Weather?"},
            {"role":"assistant","content":"Looking.","tool_calls":[{"id":"1","type":"function","function":{"name":"weather","arguments":"{\"city\":\"Oslo\"}"}}]},
            {"role":"tool","tool_call_id":"1","name":"weather","content":"Rain"},
            {"role":"user","content":[{"type":"text","text":"a"},{"type":"text","text":"b"}]}]}
            """#
        let message = #"""
            {"model":"m","system":[{"type":"text","text":"Be brief.","cache_control":{"type":"ephemeral"}}],"messages":[
            {"role":"user","content":"Weather?"},{"role":"assistant","content":[{"type":"thinking","thinking":"Hm.","signature":"s"},
            {"type":"text","text":"Looking."},{"type":"tool_use","id":"1","name":"weather","input":{"city":"Oslo"}}]},
            {"role":"user","content":[{"type":"tool_result","tool_use_id":"1","content":"Rain"},{"type":"text","text":"a"},
            {"type":"text","text":"b"}]}]}
            """#
        let responses = #"""
            {"model":"m","instructions":"Be brief.","input":[{"role":"user","content":"Weather?"},{"type":"reasoning","summary":[]},
            {"type":"message","role":"assistant","content":[{"type":"output_text","text":"Looking."}]},
            {"type":"function_call","call_id":"1","name":"weather","arguments":"{\"city\":\"Oslo\"}"},
            {"type":"function_call_output","call_id":"1","output":"Rain"},
            {"role":"user","content":[{"type":"input_text","text":"a"},{"type":"input_text","text":"b"}]}]}
            """#
        #expect(read(.chatCompletions, chat) == expected && read(.messages, message) == expected)
        var apart = expected
        apart.replaceSubrange(2..<3, with: ["assistant: Looking.", "assistant: weather {\"city\":\"Oslo\"}"])
        #expect(read(.responses, responses) == apart)
        let content = #"""
            {"systemInstruction":{"parts":[{"text":"Be brief."}]},"contents":[{"parts":[{"text":"Weather?"}]},{"role":"model","parts":[
            {"text":"Hm.","thought":true},{"text":"Looking."},{"functionCall":{"name":"weather","args":{"city":"Oslo"}},"thoughtSignature":"s"}]},
            {"role":"user","parts":[{"functionResponse":{"name":"weather","response":{"output":"Rain"}}},{"text":"a"},{"text":"b"}]}]}
            """#
        var google = expected
        google[3] = #"tool: {"output":"Rain"}"#
        #expect(read(.generateContent, content) == google)
        #expect(read(.generateContent, content.replacing("systemInstruction", with: "system_instruction")) == google)
    }

    @Test("Short forms")
    func short() {
        #expect(read(.completions, #"{"prompt":"a"}"#) == ["user: a"])
        #expect(read(.completions, #"{"prompt":["a"]}"#) == ["user: a"])
        #expect(read(.responses, #"{"input":"a"}"#) == ["user: a"])
        #expect(read(.messages, #"{"messages":[{"role":"user","content":"a"}]}"#) == ["user: a"])
        #expect(
            read(
                .messages,
                #"{"messages":[{"role":"user","content":[{"type":"tool_result","is_error":true,"content":"x"}]}]}"#)
                == ["tool: Error:\nx"])
        #expect(
            read(.chatCompletions, #"{"messages":[{"role":"assistant","content":null,"refusal":"No."}]}"#) == [
                "assistant: No."
            ])
    }

    @Test(
        "What is not text, or not seen whole, is not read",
        arguments: [
            (
                APISurface.chatCompletions,
                #"{"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"u"}}]}]}"#
            ),
            (.chatCompletions, #"{"messages":[{"role":"user","content":[{"type":"input_audio","input_audio":{}}]}]}"#),
            (.chatCompletions, #"{"messages":[{"role":"user","content":[{"type":"file","file":{"file_id":"f"}}]}]}"#),
            (.chatCompletions, #"{"messages":[{"role":"user","name":"bob","content":"who am I?"}]}"#),
            (.chatCompletions, #"{"messages":[{"role":"user","content":"a","content":"b"}]}"#),
            (.chatCompletions, #"{"messages":[{"role":"assistant","audio":{"id":"a"},"content":"a"}]}"#),
            (.chatCompletions, #"{"messages":[{"role":"critic","content":"a"}]}"#),
            (.chatCompletions, #"{"messages":[{"role":"user","content":5}]}"#), (.chatCompletions, #"{"messages":[]}"#),
            (.chatCompletions, #"{"messages":"a"}"#), (.chatCompletions, "not json"),
            (.completions, #"{"prompt":[1,2]}"#), (.completions, #"{"prompt":["a","b"]}"#),
            (.completions, #"{"prompt":"a","suffix":"b"}"#),
            (.responses, #"{"input":"a","previous_response_id":"r"}"#),
            (.responses, #"{"input":"a","conversation":"c"}"#),
            (.responses, #"{"input":[{"type":"item_reference","id":"i"}]}"#),
            (.responses, #"{"input":[{"role":"user","content":[{"type":"input_image","image_url":"u"}]}]}"#),
            (.messages, #"{"messages":[{"role":"user","content":[{"type":"document","source":{}}]}]}"#),
            (
                .messages,
                #"{"messages":[{"role":"user","content":[{"type":"tool_result","content":[{"type":"image"}]}]}]}"#
            ),
            (.messages, #"{"messages":[{"role":"tool","content":"a"}]}"#),
            (.generateContent, #"{"contents":[{"parts":[{"inlineData":{"mimeType":"image/png"}}]}]}"#),
            (.generateContent, #"{"contents":[{"parts":[{"text":"a","videoMetadata":{}}]}]}"#),
            (.generateContent, #"{"contents":[{"parts":[{"fileData":{"fileUri":"u"}},{"text":"a"}]}]}"#),
            (.generateContent, #"{"cachedContent":"c","contents":[{"parts":[{"text":"a"}]}]}"#),
            (.embeddings, #"{"input":"a"}"#),
        ])
    func unread(surface: APISurface, body: String) { #expect(read(surface, body) == nil) }
}
