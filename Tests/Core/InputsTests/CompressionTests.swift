import Foundation
import Inputs
import Testing

@Suite("Compressed inputs")
struct CompressionTests {
    /// "hello\n" as gzip.
    private static let hello: [UInt8] = [
        0x1f, 0x8b, 0x08, 0, 0, 0, 0, 0, 0, 0x03, 0xcb, 0x48, 0xcd, 0xc9, 0xc9, 0xe7, 0x02, 0x00, 0x20, 0x30, 0x3a,
        0x36,
        0x06, 0, 0, 0,
    ]

    private func text(_ bytes: [UInt8]) throws -> String {
        let source = GzipByteSource(name: "test.gz", compressed: MemoryByteSource(bytes))
        var result: [UInt8] = []
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 4, alignment: 1)
        defer { buffer.deallocate() }
        while true {
            let count = try source.read(into: buffer)
            if count == 0 { return String(decoding: result, as: UTF8.self) }
            result += buffer[..<count]
        }
    }

    @Test("One member, several members, padding behind the last")
    func members() throws {
        #expect(try text(Self.hello) == "hello\n")
        #expect(try text(Self.hello + Self.hello) == "hello\nhello\n")
        #expect(try text(Self.hello + [0, 0, 0, 0]) == "hello\n")
    }

    @Test("A truncated or damaged stream is an error that says so", arguments: [10, 14, 20, 25])
    func truncated(_ count: Int) {
        #expect { try text(Array(Self.hello.prefix(count))) } throws: {
            ($0 as? InputError)?.code == .malformed && "\($0)".contains("cut off")
        }
    }

    @Test("Damage in the middle is an error")
    func damaged() {
        var bytes = Self.hello
        bytes[12] ^= 0xFF
        #expect(throws: InputError.self) { try text(bytes) }
    }

    @Test("A directory and a missing file are told apart")
    func files() {
        #expect { try FileByteSource(path: NSTemporaryDirectory()) } throws: {
            ($0 as? InputError)?.code == .unreadable
        }
        #expect { try FileByteSource(path: "/nonexistent/file") } throws: { ($0 as? InputError)?.code == .notFound }
    }
}
