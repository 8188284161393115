"use strict";
(() => {
  const model = JSON.parse(document.getElementById("model").textContent);
  const all = (selector) => [...document.querySelectorAll(selector)];
  const place = new Map(model.skills.map((skill, i) => [skill.id, i]));
  const tried = new Set(); // places of skills, in the order in which they were tried
  const as = document.getElementById("as");
  const {lead} = document.querySelector(".desk").dataset;

  // gapfit/scoring.py, line by line: coverage, curve, gate. Credits are 0 to 1, by place of skill.
  const fitOf = (role, credits) => {
    let whole = 0, earned = 0;
    for (const [skill, weight] of role.stack) {
      whole += weight;
      earned += weight * credits[skill];
    }
    const covered = earned / whole;
    if (!(covered > 0)) return 0;
    const half = role.halfway ** role.shape, risen = covered ** role.shape;
    return 100 * (1 + half) * risen / (risen + half) * gateOf(role, credits);
  };
  const gateOf = (role, credits) => {
    if (!role.gate.length) return 1;
    const shown = Math.max(...role.gate.map(([skill, needed]) => credits[skill] / needed));
    return model.floor + (1 - model.floor) * Math.min(1, shown) ** 2;
  };
  const creditsNow = () => {
    const least = model.credit[as.value];
    return model.skills.map((skill, i) => tried.has(i) ? Math.max(skill.credit, least) : skill.credit);
  };

  const start = model.skills.map((skill) => skill.credit);
  const roles = model.roles.map((role) => ({role, before: fitOf(role, start), row:
    document.querySelector(`details[data-role="${role.id}"]`)}));
  const listed = (names) => names.length < 2 ? names.join("")
    : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;

  const compute = () => {
    const credits = creditsNow();
    for (const {role, before, row} of roles) {
      const fit = fitOf(role, credits);
      row.dataset.now = fit;
      const gain = row.querySelector(".gain"), rise = row.querySelector("[data-rise]");
      gain.setAttribute("width", Math.max(0, fit - before).toFixed(3));
      rise.hidden = fit - before < 0.05;
      rise.textContent = ` → ${fit.toFixed(0)}`;
    }
  };

  const show = () => {
    compute();
    for (const button of all("[data-try]")) {
      button.setAttribute("aria-pressed", String(tried.has(place.get(button.dataset.try))));
    }
    document.getElementById("whatif").hidden = !tried.size;
    document.querySelector(".legend-gain").hidden = !tried.size;
    document.documentElement.classList.toggle("trying", tried.size > 0);
    if (!tried.size) return;
    document.getElementById("tried").textContent =
      listed([...tried].map((skill) => model.skills[skill].name));
    const risen = roles.map(({role, before, row}) => ({role, before, now: Number(row.dataset.now)}))
      .filter(({before, now}) => now - before >= 0.05)
      .sort((a, b) => (b.role.id === lead) - (a.role.id === lead) || (b.now - b.before) - (a.now - a.before));
    document.getElementById("changed").textContent = risen.length
      ? risen.slice(0, 4).map(({role, before, now}) =>
        `${role.name} ${before.toFixed(1)} → ${now.toFixed(1)}`).join(", ")
        + (risen.length > 4 ? ` and ${risen.length - 4} more` : "")
      : "No role would rise by a tenth of a point.";
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-try]");
    if (!button) return;
    const skill = place.get(button.dataset.try);
    if (!tried.delete(skill)) tried.add(skill);
    show();
  });
  as.addEventListener("change", show);
  document.getElementById("over").addEventListener("click", () => {
    tried.clear();
    show();
    document.getElementById("gaps-title").scrollIntoView();
  });

  // The map, as another role asks for it.
  const chosen = document.getElementById("map-role");
  const map = () => {
    const role = model.roles.find(({id}) => id === chosen.value);
    const needs = new Map(role.stack.map(([skill, , need]) => [model.skills[skill].id, need]));
    document.querySelector("[data-map-role]").textContent = role.name;
    for (const area of all(".map .area")) {
      const rows = [...area.querySelectorAll("[data-skill]")];
      for (const row of rows) {
        const need = needs.get(row.dataset.skill) || "";
        row.className = `skill ${need}`.trim();
        row.querySelector(".need").textContent = need;
      }
      const asked = rows.filter((row) => needs.get(row.dataset.skill));
      const shown = asked.filter((row) => "shown" in row.dataset);
      area.querySelector("[data-asked]").textContent =
        asked.length ? `${shown.length} of ${asked.length} asked for` : "not asked for";
    }
  };
  chosen.addEventListener("change", map);

  // A link into closed details opens them; a link to a line far away can be taken back.
  const back = document.getElementById("back");
  let from = null;
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    if (!link) return;
    const goal = document.getElementById(link.getAttribute("href").slice(1));
    goal?.closest("details:not([open])")?.setAttribute("open", "");
    const far = link.matches(".place, .mark, .carried a");
    from = far ? {link, y: window.scrollY} : null;
    back.hidden = !far;
  });
  back.addEventListener("click", () => {
    back.hidden = true;
    if (!from) return;
    window.scrollTo({top: from.y});
    from.link.focus({preventScroll: true});
  });

  for (const tool of all(".with-script, [data-try]")) tool.hidden = false;
  compute();
})();
