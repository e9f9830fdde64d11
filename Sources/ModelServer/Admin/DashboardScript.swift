/// What the dashboard does beyond forms: it renews itself, and draws lines over time as reports do.
enum DashboardScript {
  static let text = """
    "use strict";
    (() => {
      const svgName = "http://www.w3.org/2000/svg";
      function svg(name, attributes, ...children) {
        const element = document.createElementNS(svgName, name);
        for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
        element.append(...children);
        return element;
      }
      function element(name, text, className) {
        const made = document.createElement(name);
        if (text !== undefined) made.textContent = text;
        if (className) made.className = className;
        return made;
      }

      // Words and numbers: the server has written them already.
      function showTexts(texts) {
        for (const target of document.querySelectorAll("[data-text]")) {
          const given = texts[target.dataset.text];
          if (!given) continue;
          if (target.textContent !== given.text) target.textContent = given.text;
          if (given.tone) target.dataset.tone = given.tone; else delete target.dataset.tone;
        }
      }

      // A line as large as a word, with a dashed one to compare it with.
      function spark({ values, reference }) {
        const [width, height, margin] = [120, 24, 2];
        const picture = svg("svg", { class: "spark", "aria-hidden": "true", viewBox: `0 0 ${width} ${height}` });
        if (values.length < 2) return picture;
        const shown = reference === undefined ? values : [...values, reference];
        const [least, most] = [Math.min(...shown), Math.max(...shown)];
        const level = (value) =>
          height - margin - (most > least ? (value - least) / (most - least) : .5) * (height - 2 * margin);
        if (reference !== undefined)
          picture.append(svg("line", { class: "reference", x1: margin, x2: width - margin, y1: level(reference), y2: level(reference) }));
        const step = (width - 2 * margin) / (values.length - 1);
        picture.append(svg("path", { class: "line s1", d: values.map((value, place) =>
          (place ? "L" : "M") + (margin + place * step).toFixed(2) + " " + level(value).toFixed(2)).join("") }));
        return picture;
      }

      function showTables(tables) {
        for (const [id, rows] of Object.entries(tables)) {
          const table = document.getElementById(id);
          if (!table) continue;
          const isNumeric = [...table.tHead.rows[0].cells].map((cell) => cell.classList.contains("n"));
          table.hidden = rows.length === 0;
          document.getElementById(id + "-nothing").hidden = rows.length > 0;
          table.tBodies[0].replaceChildren(...rows.map((row) => {
            const line = element("tr");
            row.forEach((cell, place) => {
              const made = element(place ? "td" : "th");
              if (!place) made.scope = "row";
              if (isNumeric[place]) made.classList.add("n");
              if (cell.tone) made.classList.add("tone-" + cell.tone);
              if (cell.meter) {
                const meter = element("meter", cell.text);
                const limit = cell.meter.limit;
                Object.assign(meter, { min: 0, max: limit, low: limit / 2, high: limit * .8, optimum: 0, value: cell.meter.value });
                made.append(meter);
              } else if (cell.trend) made.append(spark(cell.trend));
              else made.textContent = cell.text;
              line.append(made);
            });
            return line;
          }));
        }
      }

      // Round numbers from 0: multiples of 1, 2 or 5 times a power of ten.
      function ticks(most, count) {
        const raw = (most > 0 ? most : 1) / count;
        const unit = 10 ** Math.floor(Math.log10(raw));
        const step = unit * ([1, 2, 5].find((factor) => raw <= unit * factor * 1.0001) || 10);
        return Array.from({ length: Math.max(1, Math.ceil(most / step - 1e-9)) + 1 }, (_, place) => place * step);
      }
      function label(value, step) {
        return value.toFixed(Math.max(0, -Math.floor(Math.log10(step) + 1e-9)));
      }
      function age(seconds) {
        return seconds === 0 ? "now" : seconds < 60 ? "−" + seconds + " s" : "−" + seconds / 60 + " min";
      }

      function draw(figure, chart) {
        figure.hidden = false;
        figure.querySelector("figcaption").textContent = chart.summary;
        figure.querySelector(".legend").replaceChildren(...(chart.series.length < 2 ? [] : chart.series.map((series, place) => {
          const item = element("li");
          item.append(svg("svg", { class: "key s" + (place + 1), viewBox: "0 0 26 12", "aria-hidden": "true" },
            svg("path", { class: "line", d: "M0 6H26" })), series.name);
          return item;
        })));
        const host = figure.querySelector(".plot");
        const [width, height] = [Math.max(260, host.clientWidth), 190];
        const points = chart.series.flatMap((series) => series.points);
        const unit = figure.dataset.unit ? " " + figure.dataset.unit : "";
        const rows = ticks(Math.max(0, ...points.map((point) => point[1])), 4);
        const step = rows[1] - rows[0];
        const labels = rows.map((row) => label(row, step) + unit);
        const left = 12 + 7 * Math.max(...labels.map((text) => text.length));
        const [right, top, bottom] = [width - 22, 8, height - 26];
        const oldest = Math.max(10, ...points.map((point) => point[0]));
        const x = (seconds) => right - seconds / oldest * (right - left);
        const y = (value) => bottom - value / rows[rows.length - 1] * (bottom - top);
        const title = figure.querySelector("h3").textContent;
        const picture = svg("svg", { class: "chart", role: "img", "aria-label": title + ". " + chart.summary, viewBox: `0 0 ${width} ${height}` });
        rows.forEach((row, place) => picture.append(
          svg("line", { class: place ? "grid" : "axis", x1: left, x2: right, y1: y(row), y2: y(row) }),
          svg("text", { x: left - 7, y: y(row) + 4, "text-anchor": "end" }, labels[place])));
        const pace = [5, 10, 30, 60, 120, 300, 600, 1800, 3600].find((pace) => oldest / pace <= 4) || oldest;
        for (let seconds = 0; seconds <= oldest; seconds += pace) picture.append(
          svg("text", { x: x(seconds), y: bottom + 18, "text-anchor": "middle" }, age(seconds)));
        chart.series.forEach((series, place) => {
          const style = " s" + (place + 1);
          if (series.points.length === 1)
            picture.append(svg("circle", { class: "dot" + style, r: 3, cx: x(series.points[0][0]), cy: y(series.points[0][1]) }));
          else if (series.points.length)
            picture.append(svg("path", { class: "line" + style, d: series.points.map((point, index) =>
              (index ? "L" : "M") + x(point[0]).toFixed(2) + " " + y(point[1]).toFixed(2)).join("") }));
        });
        if (!points.length) picture.append(
          svg("text", { class: "missing", x: width / 2, y: height / 2, "text-anchor": "middle" }, "no data"));
        host.replaceChildren(picture);
      }

      let charts = {};
      function showCharts() {
        for (const [id, chart] of Object.entries(charts)) {
          const figure = document.getElementById(id);
          if (figure) draw(figure, chart);
        }
      }

      // What can be asked of the canary now; a form that somebody fills in stays as it is.
      function showCommands(commands) {
        for (const form of document.querySelectorAll("[data-command]"))
          form.hidden = !commands.includes(form.dataset.command);
      }

      function show(content) {
        showTexts(content.texts);
        // Who marks text in a table, or reads it with the keyboard, is not disturbed.
        if (!String(getSelection())) showTables(content.tables);
        charts = content.charts;
        showCharts();
        showCommands(content.commands);
      }

      const live = document.getElementById("live");
      function say(text) { if (live.textContent !== text) live.textContent = text; }
      const source = new EventSource("/events");
      source.onmessage = (event) => { show(JSON.parse(event.data)); say("live"); };
      source.onerror = () => {
        say(source.readyState === EventSource.CLOSED
          ? "No longer renewed: reload the page, and enter the key again if it is asked for."
          : "The server cannot be reached; trying again…");
      };
      let resized = 0;
      addEventListener("resize", () => { clearTimeout(resized); resized = setTimeout(showCharts, 150); });
    })();

    """
}
