package import Domain
package import Inputs
package import Pricing
package import Prompts

/// Reads inputs into a sink: detects formats, parses chunks in parallel, hands batches over in order.
///
/// The parent task reads and folds; child tasks parse. Everything that is order-dependent (which of two equal records
/// counts, which block was seen before) happens in the parent, so a run's result does not depend on the machine.
package struct ImportRun: Sendable {
    /// What a run is to do.
    package struct Options: Sendable {
        /// The format, where the user named it.
        package var format: (any UsageFormat)?
        /// Prices for records that carry no cost.
        package var prices: PriceBook
        /// The key under which prompts are hashed.
        package var promptKey: PromptKey
        /// Whether texts of prompts are handed to the sink, for templates.
        package var keepsPromptText: Bool
        /// How many chunks are parsed at a time.
        package var width: Int

        /// Creates options.
        package init(
            format: (any UsageFormat)? = nil, prices: PriceBook, promptKey: PromptKey = .fileAudit,
            keepsPromptText: Bool = true, width: Int = 2
        ) {
            (self.format, self.prices, self.promptKey) = (format, prices, promptKey)
            (self.keepsPromptText, self.width) = (keepsPromptText, width)
        }
    }

    private let options: Options

    /// Creates a run.
    package init(options: Options) { self.options = options }

    /// Reads files (`-` is standard input) into a sink, in the given order; a zip archive is each of its files.
    ///
    /// - Throws: ``InputError`` for the first input that cannot be read; what came before it has reached the sink.
    package func read<Sink: RecordSink>(files: [String], into sink: inout Sink) async throws -> ReadingSummary {
        var summary = ReadingSummary()
        var number = 0
        for file in files {
            for input in try FileByteSource.openingAll(file) {
                try await read(input.source, named: input.name, number: number, into: &sink, &summary)
                number += 1
            }
        }
        return summary
    }

    /// Reads one source of bytes into a sink.
    package func read<Sink: RecordSink>(
        _ source: any ByteSource, named file: String, number: Int = 0, into sink: inout Sink,
        _ summary: inout ReadingSummary
    ) async throws {
        guard let input = try FormatDetection.detect(source, file: file, forced: options.format) else {
            summary.inputs.append((file, nil))
            summary.diagnostics.add(Diagnostic("empty_file", "The file is empty.", severity: .note, file: file))
            return
        }
        summary.inputs.append((file, input.format.name))
        let reader = ChunkReader(source: input.source, framing: input.framing)
        let pool = (0..<max(options.width, 1)).map { _ in
            ChunkParser(
                input: input, prices: options.prices, promptKey: options.promptKey,
                keepsPromptText: options.keepsPromptText)
        }
        var fold = OrderedFold(file: file, input: number, firstLine: input.firstLine, pool: pool)
        try await fold.run(reader, into: &sink, &summary)
        if fold.rows == 0 {
            summary.diagnostics.add(
                Diagnostic(
                    "no_rows", "The file has a header and no rows: it reports no usage.", severity: .note, file: file))
        }
    }
}

/// Keeps parsers busy and hands their results over in the order of the chunks.
private struct OrderedFold {
    let file: String
    let input: Int
    let firstLine: Int
    let pool: [ChunkParser]
    var rows = 0
    private var line: Int
    private var idle: [Int]
    private var waiting: [Int: Int] = [:]
    private var nextOrdinal = 0

    init(file: String, input: Int, firstLine: Int, pool: [ChunkParser]) {
        (self.file, self.input, self.firstLine, self.pool) = (file, input, firstLine, pool)
        line = firstLine
        idle = Array(pool.indices)
    }

    mutating func run<Sink: RecordSink>(
        _ reader: ChunkReader, into sink: inout Sink, _ summary: inout ReadingSummary
    ) async throws {
        try await withThrowingTaskGroup(of: Int.self) { group in
            var isAtEnd = false
            while true {
                while !isAtEnd, let parser = idle.popLast() {
                    if try reader.next(into: pool[parser].chunk) {
                        let work = pool[parser]
                        group.addTask {
                            work.parse()
                            return parser
                        }
                    } else {
                        isAtEnd = true
                    }
                }
                guard let done = try await group.next() else { return }
                waiting[pool[done].chunk.ordinal] = done
                while let parser = waiting.removeValue(forKey: nextOrdinal) {
                    try hand(over: parser, to: &sink, &summary)
                    idle.append(parser)
                    nextOrdinal += 1
                }
            }
        }
    }

    private mutating func hand<Sink: RecordSink>(
        over number: Int, to sink: inout Sink, _ summary: inout ReadingSummary
    ) throws {
        let parser = pool[number]
        try sink.take(parser.builder.batch, from: BatchOrigin(input: input, parser: input << 8 | number))
        summary.rowsRead += parser.rowsRead
        rows += parser.rowsRead
        summary.diagnostics.add(parser.builder.diagnostics, file: file, lineOffset: line)
        line += parser.lineCount
    }
}
