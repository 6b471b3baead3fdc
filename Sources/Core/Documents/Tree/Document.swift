/// A report as a tree that says what it contains, not how it looks. Renderers turn it into text, Markdown or a page.
///
/// Every number in it is a finished text: the same digits appear in every output.
package struct Document: Sendable, Hashable {
    /// What it is, for the title of a page.
    package var title: String
    /// What it covers: period, rows, source.
    package var subtitle: String
    /// The content, in reading order.
    package var blocks: [Block]
    /// Footnotes, in the order in which their marks appear.
    package var notes: [Note]

    /// Creates a document.
    package init(title: String, subtitle: String = "", blocks: [Block] = [], notes: [Note] = []) {
        (self.title, self.subtitle, self.blocks, self.notes) = (title, subtitle, blocks, notes)
    }
}

/// A part of a document.
package enum Block: Sendable, Hashable {
    /// A heading; level 1 stands below the document's title.
    case heading(level: Int, text: String)
    /// A paragraph of plain text.
    case paragraph(String)
    /// Headline numbers.
    case figures([Figure])
    /// A table.
    case table(Table)
    /// Horizontal bars.
    case bars(BarChart)
    /// Lines over time.
    case lines(LineChart)
    /// Ranges on one scale.
    case ranges(RangeChart)
    /// An unordered list.
    case list([String])
    /// An empty state or a warning that says what to do.
    case hint(Hint)
}

/// A headline number.
package struct Figure: Sendable, Hashable {
    /// What it is.
    package var label: String
    /// The number, short.
    package var value: String
    /// What belongs to it: the exact figure, a share, a caveat.
    package var note: String?
    /// The mark of a footnote.
    package var mark: String?
    /// How it came about, from the first span of time to the last; pages draw it from two values on, texts leave it out.
    package var trend: [Double]

    /// Creates a figure.
    package init(
        _ label: String, _ value: String, note: String? = nil, mark: String? = nil, trend: [Double] = []
    ) {
        (self.label, self.value, self.note, self.mark, self.trend) = (label, value, note, mark, trend)
    }
}

/// What is missing or wrong, and how to mend it.
package struct Hint: Sendable, Hashable {
    /// What to know and to do.
    package var text: String
    /// The command that does it.
    package var command: String?

    /// Creates a hint.
    package init(_ text: String, command: String? = nil) { (self.text, self.command) = (text, command) }
}

/// A footnote.
package struct Note: Sendable, Hashable {
    /// The mark that refers to it; absent for a note about everything.
    package var mark: String?
    /// What it says.
    package var text: String

    /// Creates a note.
    package init(_ text: String, mark: String? = nil) { (self.text, self.mark) = (text, mark) }
}
