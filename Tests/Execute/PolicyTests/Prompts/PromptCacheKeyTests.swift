import Domain
import JSONScan
import Policy
import Testing

@Suite("Keys and early changes of prompts")
struct PromptCacheKeyTests {
    private func edited(_ body: String, key: String = "pb-1") -> String? {
        Array(body.utf8).withUnsafeBufferPointer { PromptCacheEdit.openAI($0, key: key) }
            .map { String(decoding: $0, as: UTF8.self) }
    }

    @Test("A key is added where there is none, and nothing else changes")
    func added() throws {
        for body in [#" { "model" : "gpt-5" , "messages":[]}"#, "{}", "{ }", #"{"a":{"prompt_cache_key":"inner"}}"#] {
            let text = try #require(edited(body))
            #expect(try JSONValue.parse(text)["prompt_cache_key"] == "pb-1")
            let isEmpty = try JSONValue.parse(body).members.isEmpty
            #expect(text.replacing(#""prompt_cache_key":"pb-1""# + (isEmpty ? "" : ","), with: "") == body)
        }
        #expect(edited("{}", key: "a\"b") == #"{"prompt_cache_key":"a\"b"}"#)
    }

    @Test(
        "A caller's own key stays, and what is no object is left alone",
        arguments: [
            #"{"prompt_cache_key":"mine"}"#, #"{"model":"m","prompt_cache_\u006bey":"mine"}"#, "[]", "", "{", "{} {}",
            "{1}",
        ])
    func untouched(body: String) { #expect(edited(body) == nil) }

    @Test("Keys are the same in every process, and each part counts")
    func keys() {
        let key = PromptCacheEdit.key(template: 1, feature: "search", customer: "acme")
        #expect(key == PromptCacheEdit.key(template: 1, feature: "search", customer: "acme"))
        #expect(key.hasPrefix("pb-") && key.utf8.count == 19)
        let others = [
            PromptCacheEdit.key(template: 2, feature: "search", customer: "acme"),
            PromptCacheEdit.key(template: 1, feature: "acme", customer: "search"),
            PromptCacheEdit.key(template: 1, feature: "search", customer: ""), key,
        ]
        #expect(Set(others).count == 4)
    }

    @Test("What changes early in the system prompt is reported by its kind and place")
    func earlyChange() throws {
        let head = #"{"messages":[{"role":"user","content":"2024-01-01"}],"system":"Today is "#
        let body = Array((head + #"2026-10-01T10:00:00Z. Help."}"#).utf8)
        let found = try body.withUnsafeBufferPointer { bytes in
            PromptCacheEdit.earlyChange(in: bytes, try #require(PromptOutlineReader().read(bytes)))
        }
        #expect(found?.kind == .timestamp && found?.offset == head.utf8.count)
        let plain = Array(#"{"system":"Help.","messages":[]}"#.utf8)
        let none = try plain.withUnsafeBufferPointer { bytes in
            PromptCacheEdit.earlyChange(in: bytes, try #require(PromptOutlineReader().read(bytes)))
        }
        #expect(none == nil)
    }
}
