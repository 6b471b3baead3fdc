/// Reads the classes of the characters of a UTF-8 text.
///
/// A byte that is not UTF-8 is a symbol of its own, as the replacement character would be.
struct ScalarReader {
    let text: UnsafeBufferPointer<UInt8>
    private let table: [ScalarClass]

    init(_ text: UnsafeBufferPointer<UInt8>) {
        self.text = text
        table = ScalarClass.table
    }

    /// The class of the character at a position and its bytes; no class and no bytes at the text's end.
    @inline(__always)
    func read(_ position: Int) -> (class: ScalarClass, width: Int) {
        guard position < text.count else { return ([], 0) }
        let byte = text[position]
        return byte < 0x80 ? (table[Int(byte)], 1) : readLong(position, byte)
    }

    /// The class of the character at a position; empty at the text's end.
    @inline(__always)
    func at(_ position: Int) -> ScalarClass { read(position).class }

    /// Where the run of characters of a class that begins here ends.
    @inline(__always)
    func run(_ wanted: ScalarClass, from start: Int) -> Int {
        var position = start
        while true {
            let next = read(position)
            guard !next.class.isDisjoint(with: wanted) else { return position }
            position += next.width
        }
    }

    /// Where the run of at most `most` characters of a class that begins here ends.
    func run(_ wanted: ScalarClass, from start: Int, most: Int) -> Int {
        var position = start
        for _ in 0..<most {
            let next = read(position)
            guard !next.class.isDisjoint(with: wanted) else { return position }
            position += next.width
        }
        return position
    }

    private func readLong(_ position: Int, _ lead: UInt8) -> (class: ScalarClass, width: Int) {
        let invalid = (class: ScalarClass.symbol, width: 1)
        let width = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2
        guard lead >= 0xC2, lead <= 0xF4, position + width <= text.count else { return invalid }
        var point = UInt32(lead) & (0x7F >> UInt32(width))
        for offset in 1..<width {
            let byte = text[position + offset]
            guard byte & 0xC0 == 0x80 else { return invalid }
            point = point << 6 | UInt32(byte & 0x3F)
        }
        guard point >= (width == 4 ? 0x10000 : width == 3 ? 0x800 : 0x80), let scalar = Unicode.Scalar(point) else {
            return invalid
        }
        return (point < 0x10000 ? table[Int(point)] : ScalarClass(scalar), width)
    }
}
