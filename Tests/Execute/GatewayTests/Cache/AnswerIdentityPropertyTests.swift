import Domain
import Gateway
import JSONScan
import Providers
import Statistics
import Testing

/// Identities of random requests: what may differ, and what may not.
@Suite("Identities of random requests")
struct AnswerIdentityPropertyTests {
    /// A random value of JSON, no deeper than so many levels.
    private func value(_ random: inout SeededRandom, depth: Int) -> JSONValue {
        switch random.below(depth > 0 ? 7 : 5) {
        case 0: return .null
        case 1: return .bool(random.below(2) == 0)
        case 2: return .number(String(random.below(1_000)))
        case 3, 4: return .string(text(&random))
        case 5: return .array((0..<random.below(4)).map { _ in value(&random, depth: depth - 1) })
        default:
            return .object(
                (0..<random.below(4)).map { JSONValue.Member(key: "k\($0)", value: value(&random, depth: depth - 1)) })
        }
    }

    private func text(_ random: inout SeededRandom) -> String {
        let letters = ["a", "B", " ", "\n", "\"", "\\", "é", "{", ",", "7"]
        return (0..<random.below(8)).map { _ in letters[random.below(letters.count)] }.joined()
    }

    private func request(_ random: inout SeededRandom) -> [JSONValue.Member] {
        let roles = ["user", "assistant", "system", "tool"]
        let turns = (0...random.below(3)).map { _ in
            JSONValue.object([
                .init(key: "role", value: .string(roles[random.below(4)])),
                .init(key: "content", value: value(&random, depth: 2)),
            ])
        }
        let others = (0..<random.below(5)).map { JSONValue.Member(key: "p\($0)", value: value(&random, depth: 3)) }
        return [.init(key: "model", value: "m"), .init(key: "messages", value: .array(turns))] + others
    }

    /// Writes a value with random white space between its parts.
    private func write(_ value: JSONValue, _ random: inout SeededRandom) -> String {
        func space() -> String { ["", "", " ", "\n\t", "  "][random.below(5)] }
        switch value {
        case .array(let elements):
            return "[" + space() + elements.map { write($0, &random) + space() }.joined(separator: "," + space()) + "]"
        case .object(let members):
            let parts = members.map { "\"\($0.key)\"\(space()):\(space())\(write($0.value, &random))\(space())" }
            return "{" + space() + parts.joined(separator: "," + space()) + "}"
        default: return value.compactText
        }
    }

    @Test("The order of the outermost members and white space outside of strings do not matter; values do")
    func random() throws {
        var random = SeededRandom(seed: 5)
        var seen: [PromptHash: Set<String>] = [:]
        for _ in 0..<1_500 {
            let members = request(&random)
            let plain = try #require(
                AnswerRequests.identity(JSONValue.object(members).compactText, .chatCompletions))
            var other = members
            for place in other.indices.dropLast() {
                other.swapAt(place, place + random.below(other.count - place))
            }
            let written = write(.object(other), &random)
            let found = try #require(AnswerRequests.identity(written, .chatCompletions), "\(written)")
            #expect(found.exact == plain.exact && found.normalised == plain.normalised, "\(written)")
            let sorted = members.sorted { $0.key < $1.key }
            seen[plain.exact, default: []].insert(JSONValue.object(sorted).compactText)
        }
        #expect(seen.values.allSatisfy { $0.count == 1 }, "different requests have different identities")
        #expect(seen.count > 1_400)
    }

    @Test("A change of any value changes the identity, of any word the folded one")
    func mutation() throws {
        var random = SeededRandom(seed: 6)
        for _ in 0..<500 {
            let members = request(&random)
            let place = random.below(members.count)
            var changed = members
            changed[place] = .init(key: members[place].key, value: .array([members[place].value, .number("1")]))
            let bodies = [members, changed].map { JSONValue.object($0).compactText }
            let found = try bodies.map { try #require(AnswerRequests.identity($0, .chatCompletions)) }
            #expect(found[0].exact != found[1].exact && found[0].normalised != found[1].normalised)
        }
    }

    @Test("Damaged bytes never crash the reader")
    func fuzz() {
        var random = SeededRandom(seed: 7)
        let reader = AnswerIdentityReader()
        var read = 0
        for _ in 0..<20_000 {
            var bytes = JSONValue.object(request(&random)).compactBytes
            for _ in 0...random.below(3) {
                let position = random.below(bytes.count)
                switch random.below(3) {
                case 0: bytes[position] = UInt8(random.below(256))
                case 1: bytes.remove(at: position)
                default: bytes.insert(Array("{}[]\",:\\0e".utf8)[random.below(10)], at: position)
                }
            }
            let found = bytes.withUnsafeBufferPointer {
                reader.read($0, surface: .chatCompletions, key: AnswerRequests.key)
            }
            if found != nil { read += 1 }
        }
        #expect(read > 500)
    }
}
