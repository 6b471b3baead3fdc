internal import Domain

/// One header of a mail.
enum MailHeader {
    /// `Name: text`. Text beyond ASCII becomes encoded words (RFC 2047), each of whole characters and 75 letters at most.
    ///
    /// - Throws: ``MailProblem`` where a line end or another control character would begin a header of its own.
    static func line(_ name: String, _ text: String) throws(MailProblem) -> String {
        guard text.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7F }) else {
            throw MailProblem(
                "The mail's \(name) holds a line end or another control character; take it out of the name or the address."
            )
        }
        // A text that reads as an encoded word already has to be encoded, or it would be decoded.
        let isPlain = text.utf8.allSatisfy { $0 < 0x80 } && !text.contains("=?") && text.utf8.count < 900
        return "\(name): \(isPlain ? text : words(text).joined(separator: "\r\n "))\r\n"
    }

    /// 39 bytes are 52 letters of base64; with what stands around them a word has 64, and a line with `Subject: ` 73 of 76.
    private static func words(_ text: String) -> [String] {
        var words: [[UInt8]] = [[]]
        for scalar in text.unicodeScalars {
            let bytes = Array(String(scalar).utf8)
            if (words.last?.count ?? 0) + bytes.count > 39 { words.append([]) }
            words[words.count - 1] += bytes
        }
        return words.map { "=?utf-8?B?\(Base64.encode($0))?=" }
    }
}

/// Why a mail cannot be written.
package struct MailProblem: Error, Sendable, Hashable, CustomStringConvertible {
    /// What is wrong and what to do about it.
    package let description: String

    /// Creates a problem.
    init(_ description: String) { self.description = description }
}
