"use strict";
(() => {
  const table = document.getElementById("candidates");
  const bodies = [...table.tBodies].filter((body) => body.dataset.rank);
  const status = document.getElementById("status");
  const filter = document.getElementById("filter");
  const by = document.getElementById("by");
  const collator = new Intl.Collator(undefined, {numeric: true});
  let column = "rank", descending = false;

  const fitOf = (body) => by.value === "" ? Number(body.dataset.fit)
    : Number(body.dataset.fits.split(" ")[Number(by.value)]);

  const keys = {
    rank: (a, b) => fitOf(b) - fitOf(a) || a.dataset.rank - b.dataset.rank,
    source: (a, b) => collator.compare(a.dataset.source, b.dataset.source),
    role: (a, b) => collator.compare(a.dataset.role, b.dataset.role) || keys.rank(a, b),
    fit: (a, b) => fitOf(a) - fitOf(b) || b.dataset.rank - a.dataset.rank,
  };

  const sort = () => {
    const sign = descending ? -1 : 1;
    bodies.sort((a, b) => sign * keys[column](a, b));
    table.append(...bodies);
    for (const head of table.tHead.rows[0].cells) {
      const own = head.dataset.column === column;
      head.setAttribute("aria-sort", !own ? "none" : descending ? "descending" : "ascending");
    }
  };

  const rank = () => {
    [...bodies].sort(keys.rank).forEach((body, place) => {
      const fit = fitOf(body);
      body.querySelector(".rank").textContent = by.value === "" ? body.dataset.rank : place + 1;
      body.querySelector(".number").textContent = Math.round(fit);
      body.querySelector("meter").value = fit;
    });
  };

  const texts = new Map(bodies.map((body) => [body,
    [...body.querySelectorAll("[data-search]")].map((part) => part.textContent).join(" ")
      .toLocaleLowerCase()]));

  const narrow = () => {
    const words = filter.value.toLocaleLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const body of bodies) {
      body.hidden = !words.every((word) => texts.get(body).includes(word));
      shown += body.hidden ? 0 : 1;
    }
    status.textContent = words.length ? `${shown} of ${bodies.length} shown` : "";
  };

  const toggle = (button) => {
    const open = button.getAttribute("aria-expanded") !== "true";
    button.setAttribute("aria-expanded", String(open));
    document.getElementById(button.getAttribute("aria-controls")).hidden = !open;
  };

  table.addEventListener("click", (event) => {
    const head = event.target.closest("th button[data-sort]");
    if (head) {
      descending = column === head.dataset.sort ? !descending : head.dataset.sort === "fit";
      column = head.dataset.sort;
      sort();
      return;
    }
    const button = event.target.closest("button[aria-controls]");
    if (button) toggle(button);
  });
  filter.addEventListener("input", narrow);
  by.addEventListener("change", () => { column = "rank"; descending = false; rank(); sort(); });
  for (const row of table.querySelectorAll("tr.evidence")) row.hidden = true;
  for (const tool of document.querySelectorAll("[data-needs-script]")) tool.hidden = false;
  sort();
})();
