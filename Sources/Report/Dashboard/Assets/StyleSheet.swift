internal import Documents

/// What pages of the dashboard look like: the reports' own style, with a bar, forms and choices.
enum StyleSheet {
    static let text = HTMLRenderer.styleSheet + "\n" + dashboard

    private static let dashboard = """
        body { overflow-x: hidden; }
        nav { max-width: 1000px; margin: 0 auto; padding: 12px 24px 0; display: flex; flex-wrap: wrap; gap: 4px 20px; }
        nav a { color: inherit; }
        a { color: var(--accent); } a:focus-visible, button:focus-visible, input:focus-visible, select:focus-visible,
        summary:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
        main:focus { outline: none; }
        .skip { position: absolute; left: -999px; } .skip:focus { left: 8px; top: 8px; background: var(--paper); padding: 4px 8px; z-index: 1; }
        .bar { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 24px; padding: 8px 24px;
          border-bottom: 1px solid var(--rule); }
        .bar .brand { font-weight: 600; color: var(--ink); text-decoration: none; }
        .bar nav { max-width: none; margin: 0; padding: 0; flex: 1 1 320px; gap: 0 16px; }
        .bar nav a { color: var(--soft); text-decoration: none; padding: 4px 0; }
        .bar nav a[aria-current] { color: var(--ink); box-shadow: inset 0 -2px var(--accent); }
        .bar nav a:hover { color: var(--ink); }
        .who { color: var(--soft); font-size: 13px; }
        main { padding-top: 24px; }
        form { margin: 0; }
        form.inline { display: inline-flex; gap: 8px; align-items: center; max-width: 100%; }
        main > form.inline { margin: 0 0 24px; }
        form.inline button { min-width: 0; overflow-wrap: anywhere; }
        .hint pre { white-space: pre-wrap; overflow-wrap: anywhere; }
        form.period { margin: 8px 0 16px; }
        form.entry, form.sliders { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(240px, 100%), 1fr));
          gap: 12px 24px; align-items: end; margin: 0 0 32px; }
        form.entry h2, form.sliders h2 { grid-column: 1 / -1; margin-bottom: 0; }
        form.entry button, form.sliders button { justify-self: start; }
        .field { display: grid; gap: 4px; align-content: start; }
        .field label { font-size: 13px; line-height: 20px; color: var(--soft); }
        .field small { font-size: 13px; line-height: 20px; color: var(--soft); }
        input, select, button { font: inherit; color: inherit; background: var(--paper); border: 1px solid var(--other);
          border-radius: 4px; padding: 4px 8px; min-height: 32px; max-width: 100%; }
        input[type="range"] { padding: 0; accent-color: var(--accent); }
        button { cursor: pointer; border-color: var(--accent); background: var(--accent); color: var(--paper); padding: 4px 16px; }
        button.quiet { background: none; color: var(--accent); padding: 4px 8px; }
        button.grave { background: none; color: var(--loss); border-color: var(--loss); padding: 4px 8px; }
        .choices { max-width: none; margin: 0 0 16px; padding: 0; }
        .choices a[aria-current] { color: var(--ink); font-weight: 600; text-decoration: none; }
        .actions { display: flex; flex-wrap: wrap; gap: 8px; }
        .chart { position: relative; height: 280px; }
        figure:has(canvas) svg.lines { display: none; }
        .pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(360px, 100%), 1fr)); gap: 0 40px; }
        output { font-size: 13px; font-variant-numeric: tabular-nums; }
        @media (max-width: 560px) { .bar { padding: 8px 16px; } .chart { height: 220px; } }
        @media (prefers-reduced-motion: reduce) { * { transition: none !important; animation: none !important; } }
        """
}
