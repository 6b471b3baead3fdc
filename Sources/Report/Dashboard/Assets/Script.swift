/// What pages do beyond links and forms: charts that answer the pointer, figures that stay current, sliders. Without it all
/// pages work.
enum Script {
    static let text = #"""
        "use strict";
        (() => {
          const colour = name => getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim();
          const roles = { plain: "ink" };
          const money = new Intl.NumberFormat("en-US", { maximumFractionDigits: 2 });

          function dataset(series, hasBaseline) {
            const line = colour(roles[series.role] || series.role) || colour("ink");
            return { label: series.label, data: series.values, borderColor: line, backgroundColor: line, borderWidth: series.label ? 2 : 1,
              // What lies between the baseline and what was realised is what was saved.
              fill: series.role === "accent" && hasBaseline ? { target: 0, above: colour("loss") + "22", below: colour("accent") + "29" } : false,
              borderDash: series.dashed ? [6, 4] : [], pointRadius: series.label ? 2 : 0, pointHoverRadius: series.label ? 5 : 0, tension: 0, spanGaps: false };
          }

          function band(data) {
            if (!data.band) return [];
            const edge = { borderWidth: 0, pointRadius: 0, backgroundColor: colour("accent") + "29" };
            return [{ label: data.band.label + ", low", data: data.band.low, fill: false, ...edge },
              { label: data.band.label, data: data.band.high, fill: "-1", ...edge }];
          }

          // Charts are drawn by the server; where Chart.js is at hand it draws them anew, so that they answer the pointer.
          function charts(root) {
            if (!window.Chart) return;
            for (const holder of root.querySelectorAll("figure script.chart-data")) {
              const figure = holder.closest("figure");
              if (figure.querySelector("canvas")) continue;
              const data = JSON.parse(holder.textContent);
              const box = document.createElement("div");
              box.className = "chart";
              const canvas = document.createElement("canvas");
              const caption = figure.querySelector("figcaption");
              canvas.setAttribute("role", "img");
              canvas.setAttribute("aria-label", caption ? caption.textContent : "Chart; the numbers stand below.");
              box.append(canvas);
              figure.querySelector("svg.lines").before(box);
              const grid = { color: colour("rule") }, ticks = { color: colour("soft") };
              new Chart(canvas, {
                type: "line",
                data: { labels: data.points, datasets: [...data.series.map(one => dataset(one, data.series[0].dashed)), ...band(data)] },
                options: { animation: false, responsive: true, maintainAspectRatio: false,
                  interaction: { mode: "index", intersect: false },
                  plugins: { legend: { labels: { color: colour("ink"), boxHeight: 2, filter: item => item.text && !item.text.endsWith(", low") } },
                    tooltip: { callbacks: { label: item => item.dataset.label + ": " + money.format(item.raw) } } },
                  scales: { x: { grid: { display: false }, ticks: { ...ticks, maxRotation: 0, autoSkipPadding: 16 } }, y: { beginAtZero: true, grid, ticks } } },
              });
              canvas.dataset.drawn = "yes";
            }
          }

          // Chart.js keeps a chart until it is told that its canvas goes.
          function forget(root) {
            if (!window.Chart) return;
            for (const canvas of root.querySelectorAll(".chart canvas")) Chart.getChart(canvas)?.destroy();
            root.querySelectorAll(".chart").forEach(box => box.remove());
          }

          // The page is fetched again; while something in it has the focus it is left alone.
          async function refresh() {
            const main = document.querySelector("main");
            const isUsed = () => main.contains(document.activeElement) && document.activeElement !== main;
            if (isUsed()) return;
            const answer = await fetch(location.href, { headers: { accept: "text/html" } });
            if (!answer.ok || isUsed()) return;
            const page = new DOMParser().parseFromString(await answer.text(), "text/html");
            const open = [...main.querySelectorAll("details")].map(one => one.open);
            forget(main);
            main.replaceChildren(...page.querySelector("main").childNodes);
            main.querySelectorAll("details").forEach((one, place) => { one.open = open[place] || false; });
            charts(main);
            const status = main.querySelector(".live");
            if (status) status.textContent = "Updated at " + new Date().toLocaleTimeString();
          }

          // A page that says so hears of changes, as long as it is seen: a browser has few connections to share among its tabs.
          function live() {
            if (!("live" in document.body.dataset) || !window.EventSource) return;
            let events;
            const listen = () => {
              events = new EventSource("/events");
              events.addEventListener("changed", refresh);
            };
            document.addEventListener("visibilitychange", () => {
              events?.close();
              if (document.hidden) return;
              refresh();
              listen();
            });
            if (!document.hidden) listen();
          }

          // What stands around the result tells of the same assumptions: the title, the files to take along, the notes.
          function around(page) {
            document.title = page.title;
            for (const part of ["main > header", "main > .choices", "main > footer"]) {
              const [shown, fresh] = [document.querySelector(part), page.querySelector(part)];
              if (shown && fresh) shown.replaceWith(fresh);
            }
          }

          // Sliders: the server computes, the result is shown in its place.
          function sliders() {
            for (const form of document.querySelectorAll("form[data-recompute]")) {
              let timer, running;
              form.addEventListener("input", event => {
                const shown = form.querySelector(`output[for="${event.target.id}"]`);
                if (shown) shown.textContent = event.target.value;
                clearTimeout(timer);
                timer = setTimeout(async () => {
                  if (running) running.abort();
                  running = new AbortController();
                  const target = form.getAttribute("action") + "?" + new URLSearchParams(new FormData(form));
                  try {
                    const answer = await fetch(target, { signal: running.signal });
                    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
                    const result = document.getElementById("result"), fresh = page.getElementById("result");
                    if (!fresh) return;
                    forget(result);
                    result.replaceChildren(...fresh.childNodes);
                    charts(result);
                    around(page);
                    history.replaceState(null, "", target);
                  } catch (error) { if (error.name !== "AbortError") throw error; }
                }, 120);
              });
            }
          }

          document.addEventListener("submit", event => {
            const question = event.target.dataset.confirm;
            if (question && !confirm(question)) event.preventDefault();
          });
          // A canvas does not follow the colours of the page by itself.
          matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
            forget(document);
            charts(document);
          });
          charts(document);
          live();
          sliders();
        })();

        """#

    static let icon = """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="6" fill="#0b5d3b"/><path d="M7 22l6-7 5 4 7-10" fill="none" stroke="#fdfdfb" stroke-width="3"/></svg>
        """
}
