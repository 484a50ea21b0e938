// Sorts and filters the table of the register. Without this script the table is whole, in the order of the list.
"use strict";

(() => {
  const FILTERS = ["text", "status", "owner", "practice", "service", "goal", "tag", "light"];

  const words = (text) => text.toLowerCase().split(/\s+/).filter(Boolean);

  // What a cell is sorted by: its own key where it has one, else its text.
  const keyOf = (row, column) => {
    const cell = row.cells[column];
    return cell.dataset.key ?? cell.textContent.trim().toLowerCase();
  };

  // Empty cells stay last, whichever way the others are turned.
  const compare = (one, other, numeric, sign) => {
    if (one === "" || other === "") return (one === "") - (other === "");
    if (numeric) return sign * (Number(one) - Number(other));
    return sign * (one < other ? -1 : one > other ? 1 : 0);
  };

  const enhance = (root) => {
    const form = root.querySelector("form");
    const table = root.querySelector("table");
    if (!form || !table || root.dataset.ready) return;
    root.dataset.ready = "yes";
    const body = table.tBodies[0];
    const rows = [...body.rows];
    const texts = new Map(rows.map((row) => [row, row.textContent.toLowerCase()]));
    const heads = [...table.tHead.rows[0].cells];
    const count = form.querySelector("output");
    const pattern = count.dataset.text;
    let sorted = null; // {column, descending}, or null for the order of the list

    const fits = (row, wanted) =>
      wanted.every(([name, value]) =>
        name === "text"
          ? words(value).every((word) => texts.get(row).includes(word))
          : row.dataset[name].split(" ").includes(value));

    const filter = () => {
      const wanted = FILTERS.map((name) => [name, form.elements[name]?.value.trim()]).filter(([, value]) => value);
      let shown = 0;
      for (const row of rows) {
        row.hidden = !fits(row, wanted);
        shown += !row.hidden;
      }
      count.textContent = pattern.replace("{shown}", shown).replace("{all}", rows.length);
    };

    const sort = () => {
      heads.forEach((head, column) => {
        if (sorted?.column === column) head.setAttribute("aria-sort", sorted.descending ? "descending" : "ascending");
        else head.removeAttribute("aria-sort");
      });
      if (!sorted) return body.append(...rows);
      const { column, descending } = sorted;
      const numeric = heads[column].dataset.order === "number";
      const keys = new Map(rows.map((row) => [row, keyOf(row, column)]));
      const sign = descending ? -1 : 1;
      body.append(...[...rows].sort((one, other) => compare(keys.get(one), keys.get(other), numeric, sign)));
    };

    // The state is in the address, so that a view can be sent to somebody.
    const save = () => {
      const query = new URLSearchParams(location.search);
      for (const name of FILTERS) {
        const value = form.elements[name]?.value.trim();
        if (value) query.set(name, value);
        else query.delete(name);
      }
      if (sorted) query.set("sort", `${heads[sorted.column].dataset.column}${sorted.descending ? "-" : ""}`);
      else query.delete("sort");
      const text = query.toString();
      try {
        history.replaceState(history.state, "", `${location.pathname}${text ? `?${text}` : ""}${location.hash}`);
      } catch {
        // A page that was opened from a disk may not change its address.
      }
    };

    const load = () => {
      const query = new URLSearchParams(location.search);
      for (const name of FILTERS) {
        const field = form.elements[name];
        if (!field) continue;
        field.value = query.get(name) ?? "";
        if (field.selectedIndex === -1) field.value = "";
      }
      const wanted = query.get("sort") ?? "";
      const column = heads.findIndex((head) => head.dataset.column === wanted.replace(/-$/, ""));
      sorted = column < 0 ? null : { column, descending: wanted.endsWith("-") };
    };

    heads.forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const first = head.dataset.first === "descending";
        if (sorted?.column !== column) sorted = { column, descending: first };
        else sorted = sorted.descending === first ? { column, descending: !first } : null;
        sort();
        save();
      });
    });

    const update = () => {
      filter();
      save();
    };
    form.addEventListener("input", update);
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("reset", () => {
      sorted = null;
      setTimeout(() => {
        sort();
        update();
      });
    });
    addEventListener("popstate", () => {
      load();
      sort();
      filter();
    });

    load();
    sort();
    filter();
    form.hidden = false;
  };

  document.querySelectorAll("[data-cireg-register]").forEach(enhance);
})();
