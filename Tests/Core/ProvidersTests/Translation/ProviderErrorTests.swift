import JSONScan
import Providers
import Testing

@Suite("Errors of another provider")
struct ProviderErrorTests {
    private func read(_ text: String, _ status: Int, _ family: ProviderFamily) -> CallerError {
        let bytes = Array(text.utf8)
        return bytes.withUnsafeBufferPointer { ProviderError.read($0, status: status, from: family) }
    }

    @Test("Documented errors")
    func documented() {
        let openAI = read(
            #"{"error":{"message":"Too long","type":"invalid_request_error","param":"messages","code":"context_length_exceeded"}}"#,
            400, .openAI)
        #expect(openAI.status == 400 && openAI.code == "context_length_exceeded" && openAI.parameter == "messages")
        let anthropic = read(
            #"{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"},"request_id":"r"}"#, 529,
            .anthropic)
        #expect(anthropic == CallerError(status: 503, code: "overloaded_error", message: "Overloaded"))
        let gemini = read(
            #"[{"error":{"code":429,"message":"Quota","status":"RESOURCE_EXHAUSTED"}}]"#, 429, .gemini)
        #expect(gemini == CallerError(status: 429, code: "resource_exhausted", message: "Quota"))
    }

    @Test(
        "Errors without an object around them keep their message",
        arguments: [
            #"{"error":"model \"x\" not found"}"#, #"{"message":"model \"x\" not found"}"#,
            #"{"object":"error","message":"model \"x\" not found","type":"NotFoundError","param":null,"code":404}"#,
            #"[{"error":"model \"x\" not found"}]"#,
        ])
    func plain(text: String) {
        for family in ProviderFamily.allCases {
            let error = read(text, 404, family)
            #expect(error.status == 404 && error.message == "model \"x\" not found")
        }
        #expect(read(#"{"error":""}"#, 404, .openAI).message == "The provider gave no reason.")
    }

    @Test("In the caller's format")
    func written() throws {
        let error = read(
            #"{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}"#, 529, .anthropic)
        let openAI = try JSONValue.parse(error.body(in: .openAI))
        #expect(openAI["error"]?["type"]?.text == "server_error")
        #expect(openAI["error"]?["code"]?.text == "overloaded_error")
        let gemini = try JSONValue.parse(error.body(in: .gemini))
        #expect(gemini["error"]?["status"]?.text == "UNAVAILABLE")
    }

    @Test("Unreadable bodies, and words that would break the format")
    func hostile() throws {
        for text in ["", "<html>", "[]", "{}", #"{"error":null}"#] {
            let error = read(text, 502, .openAI)
            #expect(error.code == "upstream_error" && error.message.contains("502"))
        }
        let quoted = read(#"{"error":{"type":"a\"b\n","message":"m\"\n"}}"#, 400, .anthropic)
        for family in ProviderFamily.allCases {
            #expect(throws: Never.self) { try JSONValue.parse(quoted.body(in: family)) }
        }
    }
}
