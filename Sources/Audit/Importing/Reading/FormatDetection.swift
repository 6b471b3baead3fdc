package import Inputs
internal import JSONScan

/// What an input turned out to be.
package struct DetectedInput {
    /// How its documents follow each other.
    package let framing: Framing
    /// Its format.
    package let format: any UsageFormat
    /// The columns, where it is CSV.
    package let header: [String]?
    /// The bytes, from the first document on.
    package let source: any ByteSource
    /// Lines before the first document.
    package let firstLine: Int
}

/// Recognises an input by its content.
package enum FormatDetection {
    /// How much of an input is looked at.
    static let sampleSize = 1 << 18
    /// Keys under which tools wrap an array of rows.
    static let wrapperKeys = [
        "data", "resourceSpans", "spans", "logs", "results", "rows", "observations", "items", "records",
        "events",
    ]

    /// Keys that a row has and an object around rows has not.
    static let rowKeys = [
        "model", "request_id", "prompt_tokens", "input_tokens", "usage", "provided_model_name", "type",
        "start_time", "starting_at", "actor",
    ]

    /// Looks at the beginning of a source and decides.
    ///
    /// - Parameters:
    ///   - forced: the format, where the user named it.
    /// - Returns: `nil` for an empty input.
    /// - Throws: ``InputError`` where it cannot be read or is nothing that Payback reads.
    package static func detect(
        _ source: any ByteSource, file: String, forced: (any UsageFormat)? = nil
    ) throws(InputError) -> DetectedInput? {
        var head = try HeadReader.read(source, count: sampleSize)
        // A row may be longer than the sample: read on until one is whole.
        while !head.isWhole, head.bytes.count < ChunkReader.longestDocument, !holdsDocument(head.bytes) {
            let more = try HeadReader.read(source, count: head.bytes.count * 3)
            head = (head.bytes + more.bytes, more.isWhole)
        }
        guard let first = head.bytes.first(where: { !isBlank($0) }) else { return nil }
        try refuseUnreadable(head.bytes, file: file)
        let rest = PrefixedByteSource(prefix: head.bytes, rest: source)
        if first == UInt8(ascii: "{") || first == UInt8(ascii: "[") {
            return json(head.bytes, rest, isArray: first == UInt8(ascii: "["), forced: forced)
        }
        return try delimited(head.bytes, source, file: file, forced: forced)
    }

    /// Names the inputs whose first bytes say that they cannot be read.
    private static func refuseUnreadable(_ head: [UInt8], file: String) throws(InputError) {
        if head.starts(with: [0xFF, 0xFE]) || head.starts(with: [0xFE, 0xFF]) {
            throw InputError(
                .unrecognised, file: file, "It is UTF-16; convert it, for example: iconv -f UTF-16 -t UTF-8.")
        }
        if head.starts(with: Array("PAR1".utf8)) {
            throw InputError(
                .unrecognised, file: file,
                "Parquet has to be made CSV first: Scripts/from-parquet does it (docs/formats.md).")
        }
        if head.starts(with: Array("PK".utf8)) {
            throw InputError(.unrecognised, file: file, "It is a zip archive inside another input; unpack it first.")
        }
        if head.starts(with: Array("# HELP ".utf8)) || head.starts(with: Array("# TYPE ".utf8)) {
            throw InputError(
                .unrecognised, file: file,
                "It is a page of Prometheus metrics: counters since a server's start, of no period. Import the requests "
                    + "that a gateway or a tracing tool logged instead.")
        }
    }

    /// Whether a sample of JSON holds a whole object; anything else needs no more than its first line.
    private static func holdsDocument(_ head: [UInt8]) -> Bool {
        guard let first = head.first(where: { !isBlank($0) }), first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
        else { return true }
        if first == UInt8(ascii: "[") { return !elements(head, .elements).isEmpty }
        return !elements(head, .objects).isEmpty
            || wrapperKeys.contains { !elements(head, .elementsUnder([$0])).isEmpty }
    }

    // MARK: JSON

    private static func json(
        _ head: [UInt8], _ source: any ByteSource, isArray: Bool, forced: (any UsageFormat)?
    ) -> DetectedInput {
        let (framing, objects) = isArray ? (.elements, elements(head, .elements)) : freeObjects(head)
        let sample = FormatSample(
            isJSON: true, keys: Set(objects.flatMap { $0.members.map(\.key) }), first: objects.first)
        let format = forced ?? FormatRegistry.all.first { $0.recognises(sample) } ?? GenericFormat()
        return DetectedInput(framing: framing, format: format, header: nil, source: source, firstLine: 0)
    }

    /// Objects one per line, laid out over several lines, or one object around an array.
    private static func freeObjects(_ head: [UInt8]) -> (Framing, [JSONValue]) {
        let first = elements(head, .objects)
        if case .object(let members)? = first.first, !members.contains(where: { rowKeys.contains($0.key) }),
            let wrapper = members.first(where: { wrapperKeys.contains($0.key) && isRows($0.value) })
        {
            return (.elementsUnder([wrapper.key]), wrapper.value.elements)
        }
        // A wrapper longer than the sample does not parse as a whole: look for the key that opens it.
        if first.isEmpty {
            for key in wrapperKeys {
                let inside = elements(head, .elementsUnder([key]))
                if !inside.isEmpty { return (.elementsUnder([key]), inside) }
            }
        }
        let lines = elements(head, .lines)
        return (
            lines.count >= first.count || first.count < 2 && lines.count > 0 ? .lines : .objects,
            lines.isEmpty ? first : lines
        )
    }

    private static func isRows(_ value: JSONValue) -> Bool {
        guard case .object? = value.elements.first else { return false }
        return true
    }

    /// The first few whole documents of the sample that are JSON.
    private static func elements(_ head: [UInt8], _ framing: Framing) -> [JSONValue] {
        let reader = ChunkReader(source: MemoryByteSource(head), framing: framing)
        let chunk = Chunk(capacity: head.count + 1)
        guard let more = try? reader.next(into: chunk), more else { return [] }
        let ranges = chunk.documents?.map(\.range) ?? chunk.lineRanges
        return ranges.prefix(20).compactMap { try? JSONValue.parse(UnsafeBufferPointer(rebasing: chunk.buffer[$0])) }
            .filter { if case .object = $0 { true } else { false } }
    }

    // MARK: CSV

    private static func delimited(
        _ head: [UInt8], _ source: any ByteSource, file: String, forced: (any UsageFormat)?
    ) throws(InputError) -> DetectedInput {
        let lineEnd = head.firstIndex(of: 0x0A) ?? head.count
        var line = head[..<lineEnd]
        if line.last == 0x0D { line.removeLast() }
        let delimiter =
            [",", ";", "\t", "|"].map { UInt8(ascii: $0) }
            .max { a, b in line.count { $0 == a } < line.count { $0 == b } } ?? UInt8(ascii: ",")
        let header = Array(line).withUnsafeBufferPointer { DelimitedRecord.strings($0, delimiter: delimiter) }
        guard head.prefix(4096).allSatisfy({ $0 >= 0x09 }), header.contains(where: { $0.contains(where: \.isLetter) })
        else {
            throw InputError(
                .unrecognised, file: file,
                "It is neither JSON nor CSV with a header line. Name its format with --source, or convert it.")
        }
        let sample = FormatSample(isJSON: false, keys: Set(header), first: nil)
        let format = forced ?? FormatRegistry.all.first { $0.recognises(sample) } ?? GenericFormat()
        let body = Array(head[min(lineEnd + 1, head.count)...])
        return DetectedInput(
            framing: .delimited(delimiter), format: format, header: header,
            source: PrefixedByteSource(prefix: body, rest: source), firstLine: 1)
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte <= 0x20 }
}

/// Reads the beginning of a source.
enum HeadReader {
    static func read(_ source: any ByteSource, count: Int) throws(InputError) -> (bytes: [UInt8], isWhole: Bool) {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: count, alignment: 16)
        defer { buffer.deallocate() }
        let filled = try source.read(into: buffer)
        var bytes = Array(buffer[..<filled])
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
        return (bytes, filled < count)
    }
}

extension Chunk {
    /// The ranges of the chunk's lines, empty ones left out.
    var lineRanges: [Range<Int>] {
        buffer.split(separator: 0x0A).map { $0.startIndex..<$0.endIndex }
    }
}
