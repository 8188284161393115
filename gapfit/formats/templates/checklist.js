"use strict";
(() => {
  const place = "gapfit-checklist-" + document.body.dataset.key;
  const boxes = [...document.querySelectorAll("input[type=checkbox]")];
  const items = boxes.filter((box) => box.dataset.hours);
  const {role, done} = document.body.dataset;

  // A browser may refuse storage to a file: then ticks last as long as the page is open.
  const read = () => { try { return JSON.parse(localStorage.getItem(place)) || {}; } catch { return {}; } };
  const write = (ticks) => { try { localStorage.setItem(place, JSON.stringify(ticks)); } catch { /* as above */ } };

  const show = () => {
    const ticked = items.filter((box) => box.checked);
    for (const box of items) box.closest(".task").classList.toggle("built", box.checked);
    if (!items.length) return;
    document.getElementById("progress").value = ticked.reduce((sum, box) => sum + Number(box.dataset.hours), 0);
    document.getElementById("built").textContent = `${ticked.length} of ${items.length} built`;
    document.getElementById("again").hidden = !ticked.length;
    document.getElementById("command").textContent =
      `gapfit checklist RESUME.pdf --role ${role} --done ${[done, ...ticked.map((box) => box.id)].filter(Boolean).join(",")}`;
  };

  const kept = read();
  for (const box of boxes) if (box.id in kept) box.checked = kept[box.id];
  document.addEventListener("change", (event) => {
    if (!boxes.includes(event.target)) return;
    const ticks = read();
    ticks[event.target.id] = event.target.checked;
    write(ticks);
    show();
  });
  show();
})();
