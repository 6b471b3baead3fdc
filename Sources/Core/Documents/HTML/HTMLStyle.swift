/// The style of pages: ink on paper, light and dark from one set of variables, on a grid of 4 pixels.
enum HTMLStyle {
    /// How many series have a colour of their own.
    static let seriesCount = 7

    static let sheet = colours + "\n" + text + "\n" + tables + "\n" + adaptations

    /// Series in the order of Okabe and Ito; their black is the ink of `plain`.
    private static let colours = """
        :root {
          color-scheme: light dark;
          --paper: #fdfdfb; --ink: #1b1e1c; --soft: #5a605c; --rule: #d6d9d5; --shade: #f3f4f1;
          --accent: #0b5d3b; --attention: #8a5a00; --loss: #a3260d; --other: #8d938f;
          --series-0: #e69f00; --series-1: #56b4e9; --series-2: #009e73; --series-3: #f0e442;
          --series-4: #0072b2; --series-5: #d55e00; --series-6: #cc79a7;
        }
        @media (prefers-color-scheme: dark) {
          :root {
            --paper: #141715; --ink: #e8ebe7; --soft: #a4aba6; --rule: #373c38; --shade: #1d211e;
            --accent: #6cc79b; --attention: #e0a83a; --loss: #f08a70; --other: #7b827d;
          }
        }
        """

    private static let text = """
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--paper); color: var(--ink);
          font: 15px/24px system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
        main { max-width: 1040px; margin: 0 auto; padding: 32px 24px 64px; }
        h1 { font-size: 28px; line-height: 36px; margin: 0 0 4px; font-weight: 600; }
        h2 { font-size: 19px; line-height: 28px; margin: 48px 0 12px; padding-top: 12px; font-weight: 600;
          border-top: 2px solid var(--accent); }
        h3, h4, h5, h6 { font-size: 15px; line-height: 24px; margin: 28px 0 8px; font-weight: 600; }
        p, li { max-width: 72ch; overflow-wrap: anywhere; }
        p { margin: 0 0 12px; }
        ul { margin: 0 0 16px; padding-left: 20px; }
        code, pre { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; font-size: 13px; }
        pre { margin: 0; overflow-x: auto; }
        sup { color: var(--attention); line-height: 0; }
        .soft { color: var(--soft); font-size: 13px; line-height: 20px; }
        .figures { display: flex; flex-wrap: wrap; gap: 16px 40px; margin: 16px 0 24px; }
        .figures div { max-width: 100%; }
        .figures dt { color: var(--soft); font-size: 13px; line-height: 20px; }
        .figures dd { margin: 0; max-width: 36ch; }
        .figures .value { font-size: 28px; line-height: 36px; font-variant-numeric: tabular-nums; }
        .spark { width: 80px; height: 24px; }
        .spark polyline { fill: none; stroke: var(--accent); stroke-width: 2; stroke-linejoin: round; }
        .spark .zero { stroke: var(--rule); }
        .hint { border-left: 4px solid var(--attention); background: var(--shade); padding: 12px 16px;
          margin: 0 0 16px; }
        .hint p:last-child { margin: 0; }
        footer { margin-top: 48px; padding-top: 12px; border-top: 1px solid var(--rule); color: var(--soft); }
        footer p { font-size: 13px; line-height: 20px; margin: 0 0 8px; }
        """

    private static let tables = """
        .scroll { overflow-x: auto; margin: 0 0 24px; }
        .scroll:focus-visible { outline: 2px solid var(--accent); outline-offset: 4px; }
        table { border-collapse: collapse; min-width: 100%; font-size: 13px; line-height: 20px;
          font-variant-numeric: tabular-nums; }
        caption { text-align: left; font-size: 15px; line-height: 24px; padding: 0 0 8px; font-weight: 600; }
        caption .soft { display: block; font-weight: 400; }
        th, td { text-align: left; vertical-align: top; padding: 4px 16px 4px 0; font-weight: 400; max-width: 48ch;
          overflow-wrap: break-word; }
        th:last-child, td:last-child { padding-right: 0; }
        thead th { color: var(--soft); vertical-align: bottom; border-bottom: 1px solid var(--ink); }
        tbody tr + tr > * { border-top: 1px solid var(--rule); }
        .number { text-align: right; white-space: nowrap; }
        thead .number { white-space: normal; }
        .detail { min-width: 28ch; color: var(--soft); }
        .total > * { border-top: 2px solid var(--ink); font-weight: 600; }
        .memo > * { color: var(--soft); }
        .bars { width: 100%; margin: 0 0 24px; }
        .bars th { width: 1%; min-width: 24ch; max-width: 32ch; overflow-wrap: anywhere; }
        .bars .number { width: 1%; }
        .bars tr + tr > * { border-top: 0; }
        .bars svg { display: block; width: 100%; height: 12px; margin: 4px 0; }
        figure { margin: 0 0 24px; }
        figcaption { font-size: 15px; line-height: 24px; padding: 0 0 8px; }
        figcaption .soft { display: block; }
        .lines { display: block; width: 100%; height: auto; font-size: 13px; }
        .lines .grid { stroke: var(--rule); } .lines .zero { stroke: var(--ink); }
        .lines .tick { fill: var(--soft); } .lines .label { fill: var(--ink); }
        .lines .band { fill: var(--accent); opacity: 0.16; }
        .lines .line { fill: none; stroke: var(--ink); stroke-width: 2; stroke-linejoin: round; }
        .lines .line.other { stroke: var(--other); } .lines .line.accent { stroke: var(--accent); }
        .lines .line.attention { stroke: var(--attention); } .lines .line.loss { stroke: var(--loss); }
        .lines .line.series-0 { stroke: var(--series-0); } .lines .line.series-1 { stroke: var(--series-1); }
        .lines .line.series-2 { stroke: var(--series-2); } .lines .line.series-3 { stroke: var(--series-3); }
        .lines .line.series-4 { stroke: var(--series-4); } .lines .line.series-5 { stroke: var(--series-5); }
        .lines .line.series-6 { stroke: var(--series-6); }
        .lines .dashed { stroke-dasharray: 6 4; }
        details { font-size: 13px; line-height: 20px; color: var(--soft); }
        summary { cursor: pointer; } summary:focus-visible { outline: 2px solid var(--accent); outline-offset: 4px; }
        .plain { fill: var(--ink); } .other { fill: var(--other); } .accent { fill: var(--accent); }
        .attention { fill: var(--attention); } .loss { fill: var(--loss); }
        .series-0 { fill: var(--series-0); } .series-1 { fill: var(--series-1); } .series-2 { fill: var(--series-2); }
        .series-3 { fill: var(--series-3); } .series-4 { fill: var(--series-4); } .series-5 { fill: var(--series-5); }
        .series-6 { fill: var(--series-6); }
        """

    private static let adaptations = """
        @media (max-width: 560px) {
          main { padding: 16px 16px 40px; }
          .figures { gap: 12px 24px; }
          .figures .value { font-size: 19px; line-height: 28px; }
          .bars th { max-width: 16ch; }
          .lines { font-size: 24px; }
        }
        @media print {
          :root { --paper: #fff; --ink: #000; --soft: #444; --rule: #ccc; --shade: #fff; --accent: #0b5d3b;
            --attention: #8a5a00; --loss: #a3260d; --other: #8d938f; }
          @page { margin: 16mm; }
          main { max-width: none; padding: 0; }
          .scroll { overflow: visible; }
          h2, h3, caption, thead { break-after: avoid; }
          tr, .figures, .hint { break-inside: avoid; }
          svg { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
        }
        """
}
