internal import Reports

/// The look of the administration: that of reports, with tables that are renewed and bars in them.
enum DashboardStyle {
  static let text =
    StyleSheet.text + StyleSheet.controls + """
      .bar .viewer { flex: 1; }
      [hidden] { display: none !important; }
      main > section > h2, .pair h2 { margin: 2.25rem 0 .5rem; padding-top: .8rem; font-size: 1.15rem; }
      main > h1 { overflow-wrap: anywhere; }
      section > h3 { margin-top: 1.5rem; }
      .tiles { margin-top: 1.25rem; grid-template-columns: repeat(auto-fit, minmax(9.5rem, 1fr)); }
      .table { position: relative; margin: .6rem 0; }
      .n + :not(.n) { padding-left: 1.5rem; }
      tbody tr > * { vertical-align: middle; }
      tbody th { min-width: auto; overflow-wrap: normal; }
      .figures { grid-template-columns: repeat(auto-fit, minmax(min(100%, 21rem), 1fr)); margin-top: 1rem; }
      figure { margin: 1rem 0 .5rem; }
      .plot .chart { max-width: none; }
      .pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 24rem), 1fr)); gap: 0 2.5rem; }
      [data-tone=good] { color: var(--good); }
      [data-tone=caution] { color: var(--caution); }
      [data-tone=alarming] { color: var(--alarming); }
      meter { width: 100%; min-width: 6rem; max-width: 14rem; height: .8rem; border: 0; border-radius: .4rem; background: var(--rule); vertical-align: middle; }
      meter::-webkit-meter-bar { border: 0; border-radius: .4rem; background: var(--rule); height: .8rem; }
      meter::-webkit-meter-optimum-value { border-radius: .4rem; background: var(--s1); }
      meter::-webkit-meter-suboptimum-value { border-radius: .4rem; background: var(--caution); }
      meter::-webkit-meter-even-less-good-value { border-radius: .4rem; background: var(--alarming); }
      meter::-moz-meter-bar { background: var(--s1); }
      meter:-moz-meter-sub-optimum::-moz-meter-bar { background: var(--caution); }
      meter:-moz-meter-sub-sub-optimum::-moz-meter-bar { background: var(--alarming); }
      td .spark { margin: 0; width: 9rem; }
      .commands { display: flex; flex-wrap: wrap; align-items: flex-start; gap: .5rem 2rem; margin: .75rem 0; }
      .commands details { margin: 0; }
      .commands details[open] { padding: .5rem 1rem .9rem; border: 1px solid var(--rule); border-radius: .6rem; background: var(--panel); max-width: 26rem; }
      .commands summary { padding: .4rem 0; }
      .sure { display: flex; gap: .6rem; align-items: baseline; margin: .6rem 0 .9rem; }
      .sure input { width: 1.05rem; height: 1.05rem; accent-color: var(--link); flex: none; }
      button.alarm { border-color: var(--alarming); background: var(--alarming); }

      """
}
