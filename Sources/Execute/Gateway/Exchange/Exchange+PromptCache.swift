internal import Domain
internal import NIOCore
internal import Policy
internal import Pricing
internal import Providers

extension Exchange {
    /// The body as the provider's prompt cache can use it, where a rule says so: with marks where their reuse pays for the
    /// writing, or with a key that leads alike prompts to the same cache. All other bytes stay.
    func alignedForPromptCache(_ body: ByteBuffer) -> ByteBuffer {
        guard let position = course?.match.alignPrefix, case .alignPrefix(let terms) = course?.rule(position).action,
            target.wire == nil, attempts.count <= 1
        else { return body }
        switch (route.surface, target.upstream.kind) {
        case (.messages, .anthropic) where terms.writes != .automatic: return marked(body, by: position)
        case (.chatCompletions, .openAI), (.responses, .openAI): return keyed(body, by: position)
        default: return body
        }
    }

    private func marked(_ body: ByteBuffer, by position: Int) -> ByteBuffer {
        let edited = body.withUnsafeReadableBytes { raw -> [UInt8]? in
            let bytes = raw.bindMemory(to: UInt8.self)
            guard let outline = loop.outlines.read(bytes) else { return nil }
            let model = target.model ?? ""
            let expectation = loop.reuse.observe(
                outline, template: ByteHash.hash(caller.feature ?? ""),
                scope: ByteHash.hash("\(target.upstream.name)\u{0}\(model)"), at: startedAt)
            let plan = PromptCachePlan(outline, expectation, PromptCacheTerms(model: model))
            if plan.marks.isEmpty { noteEarlyChange(bytes, outline, position) }
            return PromptCacheEdit.anthropic(bytes, outline, plan)
        }
        return edited.map { adjusted($0, by: position, "prefix marked for the provider's cache") } ?? body
    }

    /// What keeps a prefix from being read is looked for in a sample: it takes too long for every request.
    private func noteEarlyChange(_ body: UnsafeBufferPointer<UInt8>, _ outline: PromptOutline, _ position: Int) {
        guard id.low & 63 == 0, let change = PromptCacheEdit.earlyChange(in: body, outline) else { return }
        let kind = change.kind.rawValue.replacing("_", with: " ")
        course?.note(position, "a \(kind) at byte \(change.offset) of the body breaks the prefix; move it to the end")
    }

    private func keyed(_ body: ByteBuffer, by position: Int) -> ByteBuffer {
        let key = PromptCacheEdit.key(
            template: promptBlocks.first ?? 0, feature: caller.feature ?? "", customer: caller.customer ?? "")
        let edited = body.withUnsafeReadableBytes { PromptCacheEdit.openAI($0.bindMemory(to: UInt8.self), key: key) }
        return edited.map { adjusted($0, by: position, "given a key for the provider's cache") } ?? body
    }

    private func adjusted(_ body: [UInt8], by position: Int, _ what: String) -> ByteBuffer {
        if course?.action == .pass {
            course?.act(position, .promptAdjusted, what)
        } else {
            course?.note(position, what)
        }
        return ByteBuffer(bytes: body)
    }
}
