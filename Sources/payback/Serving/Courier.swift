import Documents
import Domain
import Foundation
import Gateway
import Reports

/// Brings reports and alerts to their targets.
struct Courier: Sendable {
    let post: HTTPPost
    let smtp: SMTPConfiguration?

    /// Brings a report to one target.
    ///
    /// - Parameters:
    ///   - due: tells the mail of one due moment from others: sent again it is the same mail.
    ///   - now: the mail's date.
    func bring(_ finished: FinishedReport, to target: DeliveryTarget, due: Timestamp, now: Timestamp) async throws {
        switch target {
        case .folder(let path): try write(finished, into: path)
        case .webhook(let url):
            let body = WebhookBody.of(finished.contents, named: finished.report.name, finished.period, to: target)
            try await send(body, to: url)
        case .mail(let address): try await mailer().send(try mail(finished, to: address, due: due, now: now))
        }
    }

    /// Brings an alert to one target.
    func bring(_ alert: DeliveryAlert, to target: DeliveryTarget, now: Timestamp) async throws {
        switch target {
        case .folder: throw DeliveryFailure("An alert cannot go to a folder.")
        case .webhook(let url): try await send(WebhookBody.of(alert, to: target), to: url)
        case .mail(let address):
            let mailer = try mailer()
            try await mailer.send(
                MailMessage(
                    id: Self.id(alert.name, address, alert.due), from: mailer.server.from, to: address,
                    subject:
                        "Payback: \(alert.event == "movement" ? "spend has moved" : "an hour cost more than usual")",
                    date: now, text: alert.text + "\n"))
        }
    }

    // MARK: Ways

    private func write(_ finished: FinishedReport, into folder: String) throws {
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            let file = URL(fileURLWithPath: folder).appending(path: finished.fileName)
            try Data(finished.bytes).write(to: file, options: .atomic)
        } catch { throw DeliveryFailure("\(folder): It cannot be written: \(error.localizedDescription)") }
    }

    private func send(_ body: JSONOutput, to url: String) async throws {
        let status = try await post(Array(body.compactText.utf8), to: url)
        guard (200..<300).contains(status) else {
            throw DeliveryFailure("The webhook answered \(status). Check its address in delivery.")
        }
    }

    private func mailer() throws -> Mailer {
        guard let smtp else { throw DeliveryFailure("Mail needs a server: delivery.smtp with url and from.") }
        return Mailer(server: smtp)
    }

    private func mail(
        _ finished: FinishedReport, to address: String, due: Timestamp, now: Timestamp
    ) throws -> MailMessage {
        let document = finished.contents.document
        var message = MailMessage(
            id: Self.id(finished.report.name, address, due), from: try mailer().server.from, to: address,
            subject: "\(document.title) (\(finished.period.name))", date: now,
            text: TextRenderer(width: 78, useColour: false).render(document))
        message.html = HTMLRenderer().render(document)
        message.attachment = MailMessage.Attachment(
            name: finished.fileName, mediaType: finished.report.format.mediaType, bytes: finished.bytes)
        return message
    }

    private static func id(_ name: String, _ address: String, _ due: Timestamp) -> String {
        ByteHash.hash("\(name)\n\(address)\n\(due.microseconds)").hexadecimalText
    }
}
