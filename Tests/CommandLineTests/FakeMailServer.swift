import Foundation

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A mail server for one mail: it answers as RFC 5321 has it, and keeps what it was told.
final class FakeMailServer: Sendable {
    let port: Int
    private let listener: Int32
    private let received: Detached

    /// Starts listening on this machine.
    ///
    /// - Parameter refusal: what it answers to the recipient instead of taking it.
    init(refusing refusal: String? = nil) throws {
        let listener = socket(AF_INET, Self.stream, 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listener, $0, length) == 0 && listen(listener, 1) == 0 && getsockname(listener, $0, &length) == 0
            }
        }
        guard isBound else { throw POSIXError(.EADDRNOTAVAIL) }
        (self.listener, port) = (listener, Int(UInt16(bigEndian: address.sin_port)))
        Self.limit(listener)
        received = Thread.detached { Self.serve(listener, refusal) }
    }

    /// The lines that it was told, once the client has left; empty where none came.
    func lines() -> [String] { received.result() }

    deinit { close(listener) }

    #if canImport(Glibc)
        private static let stream = Int32(SOCK_STREAM.rawValue)
    #else
        private static let stream = SOCK_STREAM
    #endif

    /// A client that never comes, or says nothing, must not hold the test.
    private static func limit(_ socket: Int32) {
        var limit = timeval(tv_sec: 30, tv_usec: 0)
        setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    }

    private static func serve(_ listener: Int32, _ refusal: String?) -> [String] {
        let client = accept(listener, nil, nil)
        guard client >= 0 else { return [] }
        defer { close(client) }
        limit(client)
        var (lines, rest, isData): ([String], [UInt8], Bool) = ([], [], false)
        say("220 fake ready", to: client)
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = read(client, &buffer, buffer.count)
            guard count > 0 else { return lines }
            rest += buffer[..<count]
            while let end = rest.firstIndex(of: 10) {
                let line = String(decoding: rest[..<end].filter { $0 != 13 }, as: UTF8.self)
                rest.removeSubrange(...end)
                let isLogin = lines.last == "AUTH PLAIN"
                lines.append(line)
                if isData, line != "." { continue }
                isData = line == "DATA"
                say(isLogin ? "235 welcome" : answer(line, refusal), to: client)
                if line == "QUIT" { return lines }
            }
        }
    }

    private static func answer(_ line: String, _ refusal: String?) -> String {
        if line.hasPrefix("EHLO") { return "250-fake\r\n250 AUTH PLAIN" }
        if line.hasPrefix("AUTH") { return line == "AUTH PLAIN" ? "334 " : "235 welcome" }
        if line.hasPrefix("RCPT"), let refusal { return refusal }
        if line == "DATA" { return "354 go on" }
        return line == "QUIT" ? "221 bye" : "250 ok"
    }

    private static func say(_ text: String, to client: Int32) {
        let bytes = Array((text + "\r\n").utf8)
        _ = write(client, bytes, bytes.count)
    }
}
