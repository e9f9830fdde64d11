/// The look of reports, light and dark.
///
/// Colours are variables with two values; six colours tell series apart for the colour-blind too.
/// Charts come in three sizes, and a figure shows the one that fits its own width.
package enum StyleSheet {
  package static let text = """
    :root {
      color-scheme: light dark;
      --paper: #ffffff; --panel: #f6f7f9; --ink: #1a1d21; --soft: #565e68; --faint: #868e98;
      --rule: #e2e5e9; --link: #1f5fbf;
      --s1: #2a6bc9; --s2: #d2660a; --s3: #0e8f74; --s4: #8a4fc7; --s5: #b3323f; --s6: #6b7480;
      --good: #14784a; --caution: #9a5b00; --alarming: #b4232c;
      --good-panel: #ecf7f0; --caution-panel: #fdf4e3; --alarming-panel: #fcecec;
      --sans: system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
    }
    @media (prefers-color-scheme: dark) {
      :root {
        --paper: #14171b; --panel: #1c2026; --ink: #e6e9ed; --soft: #a4acb6; --faint: #7d8690;
        --rule: #2d333b; --link: #82b4ff;
        --s1: #6aa5f5; --s2: #f0954a; --s3: #45c2a5; --s4: #b88cf0; --s5: #ef7681; --s6: #98a2ae;
        --good: #5fcf95; --caution: #e3ae52; --alarming: #f4858b;
        --good-panel: #16281f; --caution-panel: #2c2413; --alarming-panel: #311a1c;
      }
    }
    * { box-sizing: border-box; }
    html { -webkit-text-size-adjust: 100%; scroll-behavior: smooth; }
    body {
      margin: 0 auto; padding: 3rem 1.5rem 4rem; max-width: 66rem; background: var(--paper);
      color: var(--ink); font: 1rem/1.55 var(--sans); font-variant-numeric: tabular-nums;
    }
    .maker {
      margin: 0 0 .35rem; color: var(--faint); font-size: .8125rem; font-weight: 600;
      letter-spacing: .1em; text-transform: uppercase;
    }
    h1 { margin: 0; font-size: 2.1rem; line-height: 1.15; letter-spacing: -.022em; font-weight: 680; }
    .subtitle { margin: .5rem 0 0; color: var(--soft); overflow-wrap: anywhere; }
    h2 {
      margin: 3.25rem 0 .75rem; padding-top: 1rem; border-top: 1px solid var(--rule);
      font-size: 1.35rem; line-height: 1.25; letter-spacing: -.012em; font-weight: 660;
    }
    h3 { margin: 0 0 .5rem; font-size: .9375rem; line-height: 1.35; font-weight: 640; }
    p { margin: .75rem 0; max-width: 44rem; }
    a { color: var(--link); text-decoration-thickness: 1px; text-underline-offset: .18em; }
    a:focus-visible, summary:focus-visible, .table:focus-visible, .code:focus-visible { outline: 2px solid var(--link); outline-offset: 3px; }
    nav { margin: 1.75rem 0 0; }
    nav ol { display: flex; flex-wrap: wrap; gap: .35rem 1.35rem; margin: 0; padding: 0; list-style: none; }
    nav a { font-size: .9375rem; }
    .tiles {
      display: grid; grid-template-columns: repeat(auto-fit, minmax(11.4rem, 1fr)); gap: .9rem;
      margin: 2rem 0 0; padding: 0; list-style: none;
    }
    .tiles li {
      display: flex; flex-direction: column; padding: .95rem 1.1rem 1rem; border-radius: .6rem;
      background: var(--panel);
    }
    .tiles .name { color: var(--soft); font-size: .875rem; }
    .tiles .value {
      margin: .1rem 0 .2rem; font-size: 1.95rem; line-height: 1.2; letter-spacing: -.025em;
      font-weight: 660;
    }
    .tiles .value.long { font-size: 1.5rem; line-height: 1.56; }
    .tiles .detail { color: var(--soft); font-size: .8125rem; line-height: 1.45; }
    .tiles .tone-good .value { color: var(--good); }
    .tiles .tone-caution .value { color: var(--caution); }
    .tiles .tone-alarming .value { color: var(--alarming); }
    .note {
      padding: .7rem 1rem; border-left: 3px solid var(--rule); border-radius: 0 .4rem .4rem 0;
      background: var(--panel); color: var(--soft); font-size: .9375rem;
    }
    .note.tone-good { border-color: var(--good); background: var(--good-panel); color: var(--ink); }
    .note.tone-caution { border-color: var(--caution); background: var(--caution-panel); color: var(--ink); }
    .note.tone-alarming { border-color: var(--alarming); background: var(--alarming-panel); color: var(--ink); }
    .facts {
      display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 24rem), 1fr)); gap: 0 2.25rem;
      margin: 1rem 0;
    }
    .facts div {
      display: flex; justify-content: space-between; gap: 1rem; padding: .42rem 0;
      border-bottom: 1px solid var(--rule);
    }
    .facts dt { color: var(--soft); }
    .facts dd { margin: 0; text-align: right; overflow-wrap: anywhere; font-weight: 550; }
    .table { margin: 1.1rem 0; overflow-x: auto; }
    table { width: 100%; border-collapse: collapse; font-size: .9375rem; }
    th, td { padding: .45rem .8rem .45rem 0; border-bottom: 1px solid var(--rule); text-align: left; vertical-align: baseline; }
    th:last-child, td:last-child { padding-right: 0; }
    tbody td { white-space: pre-line; overflow-wrap: break-word; }
    thead th { color: var(--soft); font-size: .8125rem; font-weight: 600; vertical-align: bottom; }
    tbody th { font-weight: 550; min-width: 7.5rem; }
    .n { text-align: right; white-space: nowrap; }
    td.tone-good { color: var(--good); font-weight: 600; }
    td.tone-caution { color: var(--caution); font-weight: 600; }
    td.tone-alarming { color: var(--alarming); font-weight: 600; }
    .samples { display: grid; gap: 1.1rem; margin: 1.25rem 0; }
    .sample { border: 1px solid var(--rule); border-radius: .6rem; overflow: hidden; }
    .sample p { max-width: none; margin: 0; overflow-wrap: anywhere; }
    .sample .prompt { color: var(--soft); white-space: pre-wrap; }
    .sample > .prompt { padding: .7rem 1rem; border-bottom: 1px solid var(--rule); background: var(--panel); }
    .answers { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 15rem), 1fr)); gap: 1px; background: var(--rule); }
    .answer { display: flex; flex-direction: column; gap: .3rem; padding: .7rem 1rem .8rem; background: var(--paper); }
    .answer .name { color: var(--soft); font-size: .8125rem; font-weight: 600; }
    .answer .said { white-space: pre-wrap; }
    .answer .nothing { color: var(--faint); font-style: italic; }
    .answer .detail { margin-top: auto; padding-top: .25rem; color: var(--soft); font-size: .8125rem; }
    .code {
      margin: 1rem 0; padding: .8rem 1rem; border-radius: .5rem; background: var(--panel); overflow-x: auto;
      font: .8125rem/1.55 ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace;
      -moz-tab-size: 2; tab-size: 2;
    }
    details { margin: 1rem 0; }
    summary { width: fit-content; color: var(--link); font-size: .9375rem; cursor: pointer; }
    .figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 26rem), 1fr)); gap: 0 2.5rem; }
    figure { margin: 1.6rem 0 1.75rem; container-type: inline-size; min-width: 0; }
    figcaption { margin-top: .55rem; max-width: 44rem; color: var(--soft); font-size: .875rem; line-height: 1.5; }
    .legend { display: flex; flex-wrap: wrap; gap: .2rem 1.1rem; margin: 0 0 .5rem; padding: 0; list-style: none; color: var(--soft); font-size: .875rem; }
    .legend li { display: flex; align-items: center; gap: .45rem; }
    .legend i { display: flex; }
    .key { display: block; width: 1.65rem; height: .78rem; overflow: visible; }
    .spark { display: block; width: 100%; max-width: 11rem; height: auto; margin: .1rem 0 .4rem; overflow: visible; }
    .spark .line { stroke-width: 1.5; }
    .chart { display: block; width: 100%; height: auto; overflow: visible; }
    .chart.wide { max-width: 54rem; }
    .chart.medium, .chart.narrow { display: none; max-width: 34rem; }
    @container (max-width: 36rem) {
      .chart.wide { display: none; }
      .chart.medium { display: block; }
    }
    @container (max-width: 26rem) {
      .chart.medium { display: none; }
      .chart.narrow { display: block; }
    }
    .chart text { fill: var(--soft); font: 12px var(--sans); font-variant-numeric: tabular-nums; }
    .chart .label {
      fill: var(--ink); font-size: 12.5px; paint-order: stroke; stroke: var(--paper); stroke-width: 4px;
      stroke-linejoin: round;
    }
    .chart .heading { fill: var(--ink); font-size: 15px; font-weight: 640; }
    .paper { fill: var(--paper); }
    .chart .missing { fill: var(--faint); font-size: 14px; }
    .grid { stroke: var(--rule); stroke-width: 1; }
    .axis { stroke: var(--faint); stroke-width: 1; }
    .reference { stroke: var(--soft); stroke-width: 1.25; stroke-dasharray: 4 4; }
    .s1 { --color: var(--s1); } .s2 { --color: var(--s2); } .s3 { --color: var(--s3); }
    .s4 { --color: var(--s4); } .s5 { --color: var(--s5); } .s6 { --color: var(--s6); }
    .faint { --color: var(--faint); } .alarm { --color: var(--alarming); }
    .line { fill: none; stroke: var(--color); stroke-width: 2; stroke-linejoin: round; stroke-linecap: round; }
    .band { fill: var(--color); fill-opacity: .2; }
    .trend { fill: none; stroke: var(--ink); stroke-width: 1.5; }
    .interval { stroke: var(--color); stroke-width: 2.5; stroke-linecap: round; opacity: .55; }
    .whisker { stroke: var(--color); stroke-width: 1.5; opacity: .6; }
    .dot { fill: var(--color); stroke: var(--paper); stroke-width: 1.5; }
    .cloud { fill: var(--color); fill-opacity: .38; }
    .bar { fill: var(--color); }
    .area { fill: var(--color); fill-opacity: .62; }
    footer { margin-top: 3.5rem; padding-top: 1rem; border-top: 1px solid var(--rule); }
    footer p { color: var(--faint); font-size: .8125rem; max-width: none; overflow-wrap: anywhere; }
    @media (max-width: 40rem) {
      body { padding: 1.75rem 1.1rem 3rem; }
      h1 { font-size: 1.65rem; }
      h2 { margin-top: 2.5rem; font-size: 1.2rem; }
      .tiles { grid-template-columns: 1fr 1fr; gap: .6rem; }
      .tiles li { padding: .75rem .85rem .8rem; }
      .tiles li:last-child:nth-child(odd) { grid-column: 1 / -1; }
      .tiles .value { font-size: 1.5rem; }
      .tiles .value.long { font-size: 1.2rem; line-height: 1.5; }
      th, td { padding-right: .6rem; }
      tbody th { overflow-wrap: anywhere; min-width: 4.5rem; }
      table { font-size: .875rem; }
    }
    @media print {
      html { font-size: 82%; }
      body { max-width: none; padding: 0; }
      h2, h3, h2 + p { break-after: avoid; }
      p, figure, .table, tr, .sample, .tiles li, .facts div { break-inside: avoid; }
      footer { margin-top: 1.5rem; break-before: avoid; }
      .table { overflow: visible; }
      .n { white-space: normal; }
      th, td { padding-right: .6rem; }
      tbody th { min-width: 4.5rem; }
      .figures { grid-template-columns: 1fr 1fr; }
      .answers { grid-template-columns: repeat(auto-fit, minmax(9rem, 1fr)); }
      .code { white-space: pre-wrap; overflow-wrap: anywhere; }
      .tiles li, .note, .code { border: 1px solid var(--rule); }
      details::details-content { content-visibility: visible; block-size: auto; }
      summary { color: inherit; list-style: none; }
      nav { display: none; }
    }

    """
}
