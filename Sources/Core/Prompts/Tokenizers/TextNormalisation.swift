internal import Foundation

/// The Unicode normal form that a tokenizer brings texts into first.
enum TextNormalisation: String, Sendable {
    case asIs = ""
    /// Composed, canonically.
    case canonical = "NFC"
    /// Composed, with compatibility characters replaced.
    case compatible = "NFKC"

    /// The text in its form; `nil` where it is so already, as ASCII always is.
    func normalised(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
        guard self != .asIs, bytes.contains(where: { $0 >= 0x80 }) else { return nil }
        let text = String(decoding: bytes, as: UTF8.self)
        // NFKC by way of the decomposed form: on Linux Foundation's own leaves U+30AB U+3099 apart.
        let replaced = self == .compatible ? Self.withoutCompatibility(text) : text
        return Array(replaced.precomposedStringWithCanonicalMapping.utf8)
    }

    /// Replaces compatibility characters; those that the reference's tables of Unicode 12.0 lack stay as they are.
    private static func withoutCompatibility(_ text: String) -> String {
        let scalars = text.unicodeScalars
        guard scalars.contains(where: isNew) else { return text.decomposedStringWithCompatibilityMapping }
        var result = ""
        for part in scalars.split(omittingEmptySubsequences: false, whereSeparator: isNew) {
            result += String(part).decomposedStringWithCompatibilityMapping
            if part.endIndex < scalars.endIndex { result.unicodeScalars.append(scalars[part.endIndex]) }
        }
        return result
    }

    private static func isNew(_ scalar: Unicode.Scalar) -> Bool {
        guard scalar.value >= 0x80, let age = scalar.properties.age else { return false }
        return (age.major, age.minor) > (12, 0)
    }
}
