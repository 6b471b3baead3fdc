/// Finds what makes a prompt cost more tokens than it has bytes: images, files and documents, which count by what they
/// show, and tools that the provider itself calls.
///
/// The marks are looked for with their opening quote: inside of a JSON string a quote is escaped, so what a user
/// writes about images does not count as one.
package enum InputReach {
    /// Media, with their closing quote.
    private static let media = marks([
        "image\"", "image_url\"", "input_image\"", "image_file\"", "file\"", "input_file\"", "file_id\"", "document\"",
        "input_audio\"", "audio\"", "video\"", "video_url\"", "inlineData\"", "inline_data\"", "fileData\"",
        "file_data\"", "container_upload\"",
    ])
    /// Tools of the provider's own; many carry a date behind their name.
    private static let tools = marks([
        "web_search", "web_fetch", "code_execution", "code_interpreter\"", "file_search\"", "computer_use",
        "image_generation\"", "mcp\"", "google_search", "googleSearch", "googleMaps\"", "codeExecution\"",
        "urlContext\"", "url_context\"", "x_search\"", "systemTool\"",
    ])

    /// The first kind of medium in some JSON; `nil` where there is none.
    package static func medium(in bytes: UnsafeBufferPointer<UInt8>) -> String? { first(of: media, in: bytes) }

    /// The first tool of the provider's own; `nil` where there is none.
    package static func serverTool(in bytes: UnsafeBufferPointer<UInt8>) -> String? { first(of: tools, in: bytes) }

    /// Marks by their first letter.
    private static func marks(_ texts: [String]) -> [UInt8: [[UInt8]]] {
        Dictionary(grouping: texts.map { Array($0.utf8) }) { $0.first ?? 0 }
    }

    private static func first(of marks: [UInt8: [[UInt8]]], in bytes: UnsafeBufferPointer<UInt8>) -> String? {
        var position = 0
        while let quote = ByteSearch.first("\"", in: bytes, from: position), quote + 1 < bytes.count {
            position = quote + 1
            guard let candidates = marks[bytes[position]] else { continue }
            let rest = bytes[position...]
            if let found = candidates.first(where: { rest.starts(with: $0) }) {
                return String(decoding: found, as: UTF8.self).replacing("\"", with: "")
            }
        }
        return nil
    }
}
