"use strict";
(() => {
  const root = document.documentElement;
  const remember = (name, value) => {
    try { localStorage.setItem("rnn-judge-" + name, value); } catch { /* private window */ }
  };
  const remembered = (name) => {
    try { return localStorage.getItem("rnn-judge-" + name); } catch { return null; }
  };

  const tell = (name, value) => {
    if (name === "lang") root.lang = value === "zh" ? "zh-Hans" : "en";
  };
  const own = navigator.language.startsWith("zh") ? "zh" : "en";
  const choices = { lang: root.dataset.lang || own, theme: "system" };
  for (const [name, otherwise] of Object.entries(choices)) {
    const wanted = remembered(name) || otherwise;
    for (const box of document.querySelectorAll(`input[name="${name}"]`)) {
      if (box.value === wanted) box.checked = true;
      box.addEventListener("change", () => { remember(name, box.value); tell(name, box.value); });
    }
    tell(name, document.querySelector(`input[name="${name}"]:checked`).value);
  }

  // A stop of the Tab key only where there is something to scroll.
  const boxes = [...document.querySelectorAll(".scroll, pre[tabindex]")];
  const stops = () => {
    for (const box of boxes) box.tabIndex = box.scrollWidth > box.clientWidth ? 0 : -1;
  };
  new ResizeObserver(stops).observe(root);
  document.addEventListener("toggle", stops, true);

  // What is folded in is printed, too.
  addEventListener("beforeprint", () => {
    for (const folded of document.querySelectorAll("details")) folded.open = true;
  });

  for (const hint of document.querySelectorAll(".needs-script")) hint.hidden = false;
  const key = (row, column) => row.cells[column].dataset.sort ?? row.cells[column].textContent;
  const compare = (a, b) => {
    const numbers = a !== "" && b !== "" && !isNaN(a) && !isNaN(b);
    return numbers ? a - b : a.localeCompare(b, undefined, {numeric: true});
  };
  for (const table of document.querySelectorAll("table.sortable")) {
    const heads = [...table.tHead.rows[0].cells];
    heads.forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const up = head.getAttribute("aria-sort") !== "ascending";
        heads.forEach((other) => other.removeAttribute("aria-sort"));
        head.setAttribute("aria-sort", up ? "ascending" : "descending");
        const rows = [...table.tBodies[0].rows];
        rows.sort((a, b) => (up ? 1 : -1) * compare(key(a, column), key(b, column)));
        table.tBodies[0].append(...rows);
      });
    });
  }
})();
