internal import Mustache

/// The frames of pages. `{{…}}` is escaped; `{{{…}}}` takes only what our own renderers have made.
enum Templates {
    /// The templates, parsed once.
    static func library() throws -> MustacheLibrary {
        MustacheLibrary(templates: [
            "page": try MustacheTemplate(string: page), "form": try MustacheTemplate(string: form),
            "links": try MustacheTemplate(string: links),
        ])
    }

    private static let page = """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>{{title}} · Payback</title>
        <link rel="stylesheet" href="/assets/payback.css">
        <link rel="icon" href="/assets/icon.svg" type="image/svg+xml">
        {{#hasCharts}}<script src="/assets/chart.js" defer></script>{{/hasCharts}}
        <script src="/assets/payback.js" defer></script>
        </head>
        <body{{#isLive}} data-live{{/isLive}}>
        <a class="skip" href="#main">To the content</a>
        {{#viewer}}
        <div class="bar">
        <a class="brand" href="/">Payback</a>
        <nav aria-label="Sections">
        {{#sections}}<a href="{{target}}"{{#isCurrent}} aria-current="page"{{/isCurrent}}>{{label}}</a>
        {{/sections}}
        </nav>
        <form class="inline" method="post" action="/logout"><input type="hidden" name="form_token" value="{{formToken}}">
        <span class="who">{{name}}</span> <button class="quiet">Sign out</button></form>
        </div>
        {{/viewer}}
        <main id="main" tabindex="-1">
        <header>
        <h1>{{title}}</h1>
        {{#subtitle}}<p class="soft">{{subtitle}}</p>{{/subtitle}}
        {{#months}}
        <form class="period" method="get"><label>Month <select name="month">
        {{#choices}}<option value="{{value}}"{{#isChosen}} selected{{/isChosen}}>{{label}}</option>
        {{/choices}}
        </select></label> {{#kept}}<input type="hidden" name="{{name}}" value="{{value}}">{{/kept}}<button class="quiet">Show</button></form>
        {{/months}}
        {{#isLive}}<p class="soft live" role="status" aria-live="polite"></p>{{/isLive}}
        </header>
        {{{body}}}
        </main>
        </body>
        </html>

        """

    private static let form = """
        <form class="{{kind}}" method="{{method}}" action="{{action}}"{{#confirmation}} data-confirm="{{confirmation}}"{{/confirmation}}{{#recomputes}} data-recompute{{/recomputes}}>
        {{#heading}}<h2>{{heading}}</h2>{{/heading}}
        {{#formToken}}<input type="hidden" name="form_token" value="{{formToken}}">{{/formToken}}
        {{#fields}}
        {{#isHidden}}<input type="hidden" name="{{name}}" value="{{value}}">{{/isHidden}}
        {{^isHidden}}<div class="field"><label for="{{id}}">{{label}}</label>
        {{#choices}}<select id="{{id}}" name="{{name}}"{{#help}} aria-describedby="{{id}}-help"{{/help}}>
        {{#options}}<option value="{{value}}"{{#isChosen}} selected{{/isChosen}}>{{label}}</option>
        {{/options}}
        </select>{{/choices}}
        {{^choices}}<input id="{{id}}" name="{{name}}" type="{{type}}" value="{{value}}" autocomplete="{{autocomplete}}"{{#required}} required{{/required}}{{#bounds}} min="{{min}}" max="{{max}}" step="{{step}}"{{/bounds}}{{#help}} aria-describedby="{{id}}-help"{{/help}}>{{#bounds}}<output for="{{id}}">{{value}}</output>{{/bounds}}{{/choices}}
        {{#help}}<small id="{{id}}-help">{{help}}</small>{{/help}}</div>{{/isHidden}}
        {{/fields}}
        <button{{#confirmation}} class="grave"{{/confirmation}}>{{button}}</button>
        </form>

        """

    private static let links = """
        <nav class="choices" aria-label="{{label}}"><span class="soft">{{label}}</span>
        {{#links}}<a href="{{target}}"{{#isCurrent}} aria-current="true"{{/isCurrent}}>{{label}}</a>
        {{/links}}
        </nav>

        """
}
