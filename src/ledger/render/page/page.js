
"use strict";
(() => {
  const most = 1000; // rows of a huge table on the screen, as in the style
  const narrow = matchMedia("(max-width: 42rem)");
  const collator = new Intl.Collator("zh", { numeric: true });
  const lights = ["red", "yellow", "blue", "green", "grey", "done", "cancelled"];
  const tables = [...document.querySelectorAll("main > section table")].map((element) => {
    const parts = [...element.tBodies].map((body) => {
      const band = body.querySelector(".band");
      const rows = [...body.rows].filter((row) => row !== band);
      return { body, band, rows, order: rows };
    });
    const rows = parts.flatMap((part) => part.rows);
    return { element, parts, rows, fitting: null, list: element.classList.contains("list") };
  });

  /* Puts the rows that fit into the table, in their order and under their band; a huge table gets all of them only on
     paper. */
  function show(table, all) {
    let shown = 0;
    for (const part of table.parts) {
      const rows = table.fitting ? part.order.filter((row) => table.fitting.has(row)) : part.order;
      const kept = table.element.classList.contains("huge") && !all ? rows.slice(0, Math.max(0, most - shown)) : rows;
      const fragment = new DocumentFragment();
      if (part.band) fragment.append(part.band);
      kept.forEach((row) => fragment.append(row));
      part.body.replaceChildren(fragment);
      part.body.hidden = table.fitting !== null && rows.length === 0;
      shown += rows.length;
    }
    table.element.closest("section").hidden = shown === 0;
  }

  /* What a cell is sorted by: a number, a text, or null where there is nothing. */
  function key(cell) {
    const text = cell.textContent.trim();
    if (text === "" || text === "—") return null;
    if (cell.dataset.value) return Number(cell.dataset.value);
    const inside = cell.firstElementChild;
    if (inside && inside.dateTime) return Date.parse(inside.dateTime);
    if (inside && cell.classList.contains("state")) return lights.indexOf(inside.className);
    const number = cell.classList.contains("number") ? parseFloat(text) : NaN;
    return Number.isNaN(number) ? text : number;
  }

  /* Numbers and days before words; what is missing comes last whichever way. */
  function compare(a, b, way) {
    if (a === null || b === null) return (a === null) - (b === null);
    if (typeof a !== typeof b) return typeof a === "number" ? -1 : 1;
    return way * (typeof a === "number" ? a - b : collator.compare(a, b));
  }

  /* Up, down, and as the report had it. */
  function sort(table, heading) {
    const before = heading.getAttribute("aria-sort");
    for (const other of table.element.tHead.rows[0].cells) other.removeAttribute("aria-sort");
    for (const part of table.parts) part.order = part.rows;
    if (before !== "descending") {
      const way = before ? -1 : 1;
      for (const part of table.parts) {
        const keyed = part.rows.map((row) => [key(row.cells[heading.cellIndex]), row]);
        part.order = keyed.sort((a, b) => compare(a[0], b[0], way)).map((pair) => pair[1]);
      }
      heading.setAttribute("aria-sort", before ? "descending" : "ascending");
    }
    show(table);
  }

  function makeSortable(table) {
    for (const heading of table.rows.length > 1 ? table.element.tHead.rows[0].cells : []) {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...heading.childNodes);
      button.addEventListener("click", () => sort(table, heading));
      heading.append(button);
    }
  }

  const plain = (text) => text.normalize("NFKC").toLowerCase();

  /* What each row of a list is found by. */
  function entries(table) {
    const unit = [...table.element.tHead.rows[0].cells].findIndex((cell) => "unit" in cell.dataset);
    return table.rows.map((row) => {
      const cells = [...row.cells];
      const light = row.querySelector(".state b");
      return {
        row,
        text: plain(cells.map((cell) => cell.textContent).join("\n")),
        light: light ? light.className : "",
        unit: unit < 0 ? "" : cells[unit].textContent.split("\n", 1)[0],
      };
    });
  }

  function makeFilter(form, said) {
    const lists = tables.filter((table) => table.list);
    const { text, light, unit } = form.elements;
    const chosen = (field) => (field ? field.value : "");
    let waiting = 0;

    function filter() {
      const words = plain(text.value).split(/\s+/).filter(Boolean);
      const active = Boolean(words.length || chosen(light) || chosen(unit));
      const fits = (entry) => (!chosen(light) || entry.light === chosen(light))
        && (!chosen(unit) || entry.unit === chosen(unit)) && words.every((word) => entry.text.includes(word));
      let shown = 0;
      let all = 0;
      for (const table of lists) {
        table.entries = table.entries || entries(table);
        table.fitting = active ? new Set(table.entries.filter(fits).map((entry) => entry.row)) : null;
        shown += active ? table.fitting.size : 0;
        all += table.rows.length;
        show(table);
      }
      form.querySelector("button").disabled = !active;
      said.classList.toggle("less", active);
      said.textContent = active ? said.dataset.words.replace("{shown}", shown).replace("{all}", all) : "";
    }

    function soon() {
      clearTimeout(waiting);
      waiting = setTimeout(filter, 120);
    }
    for (const event of ["input", "reset"]) form.addEventListener(event, soon);
    form.addEventListener("submit", (event) => event.preventDefault());
    form.hidden = false;
    if (text.value || chosen(light) || chosen(unit)) filter(); // some browsers keep what was chosen
  }

  /* Tables that a phone sets as cards lose what they are to a screen reader unless it is said. */
  function sayRoles(table) {
    const say = (elements, role) => [...elements].forEach((element) => element.setAttribute("role", role));
    say([table.element], "table");
    say(table.element.querySelectorAll("thead, tbody"), "rowgroup");
    for (const row of [...table.element.rows, ...table.rows]) {
      say([row], "row");
      say(row.querySelectorAll("th"), "columnheader");
      say(row.querySelectorAll("td"), "cell");
    }
  }

  document.documentElement.classList.add("js");
  tables.forEach(makeSortable);
  tables.filter((table) => table.element.classList.contains("huge")).forEach((table) => {
    show(table);
    addEventListener("beforeprint", () => show(table, true));
    addEventListener("afterprint", () => show(table));
  });
  const form = document.querySelector(".tools");
  if (form) makeFilter(form, document.querySelector(".shown"));
  if (narrow.matches) {
    tables.filter((table) => table.element.classList.contains("cards")).forEach(sayRoles);
    for (const box of document.querySelectorAll(".table")) if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
  }
})();
