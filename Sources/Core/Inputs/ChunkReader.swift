#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// How documents follow each other in an input.
package enum Framing: Sendable, Hashable {
    /// One document per line.
    case lines
    /// RFC 4180 records; the delimiter is a comma, semicolon, tab or bar.
    case delimited(UInt8)
    /// Objects one after the other, however they are laid out.
    case objects
    /// The elements of an array.
    case elements
    /// The elements of the array under one of these keys of an object.
    case elementsUnder([String])
}

/// Cuts a stream of bytes into chunks of whole documents.
package final class ChunkReader {
    /// The usual size of a chunk: small enough to stay in a core's cache.
    package static let chunkSize = 1 << 19
    /// The longest document that is read; longer ones are skipped and reported.
    package static let longestDocument = 16 << 20

    private let source: any ByteSource
    private let framing: Framing
    private var carry: [UInt8] = []
    private var isAtEnd = false
    private var ordinal = 0
    private var framer: any DocumentFramer

    /// Creates a reader.
    package init(source: any ByteSource, framing: Framing) {
        self.source = source
        self.framing = framing
        switch framing {
        case .lines: framer = LineFramer()
        case .delimited: framer = DelimitedFramer(framing: framing)
        case .objects: framer = JSONFramer(elementDepth: 0, keys: nil)
        case .elements: framer = JSONFramer(elementDepth: 1, keys: nil)
        case .elementsUnder(let keys): framer = JSONFramer(elementDepth: 2, keys: keys)
        }
    }

    /// Fills a chunk with the next documents.
    ///
    /// - Returns: whether there was anything left to read.
    /// - Throws: ``InputError`` when the bytes cannot be read.
    package func next(into chunk: Chunk) throws(InputError) -> Bool {
        chunk.reset()
        chunk.ordinal = ordinal
        ordinal += 1
        takeCarry(into: chunk)
        while true {
            try fill(chunk)
            if chunk.count == 0, isAtEnd { return !chunk.skippedLines.isEmpty }
            let cut = framer.frame(chunk, isAtEnd: isAtEnd)
            if cut.end > 0 || isAtEnd {
                carry = Array(UnsafeBufferPointer(start: chunk.bytes + cut.end, count: chunk.count - cut.end))
                chunk.count = cut.end
                return true
            }
            if chunk.count >= Self.longestDocument {
                try skip(chunk)
            } else {
                chunk.grow(to: min(chunk.capacity * 4, Self.longestDocument))
            }
        }
    }

    private func takeCarry(into chunk: Chunk) {
        chunk.grow(to: carry.count)
        carry.withUnsafeBufferPointer {
            if let base = $0.baseAddress { chunk.bytes.update(from: base, count: $0.count) }
        }
        chunk.count = carry.count
        carry.removeAll(keepingCapacity: true)
    }

    private func fill(_ chunk: Chunk) throws(InputError) {
        guard !isAtEnd, chunk.count < chunk.capacity else { return }
        let wanted = chunk.capacity - chunk.count
        let count = try source.read(
            into: UnsafeMutableRawBufferPointer(start: chunk.bytes + chunk.count, count: wanted))
        chunk.count += count
        if count < wanted { isAtEnd = true }
    }

    /// Drops the document that fills the chunk, up to its end.
    private func skip(_ chunk: Chunk) throws(InputError) {
        chunk.skippedLines.append(chunk.leadingLines)
        while true {
            chunk.leadingLines += chunk.buffer.count { $0 == 0x0A }
            chunk.count = 0
            try fill(chunk)
            if chunk.count == 0 { return }
            guard let end = framer.endOfSkipped(chunk.buffer) else { continue }
            chunk.leadingLines += chunk.buffer[..<end].count { $0 == 0x0A }
            chunk.count -= end
            memmove(chunk.bytes, chunk.bytes + end, chunk.count)
            return
        }
    }
}

/// Where a chunk may be cut.
struct FrameCut {
    /// Bytes up to here are whole documents.
    let end: Int
}

/// Finds the documents of a chunk.
protocol DocumentFramer {
    /// Finds the documents and where the last one ends; sets the chunk's documents where they are not its lines.
    mutating func frame(_ chunk: Chunk, isAtEnd: Bool) -> FrameCut
    /// Walks on in a document that was too long for a chunk; the last frame ended inside of it.
    ///
    /// - Returns: the position behind the document, `nil` where it does not end in these bytes.
    mutating func endOfSkipped(_ bytes: UnsafeBufferPointer<UInt8>) -> Int?
}

/// Each line is a document.
struct LineFramer: DocumentFramer {
    mutating func frame(_ chunk: Chunk, isAtEnd: Bool) -> FrameCut {
        if isAtEnd { return FrameCut(end: chunk.count) }
        var position = chunk.count
        while position > 0, chunk.bytes[position - 1] != 0x0A { position -= 1 }
        return FrameCut(end: position)
    }

    mutating func endOfSkipped(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
        bytes.firstIndex(of: 0x0A).map { $0 + 1 }
    }
}

/// RFC 4180: a line feed inside quotes does not end a record. Quotes count only at the start of a cell.
struct DelimitedFramer: DocumentFramer {
    private let delimiter: UInt8
    /// Whether the last frame ended inside of quotes.
    private var endsQuoted = false

    init(framing: Framing) {
        if case .delimited(let delimiter) = framing {
            self.delimiter = delimiter
        } else {
            delimiter = UInt8(ascii: ",")
        }
    }

    mutating func frame(_ chunk: Chunk, isAtEnd: Bool) -> FrameCut {
        var documents: [Chunk.Document] = []
        var start = 0
        var line = 0
        var startLine = 0
        var isQuoted = false
        var isCellStart = true
        var wasQuote = false  // the byte before was a quote that closed the cell
        for position in 0..<chunk.count {
            let byte = chunk.bytes[position]
            if byte == UInt8(ascii: "\"") {
                // A doubled quote closes and opens again, which leaves the state as it was.
                let wasQuoted = isQuoted
                isQuoted = isCellStart || (!isQuoted && wasQuote)
                wasQuote = wasQuoted && !isQuoted
                isCellStart = false
            } else if byte == 0x0A {
                line += 1
                if !isQuoted {
                    append(&documents, chunk, start..<position, startLine)
                    start = position + 1
                    startLine = line
                    isCellStart = true
                }
                wasQuote = false
            } else {
                isCellStart = byte == delimiter && !isQuoted
                wasQuote = false
            }
        }
        if isAtEnd {
            append(&documents, chunk, start..<chunk.count, startLine)
            start = chunk.count
            chunk.hasUnclosedQuote = isQuoted
        }
        chunk.documents = documents
        chunk.lineCount = isAtEnd ? line : startLine
        endsQuoted = isQuoted
        return FrameCut(end: start)
    }

    mutating func endOfSkipped(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
        for position in bytes.indices {
            // A doubled quote turns the state twice.
            if bytes[position] == UInt8(ascii: "\"") { endsQuoted.toggle() }
            if bytes[position] == 0x0A, !endsQuoted { return position + 1 }
        }
        return nil
    }

    private func append(_ documents: inout [Chunk.Document], _ chunk: Chunk, _ range: Range<Int>, _ line: Int) {
        var end = range.upperBound
        if end > range.lowerBound, chunk.bytes[end - 1] == 0x0D { end -= 1 }
        if end > range.lowerBound { documents.append(Chunk.Document(range: range.lowerBound..<end, line: line)) }
    }
}
