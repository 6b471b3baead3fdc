import Foundation
import Inputs
import Testing

@Suite("Zip archives")
struct ZipArchiveTests {
    private static let path = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Fixtures/deepseek/export.zip").path

    private static func bytes() throws -> [UInt8] { Array(try Data(contentsOf: URL(filePath: path))) }

    @Test("Packed and stored files, without folders")
    func files() throws {
        let entries = try ZipArchive(try Self.bytes(), file: "export.zip").entries
        #expect(entries.map(\.name) == ["export/amount-2026-10.csv", "cost-2026-10.csv"])
        #expect(String(decoding: entries[0].bytes, as: UTF8.self).split(separator: "\r\n").count == 4)
        #expect(String(decoding: entries[1].bytes, as: UTF8.self).hasPrefix("user_id,utc_date"))
    }

    @Test("A file opens as itself, an archive as its files")
    func opening() throws {
        let inputs = try FileByteSource.openingAll(Self.path)
        #expect(inputs.map(\.name) == ["export/amount-2026-10.csv", "cost-2026-10.csv"].map { "\(Self.path)/\($0)" })
        #expect(try FileByteSource.openingAll(#filePath).map(\.name) == [#filePath])
    }

    @Test("Wherever it is cut off, it is said to be damaged")
    func truncated() throws {
        let whole = try Self.bytes()
        for count in 0..<whole.count {
            #expect(throws: InputError.self) { try ZipArchive(Array(whole.prefix(count)), file: "cut.zip") }
        }
    }

    @Test("A changed byte is found, or changes a name, a date or a comment only")
    func damaged() throws {
        let whole = try Self.bytes()
        let content = try ZipArchive(whole, file: "z").entries.map(\.bytes)
        for position in whole.indices {
            var bytes = whole
            bytes[position] ^= 0x41
            guard let archive = try? ZipArchive(bytes, file: "z") else { continue }
            #expect(archive.entries.allSatisfy { content.contains($0.bytes) || $0.bytes.isEmpty })
        }
    }

    @Test("What its files come to together is bounded, before any of them is unpacked")
    func size() throws {
        let whole = try Self.bytes()
        let sizes = try ZipArchive(whole, file: "z").entries.map(\.bytes.count)
        let most = sizes.reduce(0, +)
        #expect(try ZipArchive(whole, file: "z", unpackingAtMost: most).entries.count == 2)
        let error = #expect(throws: InputError.self) { try ZipArchive(whole, file: "z", unpackingAtMost: most - 1) }
        #expect(error?.code == .unrecognised && error?.message.contains("unpack it first") == true)
    }

    @Test("Encryption is named")
    func encrypted() throws {
        var bytes = try Self.bytes()
        // The flags of the first packed file, in the directory behind the name of the folder.
        let directory = try #require(bytes.indices.last { bytes[$0...].starts(with: Array("PK\u{1}\u{2}".utf8)) })
        bytes[directory + 8] |= 1
        let error = #expect(throws: InputError.self) { try ZipArchive(bytes, file: "z") }
        #expect(error?.message.contains("encrypted") == true)
    }
}
