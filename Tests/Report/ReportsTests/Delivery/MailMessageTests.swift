import Domain
import Reports
import Testing

@Suite("Mail")
struct MailMessageTests {
    private func mail(subject: String = "October", to: String = "cfo@example.com") -> MailMessage {
        MailMessage(
            id: "abc123", from: "payback@example.com", to: to, subject: subject,
            date: Timestamp(year: 2026, month: 11, day: 1, hour: 7), text: "Saved: 30 %\n")
    }

    private func text(_ mail: MailMessage) throws -> String { String(decoding: try mail.bytes(), as: UTF8.self) }

    @Test("Text, page and file, byte by byte")
    func golden() throws {
        var mail = mail()
        mail.html = "<p>30 %</p>"
        mail.attachment = MailMessage.Attachment(
            name: "october.csv", mediaType: "text/csv; charset=utf-8", bytes: Array("a,b\n1,2\n".utf8))
        let expected = """
            From: payback@example.com
            To: cfo@example.com
            Subject: October
            Date: Sun, 1 Nov 2026 07:00:00 +0000
            Message-ID: <abc123@example.com>
            Auto-Submitted: auto-generated
            MIME-Version: 1.0
            Content-Type: multipart/mixed; boundary="=_mixed_abc123"

            --=_mixed_abc123
            Content-Type: multipart/alternative; boundary="=_alternative_abc123"

            --=_alternative_abc123
            Content-Type: text/plain; charset=utf-8
            Content-Transfer-Encoding: base64

            U2F2ZWQ6IDMwICUK
            --=_alternative_abc123
            Content-Type: text/html; charset=utf-8
            Content-Transfer-Encoding: base64

            PHA+MzAgJTwvcD4=
            --=_alternative_abc123--
            --=_mixed_abc123
            Content-Disposition: attachment; filename="october.csv"
            Content-Type: text/csv; charset=utf-8
            Content-Transfer-Encoding: base64

            YSxiCjEsMgo=
            --=_mixed_abc123--

            """
        #expect(try text(mail) == expected.replacing("\n", with: "\r\n"))
    }

    @Test("No line is longer than 78 letters, whatever stands in it")
    func lines() throws {
        var mail = mail(subject: String(repeating: "Zürich – 東京 ", count: 20))
        mail.html = String(repeating: "<td>é</td>", count: 500)
        let lines = try text(mail).split(separator: "\r\n", omittingEmptySubsequences: false)
        #expect(lines.allSatisfy { $0.utf8.count <= 78 })
        #expect(lines.allSatisfy { $0.utf8.allSatisfy { $0 < 0x80 } })
        #expect(lines.contains { $0.utf8.count == 76 })
    }

    @Test("A subject beyond ASCII is made of encoded words that give it back")
    func subject() throws {
        let subject = String(repeating: "Zürich – 東京 ", count: 9)
        let lines = try text(mail(subject: subject)).split(separator: "\r\n")
        let first = try #require(lines.firstIndex { $0.hasPrefix("Subject: ") })
        let folded = lines[(first + 1)...].prefix { $0.hasPrefix(" ") }
        let words = [lines[first].dropFirst(9)] + folded.map { $0.dropFirst() }
        #expect(words.count > 2)
        var bytes: [UInt8] = []
        for word in words {
            #expect(word.hasPrefix("=?utf-8?B?") && word.hasSuffix("?=") && word.utf8.count <= 75)
            var part: [UInt8] = []
            #expect(Base64.decode(Array(word.dropFirst(10).dropLast(2).utf8)[...], into: &part))
            // Each word is whole characters.
            #expect(String(validating: part, as: UTF8.self) != nil)
            bytes += part
        }
        #expect(String(decoding: bytes, as: UTF8.self) == subject)
    }

    @Test(
        "A header cannot begin another one",
        arguments: ["a\r\nBcc: x@y", "a\nBcc: x@y", "a\rb", "a\u{0}b", "a\u{7F}b"])
    func subjectInjection(subject: String) {
        #expect(throws: MailProblem.self) { try mail(subject: subject).bytes() }
    }

    @Test(
        "An address is one address",
        arguments: [
            "a@b\r\nBcc: c@d", "a@b, c@d", "<a@b>", "a b@c", "a@b@c", "a", "@b", "a@", "ä@b", "a@b\u{0}", "a@b\n",
        ])
    func addressInjection(address: String) {
        #expect(throws: MailProblem.self) { try mail(to: address).bytes() }
        #expect(DeliveryTarget("mailto:" + address) == nil)
    }

    @Test("A file's name cannot begin a header, nor end its quotes", arguments: ["a\r\nX: y", "a\"b", "", "é.csv"])
    func fileName(name: String) {
        var mail = mail()
        mail.attachment = MailMessage.Attachment(name: name, mediaType: "text/csv", bytes: [])
        #expect(throws: MailProblem.self) { try mail.bytes() }
    }

    @Test("A webhook's path is in no label and no key; hosts of Slack's are told apart")
    func targets() throws {
        let slack = try #require(DeliveryTarget("https://hooks.slack.com/services/T0/SECRET"))
        #expect(slack.isSlack && slack.label == "https://hooks.slack.com/…")
        #expect(!slack.key.contains("SECRET"))
        let other = try #require(DeliveryTarget("https://hooks.slack.com/services/T0/OTHER"))
        #expect(slack.key != other.key)
        let imitation = try #require(DeliveryTarget("https://hooks.slack.com.example.org/x"))
        #expect(!imitation.isSlack)
        for text in ["ftp://x", "https://", "https://user:word@host/", "file:", "cfo@example.com", "https://a b"] {
            #expect(DeliveryTarget(text) == nil, "\(text)")
        }
    }
}
