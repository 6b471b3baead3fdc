internal import Domain
internal import JSONScan
package import Prompts
package import Providers

/// Reads the identity of an answer from a request's body.
///
/// Belongs to one event loop; memory grows with the largest body.
package final class AnswerIdentityReader {
    private let index = StructuralIndex()
    private var text = IdentityText()
    private var members: [(key: String, value: JSONCursor)] = []

    /// The longest body, in bytes, whose words are folded: long prompts differ by more than case and white space.
    package static let longestFolded = 32 * 1024

    /// Creates a reader.
    package init() {}

    /// Reads a body.
    ///
    /// - Parameters:
    ///   - surface: the API that is called.
    ///   - outside: what changes the answer or parts callers and does not stand in the body, in a fixed order: the
    ///     API's version, beta features that headers turn on, the caller's namespace.
    ///   - folding: whether ``AnswerIdentity/normalised`` is wanted; without, it equals the exact one, and long prompts
    ///     are read several times faster.
    ///   - key: the key of the hashes.
    /// - Returns: `nil` where the answer is never shared: it depends on what the provider keeps, is fetched later, or the
    ///   body is not one that can be read in one way only.
    package func read(
        _ body: UnsafeBufferPointer<UInt8>, surface: APISurface, outside: [String] = [], folding: Bool = true,
        key: PromptKey
    ) -> AnswerIdentity? {
        guard let rules = AnswerRules.of(surface), let base = body.baseAddress else { return nil }
        defer { members.removeAll(keepingCapacity: true) }
        do throws(JSONScanError) {
            try index.run(base, count: body.count)
            guard try readMembers(JSONCursor(body, index), rules) else { return nil }
            let head = [surface.name] + outside
            let exact = try hash(head, rules, folding: false, key)
            let isFolded = folding && !rules.texts.isEmpty && body.count <= Self.longestFolded
            let normalised = isFolded ? try hash(head, rules, folding: true, key) : exact
            let surroundings = isFolded ? try hash(head, rules, folding: false, isSaid: false, key) : exact
            return AnswerIdentity(
                exact: exact, normalised: normalised, surroundings: surroundings,
                isSampled: rules.isSure ? false : try isSampled(),
                hasTools: try hasTools(), hasServerTools: try hasServerTools(),
                streams: value("stream")?.byte == Self.yes)
        } catch {
            return nil
        }
    }

    /// - Returns: whether the answer may be shared at all.
    private func readMembers(_ document: JSONCursor, _ rules: AnswerRules) throws(JSONScanError) -> Bool {
        var cursor = document
        guard cursor.byte == UInt8(ascii: "{"), try cursor.enter() else { return false }
        repeat {
            let key = Self.text(of: cursor.bytes[try cursor.key()])
            if rules.unshared[key] != nil, cursor.byte != Self.null, cursor.byte != Self.no { return false }
            members.append((key, cursor))
            _ = try cursor.skip()
        } while try cursor.next()
        guard cursor.isAtEnd else { return false }
        members.sort { $0.key < $1.key }
        // One server reads the first of two equal keys, another the last.
        return !zip(members, members.dropFirst()).contains { $0.key == $1.key }
    }

    private static func text(of key: UnsafeBufferPointer<UInt8>.SubSequence) -> String {
        let raw = UnsafeBufferPointer(rebasing: key)
        guard raw.contains(UInt8(ascii: "\\")) else { return String(decoding: raw, as: UTF8.self) }
        var text: [UInt8] = []
        JSONText.unescape(raw, into: &text)
        return String(decoding: text, as: UTF8.self)
    }

    private func hash(
        _ head: [String], _ rules: AnswerRules, folding: Bool, isSaid: Bool = true, _ key: PromptKey
    ) throws(JSONScanError) -> PromptHash {
        text.begin(folding: folding)
        for part in head { text.add(part) }
        for member in members
        where rules.leftOut[member.key] == nil && (isSaid || !(rules.texts[member.key]?.isSaid ?? false)) {
            try text.add(member.key, member.value, rules.texts[member.key])
        }
        return text.bytes.withUnsafeBytes { key.hash($0) }
    }

    // MARK: What the members say

    private static let null = UInt8(ascii: "n")
    private static let yes = UInt8(ascii: "t")
    private static let no = UInt8(ascii: "f")

    private func value(_ key: String) -> JSONCursor? { members.first { $0.key == key }?.value }

    /// Providers' default temperature is above 0, and models without one have chance in them as well.
    private func isSampled() throws(JSONScanError) -> Bool {
        if let temperature = value("temperature") { return try !isZero(temperature) }
        guard var cursor = value("generationConfig") ?? value("generation_config"), cursor.byte == UInt8(ascii: "{"),
            try cursor.enter()
        else { return true }
        var isSampled = true
        repeat {
            let key = try cursor.key()
            if cursor.bytes[key].elementsEqual("temperature".utf8) { isSampled = try !isZero(cursor) }
            _ = try cursor.skip()
        } while try cursor.next()
        return isSampled
    }

    private func isZero(_ cursor: JSONCursor) throws(JSONScanError) -> Bool {
        var cursor = cursor
        return Double(String(decoding: cursor.bytes[try cursor.skip()], as: UTF8.self)) == 0
    }

    private func hasTools() throws(JSONScanError) -> Bool {
        for key in ["tools", "functions"] {
            guard var cursor = value(key), cursor.byte == UInt8(ascii: "[") else { continue }
            if try cursor.enter() { return true }
        }
        return false
    }

    private func hasServerTools() throws(JSONScanError) -> Bool {
        if let options = value("web_search_options"), options.byte != Self.null { return true }
        guard var cursor = value("tools") else { return false }
        let range = try cursor.skip()
        return InputReach.serverTool(in: UnsafeBufferPointer(rebasing: cursor.bytes[range])) != nil
    }
}
