internal import CZlib
internal import CZstd

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// A stream of bytes: a file, standard input, or either of them decompressed.
package protocol ByteSource: AnyObject {
    /// Fills a buffer from its start as far as possible.
    ///
    /// - Returns: the number of bytes; 0 at the end.
    /// - Throws: ``InputError`` when the bytes cannot be read or decompressed.
    func read(into buffer: UnsafeMutableRawBufferPointer) throws(InputError) -> Int
}

extension ByteSource {
    /// Fills an array from its start as far as possible; see ``read(into:)``.
    func read(into array: inout [UInt8]) throws(InputError) -> Int {
        let result = array.withUnsafeMutableBytes { raw in
            Result { () throws(InputError) in try read(into: raw) }
        }
        return try result.get()
    }
}

/// Bytes of a file descriptor.
package final class FileByteSource: ByteSource {
    private let name: String
    private let descriptor: Int32
    private let closes: Bool

    /// Opens a file, or standard input for `-`.
    ///
    /// - Throws: ``InputError`` where there is no such file, it is a directory, or may not be read.
    package init(path: String) throws(InputError) {
        name = path == "-" ? "standard input" : path
        closes = path != "-"
        descriptor = path == "-" ? 0 : open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            let reason = errno
            if reason == ENOENT { throw InputError(.notFound, file: path, "There is no such file.") }
            throw InputError(.unreadable, file: path, "It cannot be opened: \(String(cString: strerror(reason))).")
        }
        var status = stat()
        if fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
            throw InputError(
                .unreadable, file: path, "It is a directory; name the files in it, for example \(path)/*.jsonl.")
        }
    }

    deinit { if closes, descriptor >= 0 { close(descriptor) } }

    package func read(into buffer: UnsafeMutableRawBufferPointer) throws(InputError) -> Int {
        var filled = 0
        while filled < buffer.count {
            #if canImport(Glibc)
                let count = Glibc.read(descriptor, buffer.baseAddress?.advanced(by: filled), buffer.count - filled)
            #else
                let count = Darwin.read(descriptor, buffer.baseAddress?.advanced(by: filled), buffer.count - filled)
            #endif
            if count == 0 { break }
            if count < 0 {
                if errno == EINTR { continue }
                throw InputError(.unreadable, file: name, "Reading failed: \(String(cString: strerror(errno))).")
            }
            filled += count
        }
        return filled
    }
}

/// Bytes that are in memory already.
package final class MemoryByteSource: ByteSource {
    private let bytes: [UInt8]
    private var position = 0

    /// Creates a source over bytes.
    package init(_ bytes: [UInt8]) { self.bytes = bytes }

    package func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        let count = min(buffer.count, bytes.count - position)
        bytes.withUnsafeBytes {
            buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[position..<(position + count)]))
        }
        position += count
        return count
    }
}

/// Puts bytes that were read ahead in front of a source again.
package final class PrefixedByteSource: ByteSource {
    private var prefix: ArraySlice<UInt8>
    private let rest: any ByteSource

    /// Creates a source that gives `prefix`, then `rest`.
    package init(prefix: [UInt8], rest: any ByteSource) {
        self.prefix = prefix[...]
        self.rest = rest
    }

    package func read(into buffer: UnsafeMutableRawBufferPointer) throws(InputError) -> Int {
        let count = min(buffer.count, prefix.count)
        prefix.withUnsafeBytes { buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[..<count])) }
        prefix.removeFirst(count)
        if count == buffer.count { return count }
        return count + (try rest.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[count...])))
    }
}

