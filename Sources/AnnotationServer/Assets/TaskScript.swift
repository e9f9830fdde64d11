/// What the task page does beyond forms and links: the clock, drafts and keys.
enum TaskScript {
  static let text = """
    "use strict";
    (() => {
      const form = document.getElementById("answer");
      if (!form) return;
      const clock = document.getElementById("active_seconds");
      const saved = document.getElementById("saved");
      const idle = Number(document.getElementById("work").dataset.idle) * 1000;
      const token = form.elements.token.value;
      const local = "attune-draft-" + token;

      // Active time: what passes while the page is seen and something was done within the idle limit.
      let active = Number(clock.value) * 1000, last = performance.now(), touched = last;
      function tick() {
        const now = performance.now();
        if (!document.hidden) active += Math.max(0, Math.min(now, touched + idle) - last);
        last = now;
        clock.value = (active / 1000).toFixed(1);
      }
      function touch() { tick(); touched = performance.now(); }
      for (const name of ["keydown", "pointerdown", "pointermove", "scroll", "input", "wheel"])
        addEventListener(name, touch, { passive: true, capture: true });
      setInterval(tick, 1000);

      // Drafts: on the server, and in the browser until the server has them.
      function fields() { tick(); return new URLSearchParams(new FormData(form)); }
      let timer = 0, sent = false;
      function say(text) { saved.textContent = text; }
      async function save() {
        clearTimeout(timer);
        if (sent) return;
        const body = fields();
        try {
          const response = await fetch("/task/draft", { method: "POST", body });
          if (sent) return;
          if (response.ok) { localStorage.removeItem(local); say("Draft saved"); }
          else if (response.status === 401)
            say("You are signed out. Sign in in another tab, then reload: what you have written is kept.");
          else if (response.status === 409)
            say("This task is no longer yours. Reload for the next one.");
        } catch { say("The server cannot be reached. What you have written is kept here."); }
      }
      function note() {
        const body = fields();
        body.delete("csrf_token");
        localStorage.setItem(local, body.toString());
        say("");
        clearTimeout(timer);
        timer = setTimeout(save, 800);
      }
      form.addEventListener("input", note);
      document.addEventListener("visibilitychange", () => {
        tick();
        if (document.hidden && !sent) navigator.sendBeacon("/task/draft", fields());
        else { last = touched = performance.now(); }
      });
      setInterval(() => { if (!document.hidden && performance.now() - touched < idle) save(); }, 60000);

      // What the browser has kept and the server has not: after a lost connection, or an ended session.
      const kept = localStorage.getItem(local);
      if (kept) {
        for (const [name, value] of new URLSearchParams(kept)) {
          if (name === "token" || name === "active_seconds") continue;
          for (const field of form.querySelectorAll("[name=" + CSS.escape(name) + "]"))
            if (field.type === "radio") field.checked = field.value === value;
            else field.value = value;
        }
        save();
      }
      for (const key of Object.keys(localStorage))
        if (key.startsWith("attune-draft-") && key !== local) localStorage.removeItem(key);

      // The degree of preference is asked where there is one.
      function settle() {
        const verdict = form.elements.verdict;
        if (!verdict) return;
        const isOne = verdict.value === "0" || verdict.value === "1";
        for (const field of form.querySelectorAll("[name=strength]")) field.disabled = !isOne;
      }
      form.addEventListener("change", settle);
      settle();

      form.addEventListener("submit", (event) => {
        if (sent) { event.preventDefault(); return; }
        tick();
        sent = true;
        clearTimeout(timer);
        localStorage.removeItem(local);
        document.getElementById("send").setAttribute("aria-disabled", "true");
      });
      addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });

      // Keys: letters and digits that choose, outside of fields in which they are written.
      document.addEventListener("keydown", (event) => {
        const target = event.target;
        const isText = target.matches("textarea, input:not([type=radio])");
        if (event.key === "Escape") { target.blur(); return; }
        if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
          event.preventDefault(); form.requestSubmit(); return;
        }
        if (isText || event.ctrlKey || event.metaKey || event.altKey) return;
        if (event.key === "Enter") {
          if (target.matches("button, summary, a")) return;
          event.preventDefault(); form.requestSubmit(); return;
        }
        if (event.key === "r") { event.preventDefault(); form.elements.reason.focus(); return; }
        const found = document.querySelector("[data-key=" + CSS.escape(event.key) + "]");
        if (!found) return;
        event.preventDefault();
        if (found.matches("input")) {
          if (found.disabled) return;
          found.checked = true;
          found.focus();
          found.dispatchEvent(new Event("input", { bubbles: true }));
          found.dispatchEvent(new Event("change", { bubbles: true }));
        } else if (found.matches("details")) {
          found.open = !found.open;
          const field = found.open && found.querySelector("input:not([type=hidden])");
          if (field) field.focus();
        } else { found.click(); }
      });
    })();

    """
}
