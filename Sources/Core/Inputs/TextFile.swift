internal import Domain

/// Whole small files: mappings, price lists, configurations.
package enum TextFile {
    /// The largest file that is read whole.
    package static let largest = 64 << 20

    /// Reads a file, decompressed where it is gzip or Zstandard; a byte order mark is dropped.
    ///
    /// - Throws: ``InputError`` where it cannot be read, is larger than ``largest``, or is not UTF-8.
    package static func read(_ path: String) throws(InputError) -> String {
        let source = try FileByteSource.opening(path)
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = try source.read(into: &buffer)
            if count == 0 { break }
            bytes.append(contentsOf: buffer[..<count])
            guard bytes.count <= largest else {
                throw InputError(.malformed, file: path, "It is larger than \(largest >> 20) MiB.")
            }
        }
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw InputError(.malformed, file: path, "It is not UTF-8 text.")
        }
        return text
    }
}

/// What looks like a number.
enum ExactDecimalText {
    static func isNumber(_ text: String) -> Bool {
        guard let first = text.utf8.first,
            first == UInt8(ascii: "-") || first == UInt8(ascii: ".") || (0x30...0x39).contains(first)
        else { return false }
        return ExactDecimal(text) != nil
    }
}
