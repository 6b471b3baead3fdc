internal import Domain
internal import Inputs
internal import JSONScan

/// Reads which requests a rule is about.
enum PlanSelectorReader {
    static func read(_ section: InputSection) -> RequestSelector {
        section.allow([
            "features", "customers", "teams", "environments", "providers", "models", "templates", "tags",
            "min_input_tokens", "max_input_tokens", "min_tools", "has_tools",
        ])
        var selector = RequestSelector()
        selector.features = Set(section.texts("features"))
        selector.customers = Set(section.texts("customers"))
        selector.teams = Set(section.texts("teams"))
        selector.environments = Set(section.texts("environments"))
        selector.providers = Set(section.texts("providers"))
        selector.models = Set(section.texts("models"))
        selector.templates = Set(section.texts("templates"))
        selector.tags = Set(section.texts("tags"))
        selector.tools = tools(section)
        let least = section.number("min_input_tokens", 0...Int64.max) ?? 0
        let most = section.number("max_input_tokens", 0...Int64.max) ?? .max
        if least <= most {
            selector.inputTokens = least...most
        } else {
            section.complain("max_input_tokens", "a number of at least min_input_tokens (\(least)) was expected")
        }
        return selector
    }

    private static func tools(_ section: InputSection) -> ClosedRange<Int64>? {
        let least = section.number("min_tools", 0...1_000_000)
        switch section.flag("has_tools") {
        case true: return max(least ?? 1, 1)...Int64.max
        case false:
            if let least, least > 0 { section.complain("min_tools", "it cannot be met where has_tools is false") }
            return 0...0
        default: return least.map { $0...Int64.max }
        }
    }
}
