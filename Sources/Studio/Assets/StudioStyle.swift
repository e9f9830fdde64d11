internal import Reports

/// The look of the pages: that of reports, with what is asked and done.
enum StudioStyle {
  static let text =
    StyleSheet.text + """
      body { max-width: 74rem; padding-top: 1rem; padding-bottom: 7rem; }
      .past { position: absolute; left: -99rem; }
      .past:focus { position: static; }
      .bar { display: flex; flex-wrap: wrap; align-items: baseline; gap: .5rem 1.75rem; padding-bottom: .75rem; border-bottom: 1px solid var(--rule); }
      .bar .maker { margin: 0; color: var(--soft); }
      .bar nav { display: flex; flex-wrap: wrap; gap: .5rem 1.25rem; margin: 0; flex: 1; }
      .bar nav a[aria-current] { color: var(--ink); font-weight: 600; text-decoration: none; }
      main { outline: none; }
      main > h1 { margin: 2.25rem 0 .5rem; font-size: 2rem; }
      .lead { margin: 0 0 1.75rem; max-width: 46rem; color: var(--soft); font-size: 1.0625rem; }
      .hint, .status { color: var(--soft); font-size: .9375rem; }
      .locked { color: var(--soft); font-style: italic; }
      .stages { display: flex; flex-wrap: wrap; gap: .5rem; margin: 0 0 1.5rem; padding: 0; list-style: none; counter-reset: stage; }
      .stages li { display: flex; align-items: center; gap: .5rem; padding: .3rem .9rem .3rem .7rem; border: 1px solid var(--rule); border-radius: 2rem; color: var(--soft); font-size: .9375rem; }
      .stages li::before { counter-increment: stage; content: counter(stage); font-weight: 640; }
      .stages li.done::before { content: "✓"; color: var(--good); }
      .stages li.current { border-color: var(--link); box-shadow: inset 0 0 0 1px var(--link); }
      .stages a { color: inherit; text-decoration: none; }
      .stages a:hover { text-decoration: underline; }
      .stages .current a { color: var(--ink); font-weight: 600; }
      .step { margin: 0 0 1.25rem; padding: 1.25rem 1.5rem 1.5rem; border: 1px solid var(--rule); border-radius: .8rem; scroll-margin-top: 1rem; }
      .step > h2 { display: flex; align-items: center; gap: .7rem; margin: 0; padding: 0; border: 0; font-size: 1.25rem; scroll-margin-top: 1.5rem; }
      .step .number { display: grid; place-items: center; width: 1.9rem; height: 1.9rem; border-radius: 50%; background: var(--panel); color: var(--soft); font-size: .9375rem; font-weight: 640; }
      .step > .hint { margin: .35rem 0 1rem; }
      .prompt, .response { padding: .8rem 1.1rem 1rem; border: 1px solid var(--rule); border-radius: .6rem; background: var(--panel); }
      .prompt { margin: 1rem 0; }
      .prompt h3, .response h3 { margin: 0 0 .3rem; color: var(--soft); font-size: .8125rem; font-weight: 600; }
      .prompt .said { font-size: 1.0625rem; }
      .response { display: flex; flex-direction: column; background: var(--paper); }
      .response form { margin-top: auto; padding-top: .9rem; }
      .said { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; }
      .said.nothing { color: var(--soft); font-style: italic; }
      .responses { display: grid; gap: 1rem; margin: 1rem 0; }
      .responses.two { grid-template-columns: 1fr 1fr; }
      .answers.four { grid-template-columns: 1fr 1fr; gap: .75rem; margin: .75rem 0 0; padding: 0; background: none; list-style: none; }
      .answers.four li { padding: .7rem 1rem; border: 1px solid var(--rule); border-radius: .6rem; }
      .skip { margin: 0 0 .5rem; }
      .field { display: grid; gap: .35rem; margin: 0; max-width: 44rem; flex: 1 1 20rem; }
      .field label, legend { padding: 0; font-weight: 600; font-size: .9375rem; }
      .field input { width: 100%; min-height: 2.6rem; padding: .5rem .7rem; border: 1px solid var(--faint); border-radius: .4rem; background: var(--paper); color: var(--ink); font: inherit; }
      .field .hint { order: 3; font-size: .875rem; }
      .inline { display: flex; flex-wrap: wrap; align-items: flex-start; gap: .75rem; margin-top: 1rem; }
      .inline > button { margin-top: 1.78rem; }
      fieldset { margin: 0; padding: 0; border: 0; min-width: 0; }
      .chips { display: flex; flex-wrap: wrap; gap: .5rem; margin-top: .45rem; }
      .chips button { text-align: left; }
      .row { display: flex; flex-wrap: wrap; align-items: center; gap: .6rem 1rem; }
      .step .figures { grid-template-columns: repeat(auto-fit, minmax(min(100%, 18rem), 1fr)); gap: 0 1.75rem; }
      .step .figures figure { margin-bottom: .5rem; }
      #learn .chart.wide { max-width: 44rem; }
      .halves { display: grid; grid-template-columns: minmax(0, 5fr) minmax(0, 7fr); gap: 0 3rem; }
      .halves .figures { grid-template-columns: repeat(auto-fit, minmax(min(100%, 15rem), 1fr)); gap: 0 1.5rem; }
      .halves .responses.two { grid-template-columns: 1fr; }
      .halves .prompt { margin-top: 0; }
      .halves #learned > .status { margin-top: 0; }
      .above { margin-top: 1.5rem; }
      .beside th, .beside td { width: 50%; padding-right: 1.5rem; }
      .beside td { white-space: normal; }
      .detail { margin: .2rem 0 0; color: var(--soft); font-size: .8125rem; }
      kbd { margin-left: .6rem; padding: .05rem .4rem; border: 1px solid currentColor; border-radius: .25rem; font: .75rem ui-monospace, monospace; }
      button { min-height: 2.6rem; padding: .4rem 1.1rem; border: 1px solid var(--link); border-radius: .5rem; background: var(--link); color: var(--paper); font: inherit; font-weight: 600; cursor: pointer; }
      button.quiet { border-color: var(--faint); background: none; color: var(--ink); font-weight: 500; }
      button:hover { filter: brightness(1.06); }
      button.quiet:hover { border-color: var(--link); }
      button[aria-disabled] { opacity: .5; cursor: default; }
      button:focus-visible, input:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
      #activity { position: fixed; inset: auto 0 0; display: flex; align-items: center; justify-content: center; gap: 1.25rem; padding: .7rem 1.5rem; border-top: 1px solid var(--rule); background: var(--panel); }
      #activity[hidden] { display: none; }
      #activity .name { min-width: 16rem; text-align: right; font-size: .9375rem; }
      #activity progress { width: min(24rem, 35vw); height: .6rem; accent-color: var(--link); }
      .word { position: fixed; inset: auto 0 4.4rem; width: fit-content; max-width: min(44rem, 92vw); margin: 0 auto; padding: .6rem 1rem; border: 1px solid var(--rule); border-radius: .5rem; background: var(--paper); box-shadow: 0 .3rem 1.2rem rgb(0 0 0 / .14); }
      .word:empty { display: none; }
      .word.alarming { border-color: var(--alarming); background: var(--alarming-panel); }
      @media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
      @media (max-width: 60rem) { .halves { grid-template-columns: minmax(0, 1fr); gap: 2rem; } }
      @media (max-width: 46rem) {
        .responses.two, .answers.four { grid-template-columns: 1fr; }
        .step { padding: 1rem 1rem 1.25rem; }
        .inline > button { margin-top: 0; }
        #activity { flex-wrap: wrap; gap: .5rem 1rem; }
        #activity .name { min-width: 100%; text-align: center; }
        #activity progress { width: 60vw; }
        .response kbd, .skip kbd { display: none; }
        main > h1 { font-size: 1.6rem; }
        .bar .maker { width: 100%; }
      }

      """
}
