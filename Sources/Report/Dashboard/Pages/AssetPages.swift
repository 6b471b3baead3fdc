/// Style, script, icon: all from here, none from other sites.
enum AssetPages {
    static let routes: [Route] = [
        .get("/assets/:name", .anyone) { request, site in
            guard let content = content(request.parameters["name"] ?? "", site) else {
                throw Refusal.missing("There is no such asset.")
            }
            return .content(content)
        },
        .get("/events", .viewer) { _, _ in .events },
    ]

    private static func content(_ name: String, _ site: Site) -> Content? {
        var content: Content?
        switch name {
        case "payback.css": content = Content(type: "text/css; charset=utf-8", text: StyleSheet.text)
        case "payback.js": content = Content(type: "text/javascript; charset=utf-8", text: Script.text)
        case "icon.svg": content = Content(type: "image/svg+xml", text: Script.icon)
        case "chart.js":
            content = site.room.chartScript.map { Content(type: "text/javascript; charset=utf-8", body: $0) }
        default: return nil
        }
        content?.isCacheable = true
        return content
    }
}
