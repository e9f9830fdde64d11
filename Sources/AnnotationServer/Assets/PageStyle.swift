internal import Reports

/// The look of the pages: that of reports, with what is asked and answered.
enum PageStyle {
  static let text =
    StyleSheet.text + StyleSheet.controls + """
      .criterion h2, .prompt h2, .response h2 { margin: 1.5rem 0 .5rem; padding: 0; border: 0; font-size: 1rem; }
      #saved { margin-left: 1rem; }
      .prompt, .response { padding: .25rem 1.1rem 1rem; border: 1px solid var(--rule); border-radius: .6rem; background: var(--panel); }
      .response { background: var(--paper); }
      .prompt h2, .response h2 { margin: .6rem 0 .4rem; color: var(--soft); font-size: .875rem; }
      .said { white-space: pre-wrap; overflow-wrap: anywhere; }
      .turn { margin: .5rem 0; }
      .speaker { color: var(--soft); font-size: .8125rem; font-weight: 600; }
      .responses { display: grid; gap: 1rem; margin: 1rem 0; }
      .responses.two { grid-template-columns: 1fr 1fr; }
      .choice { display: flex; flex-wrap: wrap; gap: .5rem; margin: .9rem 0; padding: 0; border: 0; }
      .choice legend { float: left; width: 100%; margin-bottom: .35rem; padding: 0; font-weight: 600; font-size: .9375rem; }
      .criterion .choice { margin: .4rem 0; align-items: center; }
      .criterion .choice legend { width: 6.5rem; margin: .45rem 0 0; font-weight: 400; }
      .option { display: inline-flex; align-items: center; gap: .45rem; min-height: 2.6rem; padding: .3rem .8rem; border: 1px solid var(--faint); border-radius: .5rem; cursor: pointer; }
      .option input { margin: 0; width: 1.05rem; height: 1.05rem; accent-color: var(--link); }
      .option:has(input:checked) { border-color: var(--link); background: var(--panel); box-shadow: inset 0 0 0 1px var(--link); }
      .option:has(input:focus-visible) { outline: 2px solid var(--link); outline-offset: 2px; }
      .option:has(input:disabled) { opacity: .55; cursor: default; }
      .option input:focus-visible { outline: none; }
      kbd { padding: .05rem .35rem; border: 1px solid var(--rule); border-radius: .25rem; background: var(--panel); color: var(--soft); font: .75rem ui-monospace, monospace; }
      .criterion { margin-top: 1.25rem; border-top: 1px solid var(--rule); }
      .criterion .hint { margin: 0 0 .5rem; }
      button kbd { margin-left: .5rem; border-color: currentColor; background: none; color: inherit; }
      .actions { max-width: none; }
      .others { display: flex; flex-wrap: wrap; align-items: flex-start; gap: 1rem 1.5rem; margin-top: 1.5rem; padding-top: 1rem; border-top: 1px solid var(--rule); }
      .others details { margin: 0; }
      .others summary { padding: .55rem 0; }
      .keys dl { display: grid; grid-template-columns: max-content 1fr; gap: .3rem 1rem; margin: .5rem 0; font-size: .9375rem; }
      .keys dd { margin: 0; color: var(--soft); }
      .guidelines { max-width: 44rem; }
      @media (max-width: 46rem) {
        .responses.two { grid-template-columns: 1fr; }
        .option { flex: 1 1 auto; justify-content: center; }
        .choice .option kbd, .actions kbd, .others kbd, .field kbd, .keys { display: none; }
        .actions button { width: 100%; }
        .criterion .choice legend { width: 100%; margin: 0; }
      }

      """
}
