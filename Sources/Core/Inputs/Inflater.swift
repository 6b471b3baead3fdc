internal import CZlib

/// Decompresses gzip or zlib data that arrives piece by piece, for looking into it: damage ends the output, and is no
/// error of whoever only passes the bytes on.
package final class Inflater {
    /// The most bytes that one piece may become; more is taken for an attack.
    private static let most = 64 << 20
    private var stream = z_stream()
    private var isUsable: Bool

    /// Creates an inflater for a content coding; `nil` for codings that it does not know.
    ///
    /// - Parameter coding: `gzip`, `x-gzip` or `deflate`.
    package init?(_ coding: String) {
        guard ["gzip", "x-gzip", "deflate"].contains(coding.lowercased()) else { return nil }
        let code = inflateInit2_(&stream, 15 + 32, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        isUsable = code == Z_OK
    }

    deinit { inflateEnd(&stream) }

    /// What a piece becomes.
    package func push(_ piece: UnsafeRawBufferPointer) -> [UInt8] {
        guard isUsable, !piece.isEmpty else { return [] }
        var result: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        stream.next_in = UnsafeMutablePointer(mutating: piece.bindMemory(to: UInt8.self).baseAddress)
        stream.avail_in = UInt32(piece.count)
        repeat {
            let code = buffer.withUnsafeMutableBufferPointer { output in
                stream.next_out = output.baseAddress
                stream.avail_out = UInt32(output.count)
                return inflate(&stream, Z_SYNC_FLUSH)
            }
            result += buffer[..<(buffer.count - Int(stream.avail_out))]
            isUsable = code == Z_OK && result.count < Self.most
        } while isUsable && (stream.avail_in > 0 || stream.avail_out == 0)
        return result
    }
}
