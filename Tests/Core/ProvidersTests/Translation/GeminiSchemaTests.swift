import JSONScan
import Providers
import Testing

@Suite("Gemini's schemas as JSON schemas")
struct GeminiSchemaTests {
    private func translated(_ schema: String, isFormat: Bool) throws -> String? {
        let tools = #""tools":[{"functionDeclarations":[{"name":"f","parameters":\#(schema)}]}]"#
        let format = #""generationConfig":{"responseMimeType":"application/json","responseSchema":\#(schema)}"#
        let body = #"{"contents":[{"parts":[{"text":"a"}]}],\#(isFormat ? format : tools)}"#
        let request = try Translating.request(body, from: .gemini, to: Translating.target(.openAI))
        let json = try JSONValue.parse(request.body)
        let found =
            isFormat
            ? json["response_format"]?["json_schema"]?["schema"]
            : json["tools"]?.elements.first?["function"]?["parameters"]
        return found?.sorted.compactText
    }

    @Test(
        "Both spellings, and what may be null",
        arguments: [
            (
                #"{"type":"OBJECT","properties":{"my_list":{"type":"ARRAY","min_items":"1","max_items":"3","items":{"type":"STRING","max_length":"5"}}},"property_ordering":["my_list"]}"#,
                #"{"type":"object","properties":{"my_list":{"type":"array","minItems":1,"maxItems":3,"items":{"type":"string","maxLength":5}}}}"#
            ),
            (
                #"{"type":"OBJECT","properties":{"a":{"any_of":[{"type":"STRING"},{"type":"OBJECT","properties":{"b":{"type":"INTEGER","nullable":true}}}],"nullable":true}}}"#,
                #"{"type":"object","properties":{"a":{"anyOf":[{"type":"string"},{"type":"object","properties":{"b":{"type":["integer","null"]}}},{"type":"null"}]}}}"#
            ),
            (
                #"{"type":"ARRAY","items":{"type":"STRING","enum":["x"],"nullable":true},"prefix_items":[{"type":"NUMBER","nullable":true}]}"#,
                #"{"type":"array","items":{"type":["string","null"],"enum":["x",null]},"prefixItems":[{"type":["number","null"]}]}"#
            ),
            (
                ##"{"type":"OBJECT","additional_properties":{"type":"STRING","nullable":true},"defs":{"my_n":{"type":"INTEGER"}},"properties":{"c":{"ref":"#/$defs/my_n"}}}"##,
                ##"{"type":"object","additionalProperties":{"type":["string","null"]},"$defs":{"my_n":{"type":"integer"}},"properties":{"c":{"$ref":"#/$defs/my_n"}}}"##
            ),
        ])
    func spellings(schema: String, expected: String) throws {
        #expect(try translated(schema, isFormat: false) == (try JSONValue.parse(expected)).sorted.compactText)
    }

    @Test("Objects of an answer are closed once, in either spelling")
    func closed() throws {
        for key in ["additionalProperties", "additional_properties"] {
            let found = try translated(
                #"{"type":"OBJECT","properties":{"a":{"type":"STRING"}},"\#(key)":true}"#, isFormat: true)
            #expect(found == #"{"additionalProperties":true,"properties":{"a":{"type":"string"}},"type":"object"}"#)
        }
        let plain = try translated(#"{"type":"OBJECT","properties":{"a":{"type":"STRING"}}}"#, isFormat: true)
        #expect(plain == #"{"additionalProperties":false,"properties":{"a":{"type":"string"}},"type":"object"}"#)
    }

    @Test("A key in both spellings is given twice")
    func twice() {
        let problem = Translating.problem {
            _ = try translated(#"{"type":"ARRAY","min_items":1,"minItems":2}"#, isFormat: false)
        }
        #expect(problem?.kind == .malformed)
    }
}
