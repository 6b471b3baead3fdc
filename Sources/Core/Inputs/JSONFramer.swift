/// Finds the objects of a JSON document that is not one object per line: an array's elements, or objects laid out
/// over several lines.
///
/// It counts brackets outside strings and nothing else; what it cuts out is checked by whoever parses it.
struct JSONFramer: DocumentFramer {
    /// The depth at which elements stand: 0 for free objects, 1 in an array, 2 in an array under a key.
    private let elementDepth: Int
    private let keys: [[UInt8]]?

    // The state before the first byte of the chunk.
    private var depth = 0
    private var isUnderKey = false
    private var open = OpenElement()

    /// Where the last frame ended, inside of an element that was too long.
    private struct OpenElement {
        var depth = 0
        var isInString = false
        var isEscaped = false
    }

    init(elementDepth: Int, keys: [String]?) {
        self.elementDepth = elementDepth
        self.keys = keys?.map { Array($0.utf8) }
    }

    mutating func endOfSkipped(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
        for position in bytes.indices {
            let byte = bytes[position]
            if open.isEscaped {
                open.isEscaped = false
            } else if open.isInString {
                if byte == UInt8(ascii: "\\") { open.isEscaped = true }
                if byte == UInt8(ascii: "\"") { open.isInString = false }
            } else {
                switch byte {
                case UInt8(ascii: "\""): open.isInString = true
                case UInt8(ascii: "{"), UInt8(ascii: "["): open.depth += 1
                case UInt8(ascii: "}"), UInt8(ascii: "]"): open.depth -= 1
                default: break
                }
                if open.depth <= elementDepth, byte != UInt8(ascii: "\"") {
                    (depth, isUnderKey) = (max(open.depth, 0), true)
                    return position + 1
                }
            }
        }
        return nil
    }

    mutating func frame(_ chunk: Chunk, isAtEnd: Bool) -> FrameCut {
        var walk = JSONFramerWalk(depth: depth, isUnderKey: isUnderKey)
        while walk.position < chunk.count { step(&walk, chunk) }
        // Without a whole element the chunk has to grow and be looked at again from the same state.
        if walk.documents.isEmpty, !isAtEnd, walk.elementStart != nil || walk.isInString {
            open = OpenElement(depth: walk.depth, isInString: walk.isInString, isEscaped: walk.position > chunk.count)
            return FrameCut(end: 0)
        }
        if isAtEnd, let start = walk.elementStart {
            walk.documents.append(Chunk.Document(range: start..<chunk.count, line: walk.elementLine))
        }
        let end = isAtEnd ? chunk.count : walk.safeEnd(chunk.count)
        depth = walk.elementStart == nil ? walk.depth : elementDepth
        isUnderKey = walk.isUnderKey
        chunk.documents = walk.documents
        chunk.lineCount = walk.line(at: end, chunk)
        return FrameCut(end: end)
    }

    private func step(_ walk: inout JSONFramerWalk, _ chunk: Chunk) {
        let byte = chunk.bytes[walk.position]
        if walk.isInString {
            walk.stepInString(byte, chunk)
        } else {
            switch byte {
            case UInt8(ascii: "\""):
                if isElementPlace(walk) { walk.startElement() }
                walk.isInString = true
                walk.stringStart = walk.position + 1
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                if isElementPlace(walk) { walk.startElement() }
                if walk.depth == 1, keys != nil {
                    walk.isUnderKey = byte == UInt8(ascii: "[") && walk.keyMatches(keys, chunk)
                }
                walk.depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                if walk.depth == elementDepth, elementDepth > 0 { walk.endElement(at: walk.position) }
                walk.depth = max(walk.depth - 1, 0)
                if walk.depth == elementDepth { walk.endElement(at: walk.position + 1) }
            case UInt8(ascii: ","):
                if walk.depth == elementDepth { walk.endElement(at: walk.position) }
            case 0x0A: walk.line += 1
            case 0x20, 0x0D, 0x09: break
            default: if isElementPlace(walk) { walk.startElement() }
            }
        }
        walk.position += 1
    }

    private func isElementPlace(_ walk: JSONFramerWalk) -> Bool {
        walk.depth == elementDepth && walk.elementStart == nil && (keys == nil || walk.isUnderKey)
    }
}

/// Where the framer stands in a chunk.
struct JSONFramerWalk {
    var depth: Int
    var isUnderKey: Bool
    var position = 0
    var line = 0
    var isInString = false
    var stringStart = 0
    var stringEnd = 0
    var elementStart: Int?
    var elementLine = 0
    var lastEnd = 0
    var documents: [Chunk.Document] = []

    init(depth: Int, isUnderKey: Bool) { (self.depth, self.isUnderKey) = (depth, isUnderKey) }

    mutating func stepInString(_ byte: UInt8, _ chunk: Chunk) {
        switch byte {
        case UInt8(ascii: "\\"):
            position += 1
        case UInt8(ascii: "\""):
            isInString = false
            stringEnd = position
        case 0x0A: line += 1
        default: break
        }
    }

    mutating func startElement() {
        elementStart = position
        elementLine = line
    }

    mutating func endElement(at end: Int) {
        guard let start = elementStart else { return }
        documents.append(Chunk.Document(range: start..<end, line: elementLine))
        elementStart = nil
        lastEnd = end
    }

    func keyMatches(_ keys: [[UInt8]]?, _ chunk: Chunk) -> Bool {
        let key = UnsafeBufferPointer(start: chunk.bytes + stringStart, count: max(stringEnd - stringStart, 0))
        return keys?.contains { $0.elementsEqual(key) } ?? true
    }

    /// Up to where nothing is left open.
    func safeEnd(_ count: Int) -> Int {
        if let elementStart { return elementStart }
        // A key may still have its array before it.
        return isInString || depth == 1 && stringStart > 0 ? max(lastEnd, stringStart - 1) : count
    }

    /// The line feeds before `end`.
    func line(at end: Int, _ chunk: Chunk) -> Int {
        elementStart == end ? elementLine : line
    }
}
