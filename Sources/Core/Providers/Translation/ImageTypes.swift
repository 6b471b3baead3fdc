/// The media types of images that each provider takes.
enum ImageTypes {
    /// Refuses an image that a provider cannot see.
    static func check(_ mediaType: String, for family: ProviderFamily, at path: String) throws(TranslationProblem) {
        let known =
            switch family {
            case .openAI, .anthropic, .bedrock: ["image/jpeg", "image/png", "image/gif", "image/webp"]
            case .gemini: ["image/jpeg", "image/png", "image/webp", "image/heic", "image/heif"]
            }
        guard !known.contains(mediaType) else { return }
        throw .unsupported(
            path, "has an image of type \(mediaType), which the other provider does not take; send \(known[1]).")
    }

    /// The type that an address's ending tells.
    static func type(of url: String) -> String? {
        let path = url.prefix { $0 != "?" && $0 != "#" }.lowercased()
        let endings = [
            ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png", ".webp": "image/webp",
            ".gif": "image/gif", ".heic": "image/heic", ".heif": "image/heif",
        ]
        return endings.first { path.hasSuffix($0.key) }?.value
    }

    /// The image of an address: `data:image/png;base64,…` or one of the web.
    static func image(of url: String, at path: String) throws(TranslationProblem) -> ChatImage {
        if url.hasPrefix("https://") || url.hasPrefix("http://") { return .url(url) }
        guard url.hasPrefix("data:"), let comma = url.firstIndex(of: ",") else {
            throw .malformed(path, "has to begin with https:// or data:.")
        }
        let head = url[url.index(url.startIndex, offsetBy: 5)..<comma].split(separator: ";")
        guard let type = head.first, type.hasPrefix("image/"), head.last == "base64" else {
            throw .malformed(path, "has to be an image in base64, data:image/png;base64,….")
        }
        return .data(mediaType: String(type), base64: String(url[url.index(after: comma)...]))
    }
}
