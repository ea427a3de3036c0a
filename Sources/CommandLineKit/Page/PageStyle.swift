/// The style of a page: one palette for light and one for dark, both with the contrast of WCAG 2.2 level AA.
enum PageStyle {
  static let css = colors + type + layout + charts + tables + print

  private static let colors = """
    :root { color-scheme: light dark;
      --page: #f6f5f1; --panel: #ffffff; --line: #e2e0d8; --grid: #e9e7e0; --axis: #8d8a80;
      --text: #22262a; --soft: #575d63; --up: #256b3d; --down: #9a4a12;
      --a: #24637f; --b: #b85f2a; --c: #6d7a1f; --d: #86548a; --e: #5d6874; --f: #9a7a12; }
    @media (prefers-color-scheme: dark) { :root {
      --page: #14171a; --panel: #1d2125; --line: #33393f; --grid: #2b3036; --axis: #7d858d;
      --text: #e8e9ea; --soft: #adb4bb; --up: #7ccf97; --down: #f0a469;
      --a: #6cb4d6; --b: #e59a63; --c: #b3c25a; --d: #c89acb; --e: #9aa6b2; --f: #d9b650; } }

    """

  private static let type = """
    * { box-sizing: border-box; }
    html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
    body { margin: 0; background: var(--page); color: var(--text); font: 16px/1.55 system-ui, -apple-system, \
    "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", "Liberation Sans", sans-serif; \
    font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
    h1, h2 { font-family: "Iowan Old Style", "Palatino Linotype", Palatino, Charter, Georgia, "Noto Serif", \
    "Liberation Serif", serif; font-weight: 600; line-height: 1.2; letter-spacing: -0.005em; }
    h1 { font-size: clamp(2rem, 1.4rem + 2.6vw, 3.25rem); margin: 0.1em 0 0.35em; }
    h2 { font-size: clamp(1.45rem, 1.2rem + 1vw, 1.95rem); margin: 0 0 0.35em; }
    h3 { font-size: 1rem; font-weight: 600; margin: 0; }
    p { margin: 0; }
    .kind { color: var(--soft); font-weight: 600; }
    .line { font-size: 1.0625rem; color: var(--soft); }
    .introduction { color: var(--soft); max-width: 44em; margin-bottom: 1.25rem; }
    .note, .nothing { color: var(--soft); font-size: 0.875rem; margin-top: 0.75rem; }
    .spoken, caption { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); \
    white-space: nowrap; }

    """

  private static let layout = """
    header, main, footer { max-width: 1200px; margin: 0 auto; padding: 0 clamp(16px, 3vw, 40px); }
    header { padding-top: clamp(32px, 5vw, 64px); padding-bottom: clamp(20px, 3vw, 36px); }
    footer { color: var(--soft); font-size: 0.875rem; padding-bottom: 48px; }
    section { padding: clamp(20px, 3vw, 36px) 0 clamp(24px, 3vw, 40px); border-top: 1px solid var(--line); }
    .tiles { list-style: none; margin: 0; padding: 0; display: grid; gap: 28px 20px; \
    grid-template-columns: repeat(auto-fill, minmax(min(100%, 126px), 1fr)); }
    .tiles li { display: flex; flex-direction: column; min-width: 0; }
    .name { color: var(--soft); font-size: 0.8125rem; white-space: nowrap; }
    .figure { font-size: 1.625rem; font-weight: 600; line-height: 1.35; letter-spacing: -0.03em; white-space: nowrap; }
    .change { font-size: 0.8125rem; color: var(--soft); }
    .change.up { color: var(--up); }
    .change.down { color: var(--down); }
    .tiles + .panels { margin-top: 28px; }
    .panels { columns: 3 320px; column-gap: 20px; margin-bottom: -20px; }
    .panel { margin: 0 0 20px; break-inside: avoid; padding: 20px 20px 16px; background: var(--panel); \
    border: 1px solid var(--line); border-radius: 10px; overflow: hidden; }
    .panel.wide { column-span: all; }
    figcaption { margin-bottom: 14px; }
    figcaption p { color: var(--soft); font-size: 0.9375rem; line-height: 1.4; margin-top: 2px; }
    .legend { list-style: none; display: flex; flex-wrap: wrap; gap: 2px 18px; margin: -6px 0 10px; padding: 0; \
    font-size: 0.875rem; color: var(--soft); }
    .legend li::before { content: ""; display: inline-block; width: 0.75em; height: 0.75em; border-radius: 2px; \
    margin-right: 0.45em; background: var(--mark); print-color-adjust: exact; -webkit-print-color-adjust: exact; }

    """