/// Decompresses gzip; several members one after the other are read as one stream.
package final class GzipByteSource: ByteSource {
    private let name: String
    private let compressed: any ByteSource
    private var stream = z_stream()
    private var input = [UInt8](repeating: 0, count: 1 << 17)
    private var filled = 0
    private var consumed = 0
    private var isEnded = false
    private var memberIsOpen = false
    private var membersRead = 0

    /// Creates a source that decompresses `compressed`.
    package init(name: String, compressed: any ByteSource) {
        self.name = name
        self.compressed = compressed
        inflateInit2_(&stream, 15 + 32, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    }

    deinit { inflateEnd(&stream) }

    package func read(into buffer: UnsafeMutableRawBufferPointer) throws(InputError) -> Int {
        guard !isEnded, let start = buffer.baseAddress else { return 0 }
        stream.next_out = start.assumingMemoryBound(to: UInt8.self)
        stream.avail_out = UInt32(buffer.count)
        while stream.avail_out > 0 {
            if consumed == filled {
                filled = try compressed.read(into: &input)
                consumed = 0
                if filled == 0 { try end(); break }
            }
            try inflateOnce()
            if isEnded { break }
        }
        return buffer.count - Int(stream.avail_out)
    }

    private func inflateOnce() throws(InputError) {
        let code = input.withUnsafeMutableBufferPointer { bytes in
            stream.next_in = bytes.baseAddress.map { $0 + consumed }
            stream.avail_in = UInt32(filled - consumed)
            let code = inflate(&stream, Z_NO_FLUSH)
            consumed = filled - Int(stream.avail_in)
            return code
        }
        switch code {
        case Z_OK, Z_BUF_ERROR: memberIsOpen = true
        case Z_STREAM_END:
            memberIsOpen = false
            membersRead += 1
            inflateReset(&stream)
        default:
            if !memberIsOpen, membersRead > 0 {  // padding behind the last member
                isEnded = true
                return
            }
            throw InputError(.malformed, file: name, "The gzip data is damaged. Fetch or export the file again.")
        }
    }

    private func end() throws(InputError) {
        isEnded = true
        guard memberIsOpen else { return }
        throw InputError(
            .malformed, file: name, "The gzip data ends in the middle: the file was cut off. Fetch or export it again.")
    }
}

/// Decompresses Zstandard.
package final class ZstdByteSource: ByteSource {
    private let name: String
    private let compressed: any ByteSource
    private let stream: OpaquePointer?
    private var input = [UInt8](repeating: 0, count: 1 << 17)
    private var filled = 0
    private var consumed = 0
    private var frameIsOpen = false

    /// Creates a source that decompresses `compressed`.
    package init(name: String, compressed: any ByteSource) {
        self.name = name
        self.compressed = compressed
        stream = ZSTD_createDStream()
    }

    deinit { ZSTD_freeDStream(stream) }

    package func read(into buffer: UnsafeMutableRawBufferPointer) throws(InputError) -> Int {
        var output = ZSTD_outBuffer(dst: buffer.baseAddress, size: buffer.count, pos: 0)
        while output.pos < output.size {
            if consumed == filled {
                filled = try compressed.read(into: &input)
                consumed = 0
                if filled == 0 {
                    guard frameIsOpen else { break }
                    throw InputError(
                        .malformed, file: name,
                        "The zstd data ends in the middle: the file was cut off. Fetch it again.")
                }
            }
            let code = input.withUnsafeBytes { bytes in
                var source = ZSTD_inBuffer(src: bytes.baseAddress, size: filled, pos: consumed)
                let code = ZSTD_decompressStream(stream, &output, &source)
                consumed = source.pos
                return code
            }
            guard ZSTD_isError(code) == 0 else {
                throw InputError(.malformed, file: name, "The zstd data is damaged. Fetch or export the file again.")
            }
            frameIsOpen = code != 0
        }
        return output.pos
    }
}

extension ByteSource where Self == FileByteSource {
    /// Opens a file or standard input (`-`), decompressed where its first bytes say gzip or Zstandard.
    package static func opening(_ path: String) throws(InputError) -> any ByteSource {
        let file = try FileByteSource(path: path)
        var head = [UInt8](repeating: 0, count: 4)
        let count = try file.read(into: &head)
        head.removeLast(4 - count)
        let whole = PrefixedByteSource(prefix: head, rest: file)
        if head.starts(with: [0x1F, 0x8B]) { return GzipByteSource(name: path, compressed: whole) }
        if head == [0x28, 0xB5, 0x2F, 0xFD] { return ZstdByteSource(name: path, compressed: whole) }
        return whole
    }
}
