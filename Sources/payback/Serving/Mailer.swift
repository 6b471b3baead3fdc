import CMail
import Gateway
import NIOPosix
import Reports

/// Sends mail through the server that the configuration names.
struct Mailer: Sendable {
    /// Seconds from connecting until the server has taken the mail.
    private static let timeout: Int64 = 60
    let server: SMTPConfiguration

    /// Sends one mail.
    ///
    /// - Throws: ``DeliveryFailure`` where the server does not take it, ``MailProblem`` where it cannot be written.
    func send(_ message: MailMessage) async throws {
        let bytes = try message.bytes()
        try await NIOThreadPool.singleton.runIfActive { try send(bytes, to: message.to) }
    }

    private func send(_ bytes: [UInt8], to recipient: String) throws {
        var reason = [CChar](repeating: 0, count: 512)
        let code = payback_mail_send(
            server.url, server.user, server.password?.value, "<\(server.from)>", "<\(recipient)>", bytes, bytes.count,
            Self.timeout, server.requiresTLS ? 1 : 0, &reason, reason.count)
        guard code != 0 else { return }
        let text = String(decoding: reason.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        throw DeliveryFailure("The mail server did not take the mail: \(text) (\(code)). Check delivery.smtp.")
    }
}

/// Why something did not arrive; never with a secret in it.
struct DeliveryFailure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
