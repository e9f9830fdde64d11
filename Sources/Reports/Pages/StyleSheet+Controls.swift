extension StyleSheet {
  /// What pages of servers have beside what reports have: a bar above, forms and their parts.
  package static let controls = """
    body { max-width: 78rem; padding-top: 1rem; }
    .past { position: absolute; left: -99rem; }
    .past:focus { position: static; }
    .bar { display: flex; flex-wrap: wrap; align-items: baseline; gap: .5rem 1.5rem; padding-bottom: .75rem; border-bottom: 1px solid var(--rule); }
    .bar .maker { margin: 0; color: var(--soft); }
    .bar nav { display: flex; flex-wrap: wrap; gap: .5rem 1.25rem; margin: 0; flex: 1; }
    .bar nav a[aria-current] { color: var(--ink); font-weight: 600; text-decoration: none; }
    .viewer { color: var(--soft); font-size: .9375rem; }
    main { outline: none; }
    main > h1 { margin: 1.5rem 0 .25rem; font-size: 1.6rem; }
    main > h2 { margin: 1.5rem 0 .5rem; padding: 0; border: 0; font-size: 1rem; }
    .status { color: var(--soft); font-size: .9375rem; }
    button:focus-visible, input:focus-visible, select:focus-visible, textarea:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
    .hint { color: var(--soft); font-size: .9375rem; }
    .field { display: grid; gap: .35rem; max-width: 44rem; }
    .field label { font-weight: 600; font-size: .9375rem; }
    .field input, .field textarea, .field select { width: 100%; padding: .55rem .7rem; border: 1px solid var(--faint); border-radius: .4rem; background: var(--paper); color: var(--ink); font: inherit; }
    .entrance { max-width: 24rem; }
    button { min-height: 2.6rem; padding: .4rem 1.2rem; border: 1px solid var(--link); border-radius: .5rem; background: var(--link); color: var(--paper); font: inherit; font-weight: 600; cursor: pointer; }
    button.quiet { border-color: var(--faint); background: none; color: var(--ink); font-weight: 500; }
    .inline { display: flex; flex-wrap: wrap; align-items: end; gap: .75rem; }
    .inline .field { margin: 0; }
    .secret { overflow-wrap: anywhere; font-family: ui-monospace, monospace; }

    """
}
