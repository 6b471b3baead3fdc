import JSONScan
import Providers
import Testing

@Suite("Functions that a request offers")
struct OfferedToolTests {
    private func read(_ surface: APISurface, _ text: String) -> [OfferedTool]? {
        let bytes = Array(text.utf8)
        return bytes.withUnsafeBufferPointer { OfferedTool.read(surface, body: $0) }
    }

    @Test("The same functions in each API; tools of the provider's own are left out")
    func each() throws {
        let schema = try JSONValue.parse(#"{"type":"object","properties":{"a":{"type":"string"}}}"#)
        let expected = [OfferedTool(name: "f", schema: schema), OfferedTool(name: "g")]
        let text = schema.compactText
        #expect(
            read(
                .chatCompletions,
                #"{"tools":[{"type":"function","function":{"name":"f","parameters":\#(text)}},{"type":"function","function":{"name":"g","parameters":null}}]}"#
            )
                == expected)
        #expect(read(.chatCompletions, #"{"functions":[{"name":"f","parameters":\#(text)},{"name":"g"}]}"#) == expected)
        #expect(
            read(
                .responses,
                #"{"tools":[{"type":"web_search"},{"type":"function","name":"f","parameters":\#(text)},{"type":"function","name":"g"}]}"#
            )
                == expected)
        #expect(
            read(
                .messages,
                #"{"tools":[{"name":"f","input_schema":\#(text)},{"type":"web_search_20250305","name":"web_search"},{"name":"g","input_schema":null}]}"#
            )
                == expected)
        let google = text.replacing("object", with: "OBJECT").replacing("string", with: "STRING")
        #expect(
            read(
                .generateContent,
                #"{"tools":[{"googleSearch":{}},{"functionDeclarations":[{"name":"f","parameters":\#(google)},{"name":"g"}]}]}"#
            )
                == expected)
        #expect(
            read(
                .generateContent,
                #"{"tools":[{"function_declarations":[{"name":"f","parametersJsonSchema":\#(text)},{"name":"g"}]}]}"#)
                == expected)
    }

    @Test("A request without functions offers none, and what is no request is not read")
    func none() {
        #expect(read(.chatCompletions, "{}") == [] && read(.messages, #"{"tools":null}"#) == [])
        #expect(read(.embeddings, "{}") == nil && read(.responses, "[]") == nil && read(.messages, "{") == nil)
        #expect(read(.generateContent, #"{"tools":[{"functionDeclarations":[{"name":"f","parameters":[]}]}]}"#) == nil)
    }
}
