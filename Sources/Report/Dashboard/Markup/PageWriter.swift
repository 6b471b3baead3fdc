internal import Documents
internal import Domain
internal import Mustache

/// Writes pages as HTML.
struct PageWriter: Sendable {
    private let library: MustacheLibrary
    private let hasCharts: Bool

    /// - Parameter hasCharts: whether a script that draws charts is at hand.
    init(hasCharts: Bool) throws {
        library = try Templates.library()
        self.hasCharts = hasCharts
    }

    /// The page as its viewer gets it.
    func write(_ page: Page, for request: WebRequest, months: [MonthChoice]) -> String {
        let body = page.parts.map { html($0, formToken: request.session?.formToken) }.joined()
        let notes = HTMLRenderer().fragment([], notes: page.notes)
        var context: [String: Any] = [
            "title": PlainMarkup.clean(page.title), "body": body + (page.notes.isEmpty ? "" : notes),
            "isLive": page.isLive && request.viewer != nil,
            "hasCharts": hasCharts,
        ]
        if !page.subtitle.isEmpty { context["subtitle"] = PlainMarkup.clean(page.subtitle) }
        if let viewer = request.viewer, let session = request.session {
            context["viewer"] = [
                "name": PlainMarkup.clean(viewer.name), "formToken": session.formToken,
                "sections": sections(page.section, viewer),
            ]
        }
        if !months.isEmpty { context["months"] = Self.months(months, request.query) }
        return library.render(context, withTemplate: "page") ?? ""
    }

    private func sections(_ current: Page.Section?, _ viewer: Viewer) -> [[String: Any]] {
        Page.Section.allCases.filter { viewer.seesEverything || !$0.isWhole }.map {
            ["label": $0.label, "target": $0.target, "isCurrent": $0 == current]
        }
    }

    private static func months(_ months: [MonthChoice], _ query: Fields) -> [String: Any] {
        [
            "choices": months.map { ["value": $0.value, "label": $0.label, "isChosen": $0.isChosen] as [String: Any] },
            "kept": query.all.filter { $0.name != "month" && !$0.value.isEmpty }.map {
                ["name": PlainMarkup.clean($0.name), "value": PlainMarkup.clean($0.value)]
            },
        ]
    }

    private func html(_ part: Page.Part, formToken: String?) -> String {
        switch part {
        case .blocks(let blocks): return HTMLRenderer(carriesChartData: true).fragment(blocks)
        case .pair(let blocks):
            return "<div class=\"pair\">\n"
                + blocks.map { HTMLRenderer(carriesChartData: true).fragment([$0]) }.joined() + "</div>\n"
        case .rendered(let html): return html
        case .result(let blocks):
            return "<div id=\"result\" aria-live=\"polite\">\n"
                + HTMLRenderer(carriesChartData: true).fragment(blocks) + "</div>\n"
        case .form(let form):
            return library.render(FormContext.of(form, formToken: formToken), withTemplate: "form") ?? ""
        case .links(let label, let links):
            let items = links.map { link -> [String: Any] in
                [
                    "label": PlainMarkup.clean(link.label), "target": link.target, "isCurrent": link.isCurrent,
                ]
            }
            return library.render(["label": label, "links": items] as [String: Any], withTemplate: "links") ?? ""
        }
    }
}

/// A month that can be looked at.
struct MonthChoice: Sendable {
    /// `2026-10`.
    var value: String
    /// `October 2026`.
    var label: String
    /// Whether it is looked at.
    var isChosen: Bool
}

/// A form as its template takes it.
enum FormContext {
    static func of(_ form: Form, formToken: String?) -> [String: Any] {
        var context: [String: Any] = [
            "kind": form.isInline ? "inline" : form.recomputes ? "sliders" : "entry",
            "method": form.changes ? "post" : "get", "action": form.action, "button": PlainMarkup.clean(form.button),
            "fields": form.fields.enumerated().map { field($1, id: "\(form.action.hashText)-\($0)") },
            "recomputes": form.recomputes,
        ]
        if !form.isInline, !form.title.isEmpty { context["heading"] = PlainMarkup.clean(form.title) }
        if form.changes, let formToken { context["formToken"] = formToken }
        if let confirmation = form.confirmation { context["confirmation"] = PlainMarkup.clean(confirmation) }
        return context
    }

    private static func field(_ field: Form.Field, id: String) -> [String: Any] {
        var context: [String: Any] = [
            "id": id, "name": PlainMarkup.clean(field.name), "label": PlainMarkup.clean(field.label),
            "value": PlainMarkup.clean(field.value), "required": field.isRequired, "autocomplete": field.autocomplete,
        ]
        if let help = field.help { context["help"] = help }
        switch field.kind {
        case .text: context["type"] = "text"
        case .password: context["type"] = "password"
        case .number: context["type"] = "text"
        case .date: context["type"] = "date"
        case .hidden: context["isHidden"] = true
        case .choice(let choices):
            let options = choices.map {
                ["value": $0.value, "label": $0.label, "isChosen": $0.value == field.value] as [String: Any]
            }
            context["choices"] = ["options": options, "id": id, "name": field.name]
        case .range(let bounds, let step):
            context["type"] = "range"
            let numbers = [bounds.lowerBound, bounds.upperBound, step].map { JSONOutput.number($0).compactText }
            context["bounds"] = ["min": numbers[0], "max": numbers[1], "step": numbers[2]]
        }
        return context
    }
}

extension String {
    /// Letters and digits of a path, for ids of elements.
    fileprivate var hashText: String { "f" + filter { $0.isASCII && ($0.isLetter || $0.isNumber) } }
}

/// Names that come with traffic may hold anything; control characters and marks that turn text around are shown, not obeyed.
enum PlainMarkup {
    static func clean(_ text: String) -> String { HTMLRenderer.clean(text) }
}
