import Policy
import Statistics
import Testing

@Suite("Regular expressions with bounded work")
struct TextPatternTests {
    @Test(
        "What is found",
        arguments: [
            ("", "anything", true), ("b", "abc", true), ("^b", "abc", false), ("^abc$", "abc", true),
            ("c$", "abc\n", false),
            ("a|b|", "x", true), ("^(a|bc)+$", "abcbca", true), ("^(?:ab){2,3}$", "ababab", true),
            ("^(ab){2,3}$", "abababab", false),
            ("^a{2}$", "aa", true), ("^a{2}$", "aaa", false), ("^a{2,}$", "aaaa", true), ("^a{0}$", "", true),
            ("a{x", "a{x", true),
            ("^a*?b+?c??$", "aabb", true), ("^\\d{4}-\\d{2}$", "2026-11", true), ("^\\d+$", "٣", false),
            ("^[^a-c\\s]+$", "xyz", true),
            ("^[^a-c\\s]+$", "x y", false), ("[a-]", "-", true), ("^[\\D]+$", "ab", true), ("^[\\W\\d]+$", "1-2", true),
            ("[]", "a", false),
            ("^[^]$", "\n", true), ("^.$", "é", true), ("^.$", "\n", false), ("^..$", "e\u{301}", true),
            ("\\bcat\\b", "a cat.", true),
            ("\\bcat\\b", "concat", false), ("\\Bcat", "concat", true), ("^\\x41\\u00e9\\.$", "Aé.", true),
            ("\\/\\-", "/-", true),
            ("^(a*)*$", "aaaa", true), ("^(|a)+$", "aa", true), ("^(a+)+$", "aaaab", false), ("^(\\^|\\$)$", "$", true),
            ("A", "a", false),
        ])
    func found(pattern: String, text: String, isFound: Bool) throws {
        #expect(try TextPattern(pattern).isFound(in: text) == isFound)
    }

    @Test(
        "What is damaged, needs going back, or is too much is refused",
        arguments: [
            "(a", "a)", "[a", "*a", "a**", "a++", "\\", "a{3,2}", "a{1001}", "a{1,x}", "(?=a)", "(?!a)", "(?<=a)",
            "(?<n>a)", "(a)\\1",
            "\\p{L}", "\\k", "[z-a]", "[\\d-z]", "\\xg1", "\\ud800", "(a{1000}){1000}", "(((){1000}){1000}){1000}",
            String(repeating: "a", count: 1_001), String(repeating: "(", count: 60) + String(repeating: ")", count: 60),
        ])
    func refused(pattern: String) {
        #expect(throws: TextPattern.Problem.self) { try TextPattern(pattern) }
    }

    @Test("Patterns that take others for ever end; what is too long is said to be")
    func bounded() throws {
        let text = String(repeating: "a", count: 20_000)
        for pattern in ["^(a+)+$", "^(a|aa)+$", "^(a*)*b", "(x+x+)+y", "^(.*a){5}$"] {
            let isFound = try TextPattern(pattern).isFound(in: text + "!")
            #expect(isFound != nil)
        }
        #expect(try TextPattern("^(a+)+$").isFound(in: String(repeating: "a", count: 4_000_000)) == nil)
    }

    @Test("Made patterns agree with Swift's own expressions")
    func swiftAgrees() throws {
        var numbers = SeededRandom(seed: 11)
        func pattern(_ depth: Int, _ numbers: inout SeededRandom) -> String {
            let letters = ["a", "b", ".", "[ab]", "[^a]", "\\w", "c"]
            switch Int.random(in: 0..<(depth > 0 ? 6 : 2), using: &numbers) {
            case 0, 1: return letters[Int.random(in: 0..<letters.count, using: &numbers)]
            case 2: return pattern(depth - 1, &numbers) + pattern(depth - 1, &numbers)
            case 3: return "(?:\(pattern(depth - 1, &numbers))|\(pattern(depth - 1, &numbers)))"
            case 4:
                return "(?:\(pattern(depth - 1, &numbers)))"
                    + ["*", "+", "?", "{1,2}"][Int.random(in: 0..<4, using: &numbers)]
            default:
                return (Bool.random(using: &numbers) ? "^" : "") + pattern(depth - 1, &numbers)
                    + (Bool.random(using: &numbers) ? "$" : "")
            }
        }
        var found = 0
        for _ in 0..<1_500 {
            let made = pattern(3, &numbers)
            let text = String(
                (0..<Int.random(in: 0..<7, using: &numbers)).map { _ in "abc".randomElement(using: &numbers) ?? "a" })
            let expected = text.contains(try Regex(made))
            #expect(try TextPattern(made).isFound(in: text) == expected, "\(made) in \(text)")
            if expected { found += 1 }
        }
        #expect(found > 300 && found < 1_400)
    }
}
