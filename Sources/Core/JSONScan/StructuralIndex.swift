internal import CSimdJSON

/// Where the structural characters of a buffer of JSON are: simdjson's first stage.
///
/// The positions of `{ } [ ] : ,` outside strings, of each opening quote, and of the first byte of every other scalar.
/// Belongs to one thread at a time.
package final class StructuralIndex {
    private let index: OpaquePointer

    /// Creates an index. Memory grows with the largest buffer indexed.
    package init() {
        guard let index = payback_json_index_create() else { preconditionFailure("out of memory") }
        self.index = index
    }

    deinit { payback_json_index_destroy(index) }

    /// Indexes a buffer, which may hold several documents one after the other.
    ///
    /// - Throws: ``JSONScanError`` where the bytes are not UTF-8, a string is not closed, or holds a raw control
    ///   character (a line feed in a string included, so a string cannot run over the end of its line).
    package func run(_ start: UnsafePointer<UInt8>, count: Int) throws(JSONScanError) {
        let code = payback_json_index_run(index, start, count)
        if code != 0 { throw JSONScanError(reason: String(cString: payback_json_error_message(code)), position: nil) }
    }

    /// The positions, ascending; valid until the next run.
    package var positions: UnsafeBufferPointer<UInt32> {
        UnsafeBufferPointer(start: payback_json_index_positions(index), count: payback_json_index_count(index))
    }
}

/// Why bytes are not JSON.
package struct JSONScanError: Error, Sendable, Hashable {
    /// What is wrong, in English.
    package let reason: String
    /// The byte where it was noticed, from the start of the buffer, where known.
    package let position: Int?

    /// Creates an error.
    package init(reason: String, position: Int?) { (self.reason, self.position) = (reason, position) }
}
