/// Composed sample traffic as JSON lines in Payback's generic format.
///
/// No request in it ever happened. Shapes are computed from published traces: the skew of customers and the rhythm of
/// the day from ServeGen's m-large, token lengths from the Azure conversation trace of 2023, the share of input that caches
/// serve from Mooncake's conversation trace; docs/sample.md has the list. Everything else is assumed.
package struct SampleTraffic: Sendable {
    /// What stands for the prompts.
    package enum Content: String, CaseIterable, Sendable {
        /// Texts of 200 to 900 bytes; the price is left to the audit.
        case prompts
        /// `prompt_hash` of 32 hexadecimal digits and `cost_usd` instead, in short lines without team, environment and
        /// time to the first token, for comparing Payback with other programs.
        case hashes
    }

    /// How many requests there are.
    package let requests: Int
    /// What determines the traffic, together with the number of requests and the content.
    package let seed: UInt64
    /// What stands for the prompts.
    package let content: Content

    /// Describes traffic; negative numbers of requests mean none.
    package init(requests: Int, seed: UInt64, content: Content = .prompts) {
        self.requests = max(requests, 0)
        self.seed = seed
        self.content = content
    }

    /// Writes the traffic, a line per request, ascending in time; the same traffic every time.
    ///
    /// - Parameter sink: takes pieces of about 64 KiB, each of whole lines.
    /// - Throws: what `sink` throws.
    package func write(to sink: (UnsafeRawBufferPointer) throws -> Void) throws {
        let templates = SampleFeature.all.flatMap(\.templates).map(PromptTemplate.init)
        let writer = LineWriter(content: content, seed: seed, templates: templates)
        var sampler = RequestSampler(requests: requests, seed: seed, templates: templates)
        var buffer = LineBuffer()
        for _ in 0..<requests {
            writer.append(sampler.next(), to: &buffer)
            if buffer.isFull { try buffer.flush(to: sink) }
        }
        try buffer.flush(to: sink)
    }
}
