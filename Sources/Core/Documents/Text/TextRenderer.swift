/// Writes a document for a terminal or a text file.
package struct TextRenderer: Sendable {
    /// No line is wider, commands to copy excepted.
    let width: Int
    let style: TerminalStyle
    /// Running text stays narrower than tables, so that eyes find the next line.
    private static let measure = 72
    static let indentation = "  "

    /// Creates a renderer for a terminal of a width.
    package init(width: Int = 100, useColour: Bool) {
        self.width = max(width, 20)
        style = TerminalStyle(isOn: useColour)
    }

    /// The document as text that ends with a line break.
    package func render(_ document: Document) -> String {
        var lines = wrapped(document.title, indented: "", to: width).map(style.bold)
        lines += wrapped(document.subtitle, indented: "", to: width)
        for (position, block) in document.blocks.enumerated() {
            let follows = position > 0 ? document.blocks[position - 1].isHeading : false
            if !(follows && !block.isHeading) { lines.append("") }
            lines += self.lines(of: block)
        }
        if !document.notes.isEmpty { lines += [""] + document.notes.flatMap { self.lines(of: $0) } }
        return lines.joined(separator: "\n") + "\n"
    }

    private func lines(of block: Block) -> [String] {
        switch block {
        case .heading(let level, let text):
            return wrapped(text, indented: "", to: width).map { level <= 2 ? style.bold($0) : $0 }
        case .paragraph(let text): return running(text)
        case .figures(let figures): return lines(of: figures)
        case .table(let table): return lines(of: table)
        case .bars(let chart): return lines(of: chart)
        case .lines(let chart): return lines(of: chart)
        case .ranges(let chart): return lines(of: chart)
        case .list(let items): return items.flatMap { hanging("•", $0) }
        case .hint(let hint): return lines(of: hint)
        }
    }

    // MARK: Running text

    private func running(_ text: String) -> [String] {
        wrapped(text, indented: Self.indentation, to: min(width, Self.measure + Self.indentation.count))
    }

    /// A text whose lines stand behind a mark.
    private func hanging(_ mark: String, _ text: String) -> [String] {
        let blank = Self.indentation + PlainText.blanks(PlainText.width(mark) + 1)
        let lines = wrapped(text, indented: blank, to: min(width, Self.measure + blank.count))
        guard let first = lines.first else { return [] }
        return [Self.indentation + mark + String(first.dropFirst(blank.count - 1))] + Array(lines.dropFirst())
    }

    func wrapped(_ text: String, indented blank: String, to limit: Int) -> [String] {
        PlainText.wrapped(PlainText.clean(text), to: max(limit - blank.count, 10)).map { blank + $0 }
    }

    private func lines(of note: Note) -> [String] {
        note.mark.map { hanging($0, note.text) } ?? running(note.text)
    }

    private func lines(of hint: Hint) -> [String] {
        var lines = hanging("→", hint.text).map(style.attention)
        if let command = hint.command { lines.append("      " + PlainText.clean(command)) }
        return lines
    }

    // MARK: Numbers

    private func lines(of figures: [Figure]) -> [String] {
        let labels = figures.map { PlainText.clean($0.label) }
        let values = figures.map { PlainText.clean($0.value + ($0.mark ?? "")) }
        let labelWidth = labels.map(PlainText.width).max() ?? 0
        let valueWidth = values.map(PlainText.width).max() ?? 0
        return figures.indices.flatMap { position -> [String] in
            let note = PlainText.clean(figures[position].note ?? "")
            let start = Self.indentation + PlainText.padded(labels[position], to: labelWidth) + "  "
            if note.isEmpty { return [start + style.bold(values[position])] }
            let room = width - PlainText.width(start) - valueWidth - 2
            let notes = PlainText.wrapped(note, to: max(room, 12))
            let blank = PlainText.blanks(PlainText.width(start) + valueWidth + 2)
            let value = style.bold(PlainText.padded(values[position], to: valueWidth))
            return [start + value + "  " + (notes.first ?? "")] + notes.dropFirst().map { blank + $0 }
        }
    }

    private func lines(of table: Table) -> [String] {
        let layout = TextTable(table, limit: width - Self.indentation.count)
        let rule = Self.indentation + style.faint(String(repeating: "─", count: layout.total))
        var lines = table.caption.isEmpty ? [] : wrapped(table.caption, indented: Self.indentation, to: width)
        lines += layout.header.map { Self.indentation + style.bold($0) } + [rule]
        for (position, row) in table.allRows.enumerated() {
            if position == table.rows.count { lines.append(rule) }
            lines.append(Self.indentation + layout.line(position))
            if let detail = row.detail { lines += wrapped(detail, indented: "      ", to: width).map(style.faint) }
        }
        if !layout.leftOut.isEmpty {
            let columns = layout.leftOut.joined(separator: "; ")
            let remark = "Not shown for want of room: \(columns)."
            lines += wrapped(remark, indented: Self.indentation, to: width).map(style.faint)
        }
        return lines
    }
}

extension Block {
    var isHeading: Bool {
        if case .heading = self { return true }
        return false
    }
}
