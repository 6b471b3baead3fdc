import Domain
import Foundation
import JSONScan
import Policy
import Testing

@Suite("The guard before a semantic cache")
struct AnswerGuardTests {
    static let file = "../shared/data/semantic/banking77_mutated_negatives.json"

    @Test(
        "Each kind of difference is refused by its rule",
        arguments: [
            ("How do I top up 20 dollars?", "How do I top up 200 dollars?", AnswerGuard.Refusal.number),
            ("I need two cards", "I need three cards", .number),
            ("Rates on 2026-10-01", "Rates on 2026-11-01", .number),
            ("Move it from account 1 to 2", "Move it from account 2 to 1", .number),
            ("A rate of 3.5 and 2", "A rate of 2.5 and 3", .number), ("Part A123", "Part A124", .number),
            ("Send €5", "Send $5", .number), ("Is it -5 degrees", "Is it 5 degrees", .number),
            ("Learn C++", "Learn C#", .identifier),
            ("My card does work", "My card does not work", .negation),
            ("I can pay", "I can't pay", .negation),
            ("Turn notifications on", "Turn notifications off", .antonym),
            ("May I buy one to buy it", "May I sell one to buy it", .antonym),
            ("fly from Rome to Oslo", "fly from Oslo to Rome", .wordOrder),
            ("What does a/b.swift do", "What does a/c.swift do", .identifier),
            ("Can I pay on Monday", "Can I pay on Friday", .date),
            ("What is the weather", "What is the weather tomorrow", .date),
            ("What did we sell last month", "What did we sell next month", .date),
            ("How many hours does it take", "How many days does it take", .unit),
            ("What is it in euros", "What is it in pounds", .unit),
            ("What does `x.map` do", "What does `x.filter` do", .code),
            ("Is a <= b", "Is a < b", .code), ("Open report.pdf", "Open report.csv", .code),
            ("Do you accept Visa", "Do you accept Mastercard", .entity),
            ("flights to the united states", "flights to the united kingdom", .entity),
            ("Tell me about Anna Karenina", "Tell me about Emma Bovary", .entity),
            ("Translate \"hello\"", "Translate \"goodbye\"", .entity),
        ])
    func refused(question: String, other: String, refusal: AnswerGuard.Refusal) {
        #expect(AnswerGuard.refusal(of: question, answeredFor: other) == refusal)
        #expect(AnswerGuard.refusal(of: other, answeredFor: question) == refusal, "both ways alike")
    }

    @Test("The same question in other words passes")
    func passes() {
        #expect(AnswerGuard.refusal(of: "How can I reset my PIN?", answeredFor: "how do I reset the pin") == nil)
        #expect(AnswerGuard.refusal(of: "Flights to the U.S.", answeredFor: "flights to the United States") == nil)
        #expect(
            AnswerGuard.refusal(of: "My Card is lost", answeredFor: "my card is lost") == nil, "capitals come and go")
        #expect(AnswerGuard.refusal(of: "How many days will it take", answeredFor: "How long will it take") == nil)
        #expect(AnswerGuard.refusal(of: "I don't have no card", answeredFor: "I have a card") == nil, "twice no is yes")
    }

    @Test(
        "Of constructed opposites it catches as many as published",
        .enabled(if: FileManager.default.fileExists(atPath: file), "the shared data is not there"))
    func mutations() throws {
        let text = try String(contentsOfFile: Self.file, encoding: .utf8)
        let pairs = try JSONValue.parse(text).elements
        #expect(pairs.count == 1_614)
        var caught: [String: (caught: Int, all: Int)] = [:]
        for pair in pairs {
            let kind = try #require(pair["type"]?.text)
            let first = try #require(pair["a"]?.text)
            let second = try #require(pair["b"]?.text)
            let refusal = AnswerGuard.refusal(of: first, answeredFor: second)
            caught[kind, default: (0, 0)].all += 1
            if refusal != nil { caught[kind, default: (0, 0)].caught += 1 }
        }
        for (kind, least) in [("number", 1.0), ("negation", 0.99), ("antonym", 0.97), ("entity", 0.95)] {
            let found = try #require(caught[kind])
            let share = Double(found.caught) / Double(found.all)
            #expect(share >= least, "\(kind): \(found)")
        }
    }
}
