internal import Domain
internal import JSONScan

/// Changes of a request that let the provider's prompt cache work; all other bytes stay as they are.
package enum PromptCacheEdit {
    /// A body for Anthropic's messages with marks.
    ///
    /// - Parameters:
    ///   - outline: of this very body.
    ///   - plan: of this outline.
    /// - Returns: `nil` where there is nothing to mark.
    package static func anthropic(
        _ body: UnsafeBufferPointer<UInt8>, _ outline: PromptOutline, _ plan: PromptCachePlan
    ) -> [UInt8]? {
        let edits = plan.marks.flatMap { insertions(outline.parts[$0.part].place, $0.lifetime) }
        guard !edits.isEmpty else { return nil }
        var result: [UInt8] = []
        result.reserveCapacity(body.count + 128 * plan.marks.count)
        var done = 0
        for (offset, text) in edits.sorted(by: { $0.offset < $1.offset }) {
            result += body[done..<offset]
            result += text.utf8
            done = offset
        }
        result += body[done...]
        return result
    }

    private static func insertions(
        _ place: PromptPart.Place?, _ lifetime: PromptCachePlan.Lifetime
    ) -> [(offset: Int, text: String)] {
        let time = lifetime == .long ? #","ttl":"1h""# : ""
        let mark = #","cache_control":{"type":"ephemeral"\#(time)}"#
        switch place {
        case .object(let end): return [(end, mark)]
        case .text(let range):
            return [(range.lowerBound, #"[{"type":"text","text":"#), (range.upperBound, mark + "}]")]
        case nil: return []
        }
    }

    /// A body for OpenAI's chat completions or responses with a key that leads alike prompts to the same cache.
    ///
    /// - Parameter key: see ``key(template:feature:customer:)``.
    /// - Returns: `nil` where the body has a key already, or is no object.
    package static func openAI(_ body: UnsafeBufferPointer<UInt8>, key: String) -> [UInt8]? {
        let index = StructuralIndex()
        guard let base = body.baseAddress else { return nil }
        do throws(JSONScanError) {
            try index.run(base, count: body.count)
            var cursor = JSONCursor(body, index)
            guard cursor.byte == UInt8(ascii: "{") else { return nil }
            let start = cursor.offset + 1
            let hasMembers = try cursor.enter()
            if hasMembers {
                repeat {
                    let key = body[try cursor.key()]
                    // A key with escapes may be any.
                    if key.elementsEqual(member.utf8) || key.contains(UInt8(ascii: "\\")) { return nil }
                    _ = try cursor.skip()
                } while try cursor.next()
            }
            guard cursor.isAtEnd else { return nil }
            let text = "\"\(member)\":\"\(JSONText.escaped(key))\"" + (hasMembers ? "," : "")
            return Array(body[..<start]) + Array(text.utf8) + Array(body[start...])
        } catch {
            return nil
        }
    }

    private static let member = "prompt_cache_key"

    /// A key that is the same for prompts that begin alike, and in every process: `pb-` and 16 hexadecimal digits.
    ///
    /// OpenAI serves about 15 requests a minute per prefix and key from one machine, so customers are kept apart; with
    /// more than that of one customer, the prefix is spread over several machines and read a little less often.
    package static func key(template: UInt64, feature: String, customer: String) -> String {
        let names = ByteHash.mix(ByteHash.hash(feature, seed: 3), ByteHash.hash(customer, seed: 5))
        return "pb-" + ByteHash.mix(template ^ 0x9e37_79b9_7f4a_7c15, names).hexadecimalText
    }

    /// What changes early in a system prompt by its look, and keeps a cache from being read: its kind and where it stands
    /// in the body, never its text. Too slow for every request; meant for a sample of them.
    ///
    /// - Parameter most: bytes of the system prompt that are looked at.
    package static func earlyChange(
        in body: UnsafeBufferPointer<UInt8>, _ outline: PromptOutline, most: Int = 16 * 1_024
    ) -> PrefixAlignment.VolatileSpan? {
        guard let system = outline.system else { return nil }
        let text = String(decoding: body[system.prefix(most)], as: UTF8.self)
        return PrefixAlignment.firstVolatileSpan(in: text).map {
            PrefixAlignment.VolatileSpan(kind: $0.kind, offset: system.lowerBound + $0.offset, count: $0.count)
        }
    }
}
