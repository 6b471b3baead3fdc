/// How many tokens a text has at most, where there is no tokenizer for its model.
package enum TokenBound {
    /// The bound of a text of `count` bytes, in tokens: one per byte.
    ///
    /// A byte-pair tokenizer starts from single bytes and only ever joins them, so it never makes more. Not in it:
    /// what a provider adds around the text, and compatibility normalisation (NFKC), which makes a few rare
    /// characters longer.
    package static func bytes(_ count: Int) -> Int64 { Int64(max(count, 0)) }
}
