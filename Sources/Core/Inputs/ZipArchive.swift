internal import CZlib

/// The files of a zip archive, unpacked in memory: exports of consoles are small.
package struct ZipArchive {
    /// A file of the archive.
    package struct Entry: Sendable {
        /// Its name, with its folders.
        package let name: String
        /// What it holds.
        package let bytes: [UInt8]
    }

    /// The most bytes that an archive, or one of its files, may have; more is taken for an attack.
    package static let mostBytes = 256 << 20

    /// The most bytes that all files of an archive may have together: they are in memory at one time.
    package static let mostUnpackedBytes = 512 << 20

    /// The files in their order; folders and what macOS adds are left out.
    package let entries: [Entry]

    /// Unpacks an archive.
    ///
    /// - Parameter most: the most bytes that its files may have together.
    /// - Throws: ``InputError`` where it is damaged, encrypted, too large, or packed in a way that is not read.
    package init(
        _ bytes: [UInt8], file: String, unpackingAtMost most: Int = mostUnpackedBytes
    ) throws(InputError) {
        let reader = ZipReader(bytes: bytes, file: file, most: most)
        entries = try reader.entries()
    }
}

/// Walks the directory at an archive's end, by PKWARE's APPNOTE 6.3.
private struct ZipReader {
    let bytes: [UInt8]
    let file: String
    let most: Int

    func entries() throws(InputError) -> [ZipArchive.Entry] {
        let end = try endOfDirectory()
        let count = try number(end + 10, 2)
        var position = try number(end + 16, 4)
        var result: [ZipArchive.Entry] = []
        var unpacked = 0
        for _ in 0..<count {
            guard try number(position, 4) == 0x0201_4b50 else { throw damaged }
            let (nameLength, extra, comment) = (
                try number(position + 28, 2), try number(position + 30, 2), try number(position + 32, 2)
            )
            let name = String(decoding: try slice(position + 46, nameLength), as: UTF8.self)
            if !name.hasSuffix("/"), !name.hasPrefix("__MACOSX/") {
                // What is stated counts before anything is unpacked: a file that has more is damaged.
                unpacked += try number(position + 24, 4)
                guard unpacked <= most else { throw tooLarge }
                result.append(ZipArchive.Entry(name: name, bytes: try content(position, name: name)))
            }
            position += 46 + nameLength + extra + comment
        }
        return result
    }

    private func content(_ header: Int, name: String) throws(InputError) -> [UInt8] {
        guard try number(header + 8, 2) & 1 == 0 else {
            throw InputError(.unrecognised, file: file, "\(name) in the archive is encrypted; unpack it first.")
        }
        let (packed, size) = (try number(header + 20, 4), try number(header + 24, 4))
        let start = try number(header + 42, 4)
        guard size <= ZipArchive.mostBytes, try number(start, 4) == 0x0403_4b50 else { throw damaged }
        let data = try slice(start + 30 + (try number(start + 26, 2)) + (try number(start + 28, 2)), packed)
        let result: [UInt8]
        switch try number(header + 10, 2) {
        case 0: result = Array(data)
        case 8: result = try inflated(data, size: size)
        default:
            throw InputError(
                .unrecognised, file: file,
                "\(name) in the archive is packed in a way that is not read; unpack it first.")
        }
        guard result.count == size, checksum(result) == (try number(header + 16, 4)) else { throw damaged }
        return result
    }

    private func inflated(_ data: ArraySlice<UInt8>, size: Int) throws(InputError) -> [UInt8] {
        var stream = z_stream()
        inflateInit2_(&stream, -15, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        defer { inflateEnd(&stream) }
        var input = Array(data)
        // One more byte than there should be tells whether there is more.
        var output = [UInt8](repeating: 0, count: size + 1)
        let code = input.withUnsafeMutableBufferPointer { source in
            output.withUnsafeMutableBufferPointer { target in
                (stream.next_in, stream.avail_in) = (source.baseAddress, UInt32(source.count))
                (stream.next_out, stream.avail_out) = (target.baseAddress, UInt32(target.count))
                return inflate(&stream, Z_FINISH)
            }
        }
        guard code == Z_STREAM_END, stream.avail_out == 1 else { throw damaged }
        output.removeLast()
        return output
    }

    private func checksum(_ bytes: [UInt8]) -> Int {
        bytes.withUnsafeBufferPointer { Int(crc32(0, $0.baseAddress, UInt32($0.count))) }
    }

    /// The record at the end; a comment of up to 64 KiB may follow it.
    private func endOfDirectory() throws(InputError) -> Int {
        var position = bytes.count - 22
        while position >= max(0, bytes.count - 22 - 65_535) {
            if try number(position, 4) == 0x0605_4b50 { return position }
            position -= 1
        }
        throw damaged
    }

    /// A number of so many bytes, the lowest first.
    private func number(_ position: Int, _ count: Int) throws(InputError) -> Int {
        try slice(position, count).reversed().reduce(0) { $0 << 8 | Int($1) }
    }

    private func slice(_ position: Int, _ count: Int) throws(InputError) -> ArraySlice<UInt8> {
        guard position >= 0, count >= 0, position <= bytes.count - count else { throw damaged }
        return bytes[position..<(position + count)]
    }

    private var tooLarge: InputError {
        InputError(
            .unrecognised, file: file,
            "The files of the zip archive are larger than \(most >> 20) MiB together; unpack it first.")
    }

    private var damaged: InputError {
        InputError(.malformed, file: file, "The zip archive is damaged or cut off. Fetch or export it again.")
    }
}

extension ByteSource where Self == FileByteSource {
    /// Opens a file as ``opening(_:)`` does; a zip archive is each of its files, by their names behind the archive's.
    package static func openingAll(_ path: String) throws(InputError) -> [(name: String, source: any ByteSource)] {
        let source = try FileByteSource.opening(path)
        var head = [UInt8](repeating: 0, count: 4)
        let count = try source.read(into: &head)
        head.removeLast(4 - count)
        let whole = PrefixedByteSource(prefix: head, rest: source)
        guard head == [0x50, 0x4B, 0x03, 0x04] else {
            return [(path == "-" ? "standard input" : path, whole)]
        }
        let archive = try ZipArchive(allBytes(of: whole, path), file: path)
        return archive.entries.map { ("\(path)/\($0.name)", MemoryByteSource($0.bytes)) }
    }

    private static func allBytes(of source: any ByteSource, _ path: String) throws(InputError) -> [UInt8] {
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 1 << 20)
        while true {
            let count = try source.read(into: &piece)
            bytes += piece[..<count]
            guard bytes.count <= ZipArchive.mostBytes else {
                throw InputError(.unrecognised, file: path, "The zip archive is too large; unpack it first.")
            }
            if count < piece.count { return bytes }
        }
    }
}
