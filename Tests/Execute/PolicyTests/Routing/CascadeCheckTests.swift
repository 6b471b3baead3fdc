import JSONScan
import Policy
import Testing

@Suite("Checks of a cascade")
struct CascadeCheckTests {
    private func verdict(_ text: String, _ schema: String) throws -> Cascade.Verdict {
        CascadeCheck.jsonSchema(try JSONValue.parse(schema)).verdict(on: CheckedAnswer(text: text))
    }

    @Test(
        "JSON by its grammar",
        arguments: [
            (#"{"a": [1, -0.5e3, true, null, "\u00e9\n"]}"#, true), ("\"a\"", true), (" 12 ", true),
            ("```json\n{}\n```", false),
            ("{\"a\": \"line\nfeed\"}", false), (#"{"a": "\x"}"#, false), (#"{"a": "\u12"}"#, false),
            (#"{"a": 1, "a": 2}"#, false),
            ("{'a': 1}", false), ("{\"a\": 1,}", false), ("[01]", false), ("[+1]", false), ("[.5]", false),
            ("[1.]", false),
            ("{} {}", false), ("Here: {}", false), ("nan", false), ("{\"a\": \"", false), (#"["\"]"#, false),
        ])
    func json(text: String, isGood: Bool) {
        #expect(CascadeCheck.json.verdict(on: CheckedAnswer(text: text)) == (isGood ? .good : .bad("it is not JSON")))
    }

    private static let schemas: [(schema: String, text: String, isGood: Bool)] =
        [
            (#"{"type":"object"}"#, "{}", true), (#"{"type":"object"}"#, "[]", false),
            (#"{"type":["string","null"]}"#, "null", true),
            (#"{"type":"string","nullable":true}"#, "null", true), (#"{"type":"string"}"#, "null", false),
            (#"{"type":"integer"}"#, "1.0", true), (#"{"type":"integer"}"#, "1.5", false),
            (#"{"type":"integer"}"#, "15e-1", false),
            (#"{"type":"number"}"#, "1e3", true), (#"{"type":"boolean"}"#, "0", false),
            (#"{"enum":["a",1,null]}"#, "1.0", true), (#"{"enum":["a"]}"#, "\"b\"", false),
            (#"{"const":{"a":1,"b":2}}"#, #"{"b":2,"a":1}"#, true),
            (#"{"const":9007199254740993}"#, "9007199254740992", false),
            (#"{"properties":{"a":{"type":"string"}},"required":["a"]}"#, #"{"a":"x"}"#, true),
            (#"{"properties":{"a":{"type":"string"}},"required":["a"]}"#, #"{"b":1}"#, false),
            (#"{"properties":{"a":{}},"additionalProperties":false}"#, #"{"a":1,"b":2}"#, false),
            (#"{"additionalProperties":{"type":"integer"}}"#, #"{"b":2}"#, true),
            (#"{"additionalProperties":{"type":"integer"}}"#, #"{"b":"2"}"#, false),
            (#"{"minProperties":1}"#, "{}", false), (#"{"maxProperties":1}"#, #"{"a":1,"b":1}"#, false),
            (#"{"items":{"type":"integer"},"minItems":1,"maxItems":2}"#, "[1,2]", true),
            (#"{"items":{"type":"integer"}}"#, #"[1,"2"]"#, false), (#"{"minItems":1}"#, "[]", false),
            (#"{"maxItems":"1"}"#, "[1,2]", false),
            (#"{"minimum":1,"maximum":2}"#, "2", true), (#"{"minimum":1}"#, "0.99", false),
            (#"{"maximum":2}"#, "1e999", false),
            (#"{"exclusiveMinimum":1}"#, "1", false), (#"{"exclusiveMaximum":1}"#, "0.5", true),
            (#"{"minLength":2}"#, "\"é\"", false), (#"{"maxLength":1}"#, "\"😀\"", true),
            (#"{"minLength":2}"#, "5", true),
            (#"{"pattern":"^a+$"}"#, "\"aa\"", true), (#"{"pattern":"^a+$"}"#, "\"ab\"", false),
            (#"{"pattern":"b"}"#, "\"abc\"", true),
            (#"{"format":"date"}"#, "\"2024-02-29\"", true), (#"{"format":"date"}"#, "\"2026-02-29\"", false),
            (#"{"format":"date-time"}"#, "\"2026-11-21T20:00:00Z\"", true),
            (#"{"format":"date-time"}"#, "\"2026-11-21\"", false),
            (#"{"format":"time"}"#, "\"25:00:00Z\"", false), (#"{"format":"email"}"#, "\"a@b.c\"", true),
            (#"{"format":"email"}"#, "\"a\"", false),
            (#"{"format":"uuid"}"#, "\"123e4567-e89b-12d3-a456-426614174000\"", true),
            (#"{"format":"uuid"}"#, "\"123e4567\"", false),
            (#"{"anyOf":[{"type":"string"},{"minimum":5}]}"#, "6", true),
            (#"{"anyOf":[{"type":"string"},{"minimum":5}]}"#, "4", false),
            (#"{"oneOf":[{"type":"integer"},{"minimum":5}]}"#, "6", false),
            (#"{"oneOf":[{"type":"integer"},{"minimum":5}]}"#, "6.5", true),
            (#"{"allOf":[{"type":"integer"},{"minimum":5}]}"#, "4", false),
            (#"{"not":{"type":"null"}}"#, "null", false), ("true", "1", true),
            ("false", "1", false),
            (
                ##"{"$ref":"#/$defs/n","$defs":{"n":{"type":"object","properties":{"next":{"$ref":"#/$defs/n"}},"additionalProperties":false}}}"##,
                #"{"next":{"next":{}}}"#, true
            ),
            (
                ##"{"$ref":"#/$defs/n","$defs":{"n":{"type":"object","properties":{"next":{"$ref":"#/$defs/n"}},"additionalProperties":false}}}"##,
                #"{"next":{"last":{}}}"#, false
            ),
            (##"{"properties":{"a":{"$ref":"#"}},"additionalProperties":false}"##, #"{"a":{"a":{}}}"#, true),
            (
                ##"{"properties":{"a":{"$ref":"#/definitions/x~1y"}},"definitions":{"x/y":{"type":"string"}}}"##,
                #"{"a":1}"#, false
            ),
            (#"{"title":"t","description":"d","default":1,"type":"integer"}"#, "2", true),
        ]

    @Test("Schemas", arguments: schemas)
    func fit(schema: String, text: String, isGood: Bool) throws {
        let verdict = try verdict(text, schema)
        if isGood { #expect(verdict == .good) }
        if !isGood, case .bad(let why) = verdict { #expect(!why.isEmpty) } else { #expect(isGood, "\(verdict)") }
    }

    @Test("What is wrong is said with its place")
    func places() throws {
        let schema = #"{"properties":{"a":{"items":{"properties":{"b":{"type":"string"}},"required":["b"]}}}}"#
        #expect(try verdict(#"{"a":[{"b":"x"},{"b":1}]}"#, schema) == .bad("it: a[1].b has to be of type string"))
        #expect(try verdict(#"{"a":[{}]}"#, schema) == .bad("it: a[0].b is missing"))
    }

    @Test(
        "A schema that is not understood proves nothing, whatever the answer says",
        arguments: [
            #"{"multipleOf":2}"#, #"{"properties":{"a":{"patternProperties":{}}}}"#, #"{"if":{},"then":false}"#,
            #"{"uniqueItems":true}"#,
            #"{"anyOf":[true,{"contains":{}}]}"#, #"{"$defs":{"x":{"dependentRequired":{}}}}"#, #"{"type":"text"}"#,
            #"{"format":"hostname"}"#,
            #"{"pattern":"(?=a)"}"#, #"{"pattern":5}"#, ##"{"$ref":"https://example.com/s"}"##,
            ##"{"$ref":"#/$defs/none"}"##, ##"{"$ref":"#"}"##,
            #"{"minLength":"x"}"#, "5", #"{"items":[{}]}"#,
        ])
    func unusable(schema: String) throws {
        for text in ["\"aaaa\"", "[]", "{}", "{\"a\":1}"] {
            let verdict = try verdict(text, schema)
            #expect(
                verdict != .good || schema.contains("minLength") || schema.contains("type"),
                "\(schema) \(text) \(verdict)")
        }
        guard case .unavailable(let why) = try verdict("\"aaaa\"", schema) else {
            Issue.record("\(schema) was used")
            return
        }
        #expect(!why.isEmpty)
    }

    @Test("Calls name a function of the request, with arguments that fit it")
    func calls() throws {
        let tools = [
            CheckedAnswer.Tool(
                name: "f",
                schema: try JSONValue.parse(
                    #"{"type":"object","properties":{"a":{"type":"integer"}},"required":["a"]}"#)),
            CheckedAnswer.Tool(name: "g"),
            CheckedAnswer.Tool(name: "h", schema: try JSONValue.parse(#"{"propertyNames":{}}"#)),
        ]
        func verdict(_ calls: [(String, String)], text: String = "") -> Cascade.Verdict {
            let calls = calls.map { CheckedAnswer.Call(name: $0.0, arguments: $0.1) }
            return CascadeCheck.toolCalls.verdict(on: CheckedAnswer(text: text, calls: calls, tools: tools))
        }
        #expect(verdict([("f", #"{"a":1}"#), ("g", #"{"x":[]}"#)]) == .good)
        #expect(verdict([], text: "No call is needed.") == .good)
        #expect(verdict([]) == .bad("it is empty"))
        #expect(verdict([("x", "{}")]) == .bad("it calls \"x\", which is not offered"))
        #expect(verdict([("g", "[]")]) == .bad("the arguments of \"g\" are no JSON object"))
        #expect(verdict([("g", "{\"a\":")]) == .bad("the arguments of \"g\" are no JSON object"))
        #expect(verdict([("f", "{}")]) == .bad("the call of \"f\": a is missing"))
        guard case .unavailable = verdict([("h", "{}")]) else {
            Issue.record("an unknown schema was used")
            return
        }
        guard case .bad = verdict([("h", "{}"), ("x", "{}")]) else {
            Issue.record("a bad call was not seen")
            return
        }
    }

    @Test("Patterns, probabilities, and answers that no check lets through")
    func others() {
        #expect(CascadeCheck.pattern("^Answer: ").verdict(on: CheckedAnswer(text: "Answer: 4")) == .good)
        #expect(
            CascadeCheck.pattern("^Answer: ").verdict(on: CheckedAnswer(text: "4"))
                == .bad("the pattern is not found in it"))
        guard case .unavailable = CascadeCheck.pattern("(").verdict(on: CheckedAnswer(text: "4")) else {
            Issue.record("a damaged pattern was used")
            return
        }
        let likely = CheckedAnswer(text: "a", leastLogProbability: -1, meanLogProbability: -0.5)
        #expect(CascadeCheck.leastLogProbability(-1).verdict(on: likely) == .good)
        #expect(CascadeCheck.leastLogProbability(-0.9).verdict(on: likely) != .good)
        #expect(CascadeCheck.meanLogProbability(-0.5).verdict(on: likely) == .good)
        guard case .unavailable = CascadeCheck.meanLogProbability(-9).verdict(on: CheckedAnswer(text: "a")) else {
            Issue.record("a probability was made up")
            return
        }
        let all: [CascadeCheck] = [.json, .jsonSchema(.bool(true)), .pattern(""), .toolCalls, .leastLogProbability(-9)]
        for check in all {
            #expect(
                check.verdict(on: CheckedAnswer(text: "1", isComplete: false, leastLogProbability: -1))
                    == .bad("it was cut, refused or broken off"))
            #expect(check.verdict(on: CheckedAnswer(text: "", leastLogProbability: -1)) == .bad("it is empty"))
        }
    }

    @Test("All checks have to pass; none prove nothing")
    func together() {
        let answer = CheckedAnswer(text: "{}")
        #expect(CascadeCheck.verdict(of: [.json, .pattern("^\\{")], on: answer) == .good)
        #expect(
            CascadeCheck.verdict(of: [.leastLogProbability(-1), .pattern("x")], on: answer)
                == .bad("the pattern is not found in it"))
        guard case .unavailable = CascadeCheck.verdict(of: [.json, .leastLogProbability(-1)], on: answer) else {
            Issue.record("a missing check was passed over")
            return
        }
        #expect(CascadeCheck.verdict(of: [], on: answer) == .unavailable("there is no check"))
    }

    @Test("A check that can never be made says why beforehand")
    func problems() throws {
        #expect(CascadeCheck.pattern("a(").problem == "the pattern has a group that is not closed.")
        #expect(
            CascadeCheck.jsonSchema(try JSONValue.parse(#"{"multipleOf":2}"#)).problem
                == "has \"multipleOf\", which is not known here")
        #expect(
            CascadeCheck.leastLogProbability(0.5).problem != nil && CascadeCheck.meanLogProbability(.nan).problem != nil
        )
        for check in [CascadeCheck.json, .toolCalls, .pattern("a"), .jsonSchema(.bool(true)), .leastLogProbability(-1)]
        {
            #expect(check.problem == nil)
        }
    }
}
