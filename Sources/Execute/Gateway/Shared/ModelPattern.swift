/// A model's name, or the beginning of one with a `*` behind it, as keys and tokenizers name models.
enum ModelPattern {
    /// Whether a pattern covers a model.
    static func matches(_ pattern: String, _ model: String) -> Bool {
        pattern.hasSuffix("*") ? model.hasPrefix(pattern.dropLast()) : pattern == model
    }
}
