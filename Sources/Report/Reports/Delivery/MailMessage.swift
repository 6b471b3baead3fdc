package import Domain

/// A mail with a text, the same as a page, and perhaps a file: RFC 5322 with MIME (RFC 2045 and 2046).
///
/// The same values give the same bytes.
package struct MailMessage: Sendable, Hashable {
    /// A file that comes with it.
    package struct Attachment: Sendable, Hashable {
        /// The file's name.
        package var name: String
        /// `application/pdf`.
        package var mediaType: String
        /// Its bytes.
        package var bytes: [UInt8]

        /// Creates an attachment.
        package init(name: String, mediaType: String, bytes: [UInt8]) {
            (self.name, self.mediaType, self.bytes) = (name, mediaType, bytes)
        }
    }

    /// Tells mails apart: the same mail sent again has the same, so that mailboxes show it once. Letters and digits.
    package var id: String
    /// Who sends it, as `name@host`.
    package var from: String
    /// Who gets it, as `name@host`.
    package var to: String
    /// What it is about.
    package var subject: String
    /// When it is sent.
    package var date: Timestamp
    /// The text.
    package var text: String
    /// The same as a page; absent for text alone.
    package var html: String?
    /// The file.
    package var attachment: Attachment?

    /// Creates a mail of text alone.
    package init(id: String, from: String, to: String, subject: String, date: Timestamp, text: String) {
        (self.id, self.from, self.to, self.subject) = (id, from, to, subject)
        (self.date, self.text) = (date, text)
    }

    /// The mail as it goes over the wire.
    ///
    /// - Throws: ``MailProblem`` where an address is none, or a header would begin another one.
    package func bytes() throws(MailProblem) -> [UInt8] {
        for address in [from, to] where !MailAddress.isValid(address) {
            throw MailProblem("\"\(address.filter { !$0.isNewline })\" is no mail address; write name@host.")
        }
        guard !id.isEmpty, id.utf8.allSatisfy({ Self.letters.contains($0) }) else {
            throw MailProblem("A mail's id takes letters and digits only.")
        }
        var head = try MailHeader.line("From", from) + MailHeader.line("To", to)
        head += try MailHeader.line("Subject", subject)
        head += "Date: \(date.mailText)\r\nMessage-ID: <\(id)@\(from.drop { $0 != "@" }.dropFirst())>\r\n"
        // Out-of-office answers to a report help nobody (RFC 3834).
        head += "Auto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\n"
        return Array((head + (try content())).utf8)
    }

    private static let letters = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789".utf8)

    private func content() throws(MailProblem) -> String {
        var body = MailPart.body("text/plain; charset=utf-8", Array(text.utf8))
        if let html {
            let page = MailPart.body("text/html; charset=utf-8", Array(html.utf8))
            body = MailPart.multipart("alternative", [body, page], boundary: "=_alternative_\(id)")
        }
        guard let attachment else { return body }
        return MailPart.multipart(
            "mixed", [body, try MailPart.file(attachment)], boundary: "=_mixed_\(id)")
    }
}

extension Timestamp {
    /// As a mail's date: `Sat, 21 Nov 2026 17:42:55 +0000`.
    var mailText: String {
        let names = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let date = CivilDate(daysSinceEpoch: Int(day))
        // 1970-01-01 was a Thursday.
        let name = names[Int((day % 7 + 7) % 7)]
        let time = Timestamp(seconds: microseconds.floorDivided(by: 1_000_000)).rfc3339.dropFirst(11).prefix(8)
        return "\(name), \(date.day) \(months[date.month - 1]) \(date.year) \(time) +0000"
    }
}
