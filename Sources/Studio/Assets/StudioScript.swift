/// What the pages do: they send forms, and show what comes back, message by message.
enum StudioScript {
  static let text = """
    "use strict";
    (() => {
      const element = (id) => document.getElementById(id);
      const token = document.querySelector("meta[name=csrf-token]").content;
      const word = element("word"), activity = element("activity");
      const name = element("activity-name"), meter = element("activity-meter");
      // The job under way, of which there is one at a time, and the choice that is being sent.
      let job = null, choosing = false, quiet = 0;

      function say(text, isFailure) {
        clearTimeout(quiet);
        word.textContent = text;
        word.classList.toggle("alarming", Boolean(isFailure));
        quiet = setTimeout(() => { word.textContent = ""; }, isFailure ? 12000 : 5000);
      }

      function progress(value) {
        name.textContent = value.activity;
        if (value.total > 0) { meter.max = value.total; meter.value = value.done; }
        else meter.removeAttribute("value");
      }

      function settle() {
        activity.hidden = !job;
        for (const button of document.querySelectorAll("form[data-job] button"))
          if (job) button.setAttribute("aria-disabled", "true");
          else button.removeAttribute("aria-disabled");
      }

      // A part of the page, as the server has made it: all texts in it are escaped there.
      function replace(value) {
        const place = element(value.id);
        if (!place) return;
        const focused = place.contains(document.activeElement) ? document.activeElement.id : "";
        place.innerHTML = value.html;
        const again = focused && element(focused);
        if (again) again.focus({ preventScroll: true });
        settle();
      }

      function receive(message) {
        const value = JSON.parse(message.data);
        if (message.name === "fragment") replace(value);
        else if (message.name === "progress") progress(value);
        else if (message.name === "word") say(value.text, false);
        else if (message.name === "failure") say(value.text, true);
      }

      // Messages of an event stream, each of which ends with an empty line.
      async function listen(body) {
        const reader = body.pipeThrough(new TextDecoderStream()).getReader();
        let rest = "";
        for (;;) {
          const { value, done } = await reader.read();
          if (done) return;
          rest += value;
          for (let end = rest.indexOf("\\n\\n"); end >= 0; end = rest.indexOf("\\n\\n")) {
            const lines = rest.slice(0, end).split("\\n");
            rest = rest.slice(end + 2);
            const event = lines.find((line) => line.startsWith("event: "));
            const data = lines.filter((line) => line.startsWith("data: ")).map((line) => line.slice(6));
            if (event && data.length) receive({ name: event.slice(7), data: data.join("\\n") });
          }
        }
      }

      async function send(action, fields, signal) {
        try {
          const response = await fetch(action, {
            method: "POST", body: new URLSearchParams(fields), signal,
            headers: { accept: "text/event-stream, application/json", "x-csrf-token": token },
          });
          if (response.ok) { await listen(response.body); return true; }
          const failure = await response.json().catch(() => null);
          say(failure ? failure.error.message : "The server has answered with an error.", true);
        } catch (error) {
          if (error.name === "AbortError") say("Stopped.", false);
          else say("The server cannot be reached. Is the studio still running?", true);
        }
        return false;
      }

      async function work(action, fields, text) {
        if (job) { say("The model is busy. Wait until it is done, or stop it.", false); return; }
        const control = new AbortController();
        job = control;
        // What the server does for everybody goes on, whoever looks.
        element("stop").hidden = action === "/prepare";
        progress({ activity: text || "Working", done: 0, total: 0 });
        settle();
        const isDone = await send(action, fields, control.signal);
        job = null;
        settle();
        // What fails is not tried again by itself.
        if (isDone) goOn();
      }

      // What the page is to do next by itself, where it says so.
      function goOn() {
        const next = document.querySelector("[data-auto]");
        if (!next || job) return;
        const action = next.dataset.auto;
        next.removeAttribute("data-auto");
        work(action, {}, next.dataset.autoText);
      }

      document.addEventListener("submit", async (event) => {
        const form = event.target;
        event.preventDefault();
        const fields = new FormData(form, event.submitter);
        if (form.hasAttribute("data-job")) {
          work(form.getAttribute("action"), fields, event.submitter ? event.submitter.textContent : "");
          return;
        }
        if (choosing) return;
        choosing = true;
        const isDone = await send(form.getAttribute("action"), fields);
        choosing = false;
        if (isDone) goOn();
      });

      element("stop").addEventListener("click", () => { if (job) job.abort(); });

      // Keys choose, outside of fields in which letters are written; a key that is held chooses once.
      document.addEventListener("keydown", (event) => {
        if (event.repeat || event.ctrlKey || event.metaKey || event.altKey) return;
        if (event.target.matches("input, textarea")) {
          if (event.key === "Escape") event.target.blur();
          return;
        }
        const button = document.querySelector("[data-key=" + CSS.escape(event.key.toLowerCase()) + "]");
        if (!button) return;
        event.preventDefault();
        button.click();
      });

      goOn();
    })();

    """
}