  private static let charts = """
    .a { --mark: var(--a); } .b { --mark: var(--b); } .c { --mark: var(--c); }
    .d { --mark: var(--d); } .e { --mark: var(--e); } .f { --mark: var(--f); }
    .chart { display: block; overflow: visible; font-size: 13px; }
    .chart.bars { width: calc(100% - 196px); margin: 0 58px 0 138px; }
    .chart.plot { width: calc(100% - 52px); margin-left: 52px; }
    .chart rect, .chart path, .chart circle { fill: var(--mark); }
    .chart path.line { fill: none; stroke: var(--a); stroke-width: 2.5px; stroke-linejoin: round; \
    stroke-linecap: round; vector-effect: non-scaling-stroke; }
    .chart svg { overflow: visible; }
    .grid { stroke: var(--grid); }
    .axis { stroke: var(--axis); }
    .chart text { fill: var(--text); }
    .chart .tick { fill: var(--soft); text-anchor: middle; font-size: 12px; }
    .chart .left, .chart .label, .chart .end { text-anchor: end; }
    .chart .value { font-weight: 600; }
    .chart .end { paint-order: stroke; stroke: var(--panel); stroke-width: 5px; stroke-linejoin: round; }
    .chart .wide { display: none; }
    @media (min-width: 1100px) { .chart .wide { display: inline; } .chart .narrow { display: none; } }

    """

  private static let tables = """
    details { margin-top: 12px; font-size: 0.9375rem; }
    summary { cursor: pointer; color: var(--soft); font-size: 0.875rem; padding: 2px 0; }
    summary:focus-visible, .scroll:focus-visible { outline: 2px solid var(--a); outline-offset: 2px; }
    .scroll { overflow: auto; max-height: 32rem; margin-top: 6px; position: relative; }
    table { border-collapse: collapse; width: 100%; font-size: 0.875rem; line-height: 1.4; }
    th, td { text-align: left; font-weight: 400; padding: 6px 14px 6px 0; border-bottom: 1px solid var(--line); \
    vertical-align: top; }
    tbody th { min-width: 7em; }
    thead th { color: var(--soft); font-weight: 600; }
    .n, td { text-align: right; white-space: nowrap; }
    .t { text-align: left; white-space: normal; }
    th:last-child, td:last-child { padding-right: 2px; }

    """

  private static let print = """
    @page { margin: 16mm 14mm; }
    @media print {
      :root { color-scheme: light; --page: #ffffff; --panel: #ffffff; --line: #d5d3cb; --grid: #e4e2da;
        --axis: #77746b; --text: #1d2023; --soft: #4d5358; --up: #1f5c34; --down: #84400f;
        --a: #24637f; --b: #b85f2a; --c: #6d7a1f; --d: #86548a; --e: #5d6874; --f: #9a7a12; }
      body { font-size: 10.5pt; }
      header, main, footer { max-width: none; padding-left: 0; padding-right: 0; }
      h2, h3, figcaption, .introduction { break-after: avoid; }
      section { padding: 14pt 0; }
      section { border: 0; }
      section:nth-of-type(n + 3) { break-before: page; }
      .panels { columns: 2; column-gap: 20pt; margin: 0; }
      .panel { border: 0; padding: 0; margin: 0 0 18pt; overflow: visible; }
      .introduction { break-inside: avoid; }
      .tiles { gap: 12pt 10pt; grid-template-columns: repeat(4, 1fr); }
      th, td { padding-top: 2.5pt; padding-bottom: 2.5pt; }
      .figure { font-size: 20pt; }
      .scroll { max-height: none; overflow: visible; }
      details.long, summary { display: none; }
      details::details-content { content-visibility: visible; display: block; block-size: auto; }
      tr { break-inside: avoid; }
    }

    """
}
