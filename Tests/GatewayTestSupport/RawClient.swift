#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// A caller that sends bytes as they are and reads what comes: no library tidies up behind it.
package struct RawClient: ~Copyable {
    /// What came back.
    package struct Answer {
        /// The HTTP status.
        package let status: Int
        /// The headers.
        package let headers: [(name: String, value: String)]
        /// The body without its chunk sizes.
        package let bytes: [UInt8]
        /// Headers behind a chunked body.
        package let trailers: [(name: String, value: String)]
        /// Whether the body came to its end: all bytes that were announced, or the last chunk.
        package let isWhole: Bool

        /// The body as text.
        package var body: String { String(decoding: bytes, as: UTF8.self) }

        /// The value of a header, in any case.
        package func header(_ name: String) -> String? {
            (headers + trailers).first { $0.name.lowercased() == name.lowercased() }?.value
        }
    }

    private let descriptor: Int32
    private var buffer: [UInt8] = []

    /// Connects to a port of this machine.
    package init(port: Int, receiveSeconds: Int = 10) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 else { throw ClientError.notConnected(errno) }
        var limit = timeval(tv_sec: receiveSeconds, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    }

    deinit { close(descriptor) }

    /// Why nothing came.
    package enum ClientError: Error { case notConnected(Int32), closed, timedOut }

    /// Sends bytes.
    package func send(_ text: String) { send(Array(text.utf8)) }

    /// Sends bytes; a peer that has left is no error.
    package func send(_ bytes: [UInt8]) {
        var done = 0
        while done < bytes.count {
            let sent = bytes.withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress.map { $0 + done }, bytes.count - done, Int32(MSG_NOSIGNAL))
            }
            if sent <= 0 { return }
            done += sent
        }
    }

    /// Sends a request with a JSON body.
    package func post(_ path: String, _ body: String, headers: [(String, String)] = []) {
        let extra = headers.map { "\($0): \($1)\r\n" }.joined()
        send(
            "POST \(path) HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n\(extra)content-length: \(body.utf8.count)\r\n\r\n\(body)"
        )
    }

    /// Waits until some text has come.
    package mutating func receive(until text: String) throws {
        while String(decoding: buffer, as: UTF8.self).contains(text) == false { try more() }
    }

    /// Reads one answer, to its end or to the end of the connection.
    package mutating func answer() throws -> Answer {
        var end = Self.find([13, 10, 13, 10], in: buffer, from: 0)
        while end == nil {
            try more()
            end = Self.find([13, 10, 13, 10], in: buffer, from: 0)
        }
        let lines = String(decoding: buffer[..<(end ?? 0)], as: UTF8.self).split(separator: "\r\n").map(String.init)
        buffer.removeFirst((end ?? 0) + 4)
        let status = lines.first.flatMap { $0.split(separator: " ").dropFirst().first }.flatMap { Int($0) } ?? 0
        if status == 100 { return try answer() }
        let headers = lines.dropFirst().map(Self.header)
        let length = headers.first { $0.name.lowercased() == "content-length" }.flatMap { Int($0.value) }
        if let length { return try fixed(status, headers, length) }
        return try chunked(status, headers)
    }

    /// Whether the other side has closed the connection.
    package mutating func isClosed() throws -> Bool {
        do { try more() } catch ClientError.closed { return true }
        return false
    }

    private mutating func fixed(_ status: Int, _ headers: [(name: String, value: String)], _ length: Int) throws
        -> Answer
    {
        do { while buffer.count < length { try more() } } catch ClientError.closed {}
        let body = Array(buffer.prefix(length))
        let isWhole = buffer.count >= length
        buffer.removeFirst(min(length, buffer.count))
        return Answer(status: status, headers: headers, bytes: body, trailers: [], isWhole: isWhole)
    }

    private mutating func chunked(_ status: Int, _ headers: [(name: String, value: String)]) throws -> Answer {
        var body: [UInt8] = []
        do {
            while true {
                let size = Int(try line(), radix: 16) ?? 0
                if size == 0 { break }
                while buffer.count < size + 2 { try more() }
                body += buffer.prefix(size)
                buffer.removeFirst(size + 2)
            }
            var trailers: [(name: String, value: String)] = []
            while true {
                let text = try line()
                if text.isEmpty { break }
                trailers.append(Self.header(text))
            }
            return Answer(
                status: status, headers: headers, bytes: body, trailers: trailers, isWhole: true)
        } catch ClientError.closed {
            return Answer(
                status: status, headers: headers, bytes: body, trailers: [], isWhole: false)
        }
    }

    private mutating func line() throws -> String {
        while true {
            if let end = Self.find([13, 10], in: buffer, from: 0) {
                let text = String(decoding: buffer[..<end], as: UTF8.self)
                buffer.removeFirst(end + 2)
                return text
            }
            try more()
        }
    }

    private mutating func more() throws {
        var bytes = [UInt8](repeating: 0, count: 65_536)
        let got = recv(descriptor, &bytes, bytes.count, 0)
        if got < 0, errno == EAGAIN { throw ClientError.timedOut }
        guard got > 0 else { throw ClientError.closed }
        buffer += bytes[..<got]
    }

    private static func header(_ line: String) -> (name: String, value: String) {
        let parts = line.split(separator: ":", maxSplits: 1).map(String.init)
        return (parts.first ?? "", parts.dropFirst().first?.drop { $0 == " " }.description ?? "")
    }

    private static func find(_ wanted: [UInt8], in bytes: [UInt8], from start: Int) -> Int? {
        guard bytes.count >= wanted.count else { return nil }
        return (start...(bytes.count - wanted.count)).first { bytes[$0..<($0 + wanted.count)].elementsEqual(wanted) }
    }
}
