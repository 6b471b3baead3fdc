import ROI
import Statistics
import Testing

@Suite("Formulas")
struct ExpressionTests {
    private func value(_ text: String) throws -> Double {
        let cells = [
            ModelCell("a", .input(base: 3, .constant(3))), ModelCell("b", .input(base: 4, .constant(4))),
            ModelCell("result", .formula(try Expression(parsing: text))),
        ]
        return try #require(try ModelGraph(cells, horizon: 1).values()["result"]?.single)
    }

    @Test(
        "Values",
        arguments: [
            ("1 + 2 * 3", 7), ("(1 + 2) * 3", 9), ("2 ^ 3 ^ 2", 512), ("-2 ^ 2", -4), ("10 - 4 - 3", 3),
            ("12 / 3 / 2", 2),
            ("45 %", 0.45), ("1_200.5", 1200.5), ("2e3", 2000), ("min(a, b, 2)", 2), ("max(a, b)", 4),
            ("if(a > b, 1, 2)", 2),
            ("if(a <= 3, 1, 2)", 1), ("sqrt(b) + abs(-a)", 5), ("ceil(2.1) + floor(2.9) + round(2.5)", 7),
            ("ln(exp(2))", 2),
            ("a × b − 1", 11), ("a == 3", 1), ("-a * -b", 12),
        ] as [(String, Double)])
    func values(text: String, expected: Double) throws { #expect(abs(try value(text) - expected) < 1e-12) }

    @Test(
        "What cannot be read says what was expected",
        arguments: ["", "1 +", "(1", "1 2", "a b", "frob(1)", "1 $ 2", "min(1)", "NaN(", ".nan", "1..2", ")"])
    func faults(text: String) { #expect(throws: ExpressionError.self) { try Expression(parsing: text) } }

    @Test(
        "A formula that is written and read again is the same",
        arguments: [
            "a - (b - 1)", "(a + b) * 2", "-(a + b)", "a ^ (b ^ 2)", "(a ^ b) ^ 2", "if(a < b, a, b / (a / b))",
        ])
    func roundTrip(text: String) throws {
        let formula = try Expression(parsing: text)
        #expect(try Expression(parsing: formula.description) == formula)
    }

    @Test("Deep nesting is refused, not a crash")
    func deep() {
        let text = String(repeating: "(", count: 10_000) + "1" + String(repeating: ")", count: 10_000)
        #expect(throws: ExpressionError.self) { try Expression(parsing: text) }
    }

    @Test("Graphs refuse circles, unknown names and repeated ones")
    func graphs() throws {
        func formula(_ name: String, _ text: String) throws -> ModelCell {
            ModelCell(name, .formula(try Expression(parsing: text)))
        }
        let circle = [try formula("a", "b + 1"), try formula("b", "c"), try formula("c", "a")]
        #expect { try ModelGraph(circle, horizon: 1) } throws: { "\($0)".contains("a → b → c → a") }
        #expect { try ModelGraph([try formula("a", "seets")], horizon: 1) } throws: { "\($0)".contains("seets") }
        #expect { try ModelGraph([try formula("a", "1"), try formula("a", "2")], horizon: 1) } throws: {
            "\($0)".contains("twice")
        }
        #expect { try ModelGraph([try formula("a", "month")], horizon: 1) } throws: { "\($0)".contains("month") }
    }
}
