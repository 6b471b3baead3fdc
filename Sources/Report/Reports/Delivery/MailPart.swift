internal import Domain

/// The parts that a mail is made of, each with its own headers.
enum MailPart {
    /// A part of some type, in base64.
    static func body(_ type: String, _ bytes: [UInt8]) -> String {
        "Content-Type: \(type)\r\nContent-Transfer-Encoding: base64\r\n\r\n" + lines(bytes)
    }

    /// A file.
    ///
    /// - Throws: ``MailProblem`` where its name or type would begin another header.
    static func file(_ file: MailMessage.Attachment) throws(MailProblem) -> String {
        let isPlain = file.name.utf8.allSatisfy { (0x20...0x7E).contains($0) && $0 != 0x22 && $0 != 0x5C }
        guard isPlain, !file.name.isEmpty else {
            throw MailProblem("The name of a mail's file takes ASCII without quotes; give the report another name.")
        }
        return try MailHeader.line("Content-Disposition", "attachment; filename=\"\(file.name)\"")
            + MailHeader.line("Content-Type", file.mediaType)
            + "Content-Transfer-Encoding: base64\r\n\r\n" + lines(file.bytes)
    }

    /// Several parts as one. Base64 holds no underscore, so that no part holds the boundary.
    static func multipart(_ kind: String, _ parts: [String], boundary: String) -> String {
        let head = "Content-Type: multipart/\(kind); boundary=\"\(boundary)\"\r\n\r\n"
        return head + parts.map { "--\(boundary)\r\n\($0)" }.joined() + "--\(boundary)--\r\n"
    }

    /// Base64 in lines of 76.
    private static func lines(_ bytes: [UInt8]) -> String {
        // 57 bytes are 76 letters.
        stride(from: 0, to: bytes.count, by: 57)
            .map { Base64.encode(Array(bytes[$0..<min($0 + 57, bytes.count)])) + "\r\n" }.joined()
    }
}
