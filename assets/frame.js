// The frame in the browser: links change the view without a reload, focus and scroll go where a reader expects them,
// the search box, the drawer, and the small switches of the parts. Everything is delegated from the document, because
// Dash draws and redraws what lies under it.

(function () {
  "use strict";

  const $ = (css, within) => (within || document).querySelector(css);
  const $$ = (css, within) => [...(within || document).querySelectorAll(css)];

  // Views ------------------------------------------------------------------------------------------------------

  if ("scrollRestoration" in history) history.scrollRestoration = "manual";
  let shown = location.pathname; // path of the view that is on the screen
  let restore = null; // where to scroll to after Back or Forward

  function go(href) {
    const target = new URL(href, location.href);
    if (target.href === location.href) return;
    history.replaceState({ ...history.state, y: scrollY }, "");
    history.pushState({}, "", target.href);
    window.dispatchEvent(new CustomEvent("_dashprivate_pushstate"));
  }

  addEventListener("popstate", event => { restore = (event.state && event.state.y) || 0; });

  function ours(link, event) {
    return !(
      event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey ||
      link.target || link.hasAttribute("download") || link.origin !== location.origin ||
      link.pathname.startsWith("/tai-ve/") || link.pathname.startsWith("/assets/")
    );
  }

  document.addEventListener("click", event => {
    const link = event.target.closest("a[href]");
    if (link && link.dataset.copy) return copy(link, event);
    if (link && "reload" in link.dataset) { event.preventDefault(); return location.reload(); }
    if (link && ours(link, event)) {
      const here = link.pathname === location.pathname && link.search === location.search;
      if (here && link.hash) return; // a place on this page: the browser goes there
      event.preventDefault();
      const drawer = link.closest("dialog");
      if (drawer) drawer.close();
      if (!here) go(link.href);
    }
  });

  // A list whose values are links (dbc.Select with the class go).
  document.addEventListener("change", event => {
    if (event.target.matches("select.go")) go(event.target.value);
  });

  // A link that acts as a switch answers to the space bar too.
  document.addEventListener("keydown", event => {
    if (event.key === " " && event.target.matches("[data-key=space]")) {
      event.preventDefault();
      event.target.click();
    }
  });

  // Called when the server's view of a URL has arrived; waits until it is drawn.
  function arrived(state) {
    if (!state) return;
    document.documentElement.lang = state.lang;
    let frames = 120;
    (function whenDrawn() {
      const page = $("#main > [data-here]");
      if (page && page.dataset.here !== state.here && frames--) return requestAnimationFrame(whenDrawn);
      settle(state);
    })();
  }

  function settle(state) {
    const title = $("#main h1");
    const words = title ? title.textContent : "";
    document.title = words ? `${words} – ${state.brand}` : state.brand;
    markScrollable();
    const path = location.pathname;
    const place = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (restore !== null) {
      scrollTo(0, restore);
      if (path !== shown && title) title.focus({ preventScroll: true });
    } else if (place) {
      place.scrollIntoView();
    } else if (path !== shown) {
      scrollTo(0, 0);
      if (title) title.focus({ preventScroll: true });
    }
    if (path === shown) refocus();
    else say(words);
    restore = null;
    shown = path;
  }

  // Dash builds the view anew, so what had the focus is gone: the same place in the new view takes it, with the text
  // that was typed into it meanwhile. A place is an id, a cell of a grid, or the way there from the nearest id.

  let held = null;

  function place(element) {
    const cell = element.closest("[row-id] > [col-id]");
    if (cell) {
      const row = CSS.escape(cell.parentElement.getAttribute("row-id"));
      return `[row-id="${row}"] > [col-id="${CSS.escape(cell.getAttribute("col-id"))}"]`;
    }
    const head = element.closest("[role=columnheader][col-id]");
    if (head) return `[role=columnheader][col-id="${CSS.escape(head.getAttribute("col-id"))}"]`;
    const way = [];
    for (let at = element; at && at !== document.body; at = at.parentElement) {
      if (at.id) return [`#${CSS.escape(at.id)}`, ...way].join(" > ");
      way.unshift(`${at.localName}:nth-child(${[...at.parentElement.children].indexOf(at) + 1})`);
    }
    return null;
  }

  document.addEventListener("focusin", event => {
    if (event.target.closest("#main, .header-controls, .languages")) held = { css: place(event.target), value: event.target.value };
    else held = null;
  });
  document.addEventListener("input", event => {
    if (held && event.target === document.activeElement) held.value = event.target.value;
  });

  function refocus() {
    if (!held || !held.css || (document.activeElement && document.activeElement !== document.body)) return;
    const { css, value } = held;
    let frames = 60;
    (function whenThere() {
      if (document.activeElement && document.activeElement !== document.body) return;
      const element = $(css);
      if (!element) return frames-- && requestAnimationFrame(whenThere);
      element.focus({ preventScroll: true });
      if (!element.matches("input[type=search], input[type=text]")) return;
      if (element.value !== value) {
        Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set.call(element, value);
        element.dispatchEvent(new Event("input", { bubbles: true }));
      }
      element.setSelectionRange(value.length, value.length);
    })();
  }

  function say(text) {
    const announcer = $("#announcer");
    if (announcer) announcer.textContent = text;
  }

  window.dash_clientside = Object.assign({}, window.dash_clientside, { frame: { arrived } });

  // Wide tables and charts: only what really scrolls takes part in the tab order.
  function markScrollable() {
    for (const box of $$(".table-scroll")) {
      const scrolls = box.scrollWidth > box.clientWidth + 1;
      if (scrolls) { box.tabIndex = 0; box.setAttribute("role", "region"); }
      else { box.removeAttribute("tabindex"); box.removeAttribute("role"); }
    }
  }
  addEventListener("resize", markScrollable);

  // Paper: a chart keeps the width it was drawn with, so what is wider than a page of A4 is made smaller.
  const PAPER = { width: 700, height: 760 }; // px between the margins of print.css, less what stands around a chart
  addEventListener("beforeprint", () => {
    for (const chart of $$(".graph")) {
      const width = chart.offsetWidth || PAPER.width; // one that only paper shows has no size yet
      const height = chart.offsetHeight || parseFloat($(".dash-graph", chart)?.style.height) || PAPER.height;
      chart.style.zoom = Math.min(1, PAPER.width / width, PAPER.height / height);
    }
  });
  addEventListener("afterprint", () => {
    for (const chart of $$(".graph")) chart.style.zoom = "";
  });

  // Parts ------------------------------------------------------------------------------------------------------

  document.addEventListener("click", event => {
    const toggle = event.target.closest("[data-toggle-region]");
    if (toggle) {
      const region = document.getElementById(toggle.dataset.toggleRegion);
      region.hidden = !region.hidden;
      toggle.setAttribute("aria-expanded", String(!region.hidden));
      markScrollable();
    }
    const opener = event.target.closest("[data-dialog]");
    if (opener) document.getElementById(opener.dataset.dialog).showModal();
    const closer = event.target.closest("[data-close]");
    if (closer) document.getElementById(closer.dataset.close).close();
    if (event.target.matches("dialog[open]")) event.target.close(); // the backdrop
    for (const menu of $$("details.menu[open]")) if (!menu.contains(event.target)) menu.open = false;
  });

  document.addEventListener("keydown", event => {
    const menu = event.key === "Escape" && event.target.closest("details.menu[open]");
    if (menu) { menu.open = false; $("summary", menu).focus(); }
  });

  async function copy(link, event) {
    event.preventDefault();
    const label = link.lastChild;
    const words = label.textContent;
    try {
      await navigator.clipboard.writeText(link.href);
    } catch {
      history.replaceState(history.state, "", link.href); // no clipboard: the address bar holds the link
    }
    label.textContent = link.dataset.copy;
    say(link.dataset.copy);
    setTimeout(() => { label.textContent = words; }, 2000);
  }

  const fold = text => text.toLowerCase().replace(/đ/g, "d").normalize("NFD").replace(/\p{M}/gu, "").replace(/\s+/g, " ").trim();

  // A box that hides the rows of a table that do not hold what is typed.
  document.addEventListener("input", event => {
    const name = event.target.matches(".row-filter") && [...event.target.classList].find(c => c.startsWith("filters-"));
    if (!name) return;
    const table = document.getElementById(name.slice("filters-".length));
    const wanted = fold(event.target.value).split(" ");
    let left = 0;
    for (const row of $$("tbody tr", table)) {
      row.hidden = !wanted.every(word => fold(row.textContent).includes(word));
      left += !row.hidden;
    }
    const empty = document.getElementById(table.id + "-empty");
    if (empty) empty.hidden = left > 0;
  });

  // Search -----------------------------------------------------------------------------------------------------
  // A combobox with a list, after the pattern of the ARIA Authoring Practices: focus stays in the box, arrows move
  // through the list, Enter goes there, Escape closes and then empties.

  const indexes = new Map(); // address of an index -> promise of its rows

  function loadIndex(source) {
    if (!indexes.has(source)) {
      indexes.set(source, fetch(source).then(answer => (answer.ok ? answer.json() : [])).catch(() => {
        indexes.delete(source);
        return [];
      }));
    }
    return indexes.get(source);
  }

  function matches(rows, typed) {
    const words = fold(typed).split(" ").filter(Boolean);
    if (!words.length) return [];
    const found = [];
    rows.forEach((row, order) => {
      let score = 0;
      for (const word of words) {
        const at = (" " + row[0]).indexOf(" " + word); // beginnings of words first
        if (at < 0 && !row[0].includes(word)) return;
        score += at === 0 ? 0 : at > 0 ? 1 : 2;
      }
      found.push([score, order, row]);
    });
    return found.sort((a, b) => a[0] - b[0] || a[1] - b[1]).slice(0, 10).map(entry => entry[2]);
  }

  function buildSearch(box) {
    const { label, placeholder, none, some } = box.dataset;
    box.innerHTML =
      '<span class="icon icon-search" aria-hidden="true"></span>' +
      '<input id="search-input" type="text" role="combobox" aria-autocomplete="list" aria-expanded="false" ' +
      'aria-controls="search-list" autocomplete="off" autocapitalize="off" spellcheck="false" enterkeyhint="go">' +
      '<kbd aria-hidden="true">/</kbd><ul id="search-list" role="listbox" hidden></ul>' +
      '<p class="search-none" hidden></p>';
    const input = $("input", box), list = $("ul", box), nothing = $(".search-none", box);
    input.placeholder = placeholder;
    input.setAttribute("aria-label", label);
    list.setAttribute("aria-label", label);
    nothing.textContent = none;
    let at = -1;

    function open(rows) {
      list.replaceChildren(...rows.map((row, place) => {
        const option = document.createElement("li");
        option.id = `search-option-${place}`;
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        option.dataset.href = row[3];
        option.append(Object.assign(document.createElement("span"), { textContent: row[1] }));
        if (row[2]) option.append(Object.assign(document.createElement("small"), { textContent: row[2] }));
        return option;
      }));
      at = -1;
      input.removeAttribute("aria-activedescendant");
      list.hidden = !rows.length;
      nothing.hidden = !(fold(input.value) && !rows.length);
      input.setAttribute("aria-expanded", String(!list.hidden));
      if (fold(input.value)) say(rows.length ? `${some} ${rows.length}` : none);
    }
    function close() { open([]); nothing.hidden = true; }
    function move(to) {
      const options = $$("li", list);
      if (!options.length) return;
      at = (to + options.length) % options.length;
      options.forEach((option, place) => option.setAttribute("aria-selected", String(place === at)));
      input.setAttribute("aria-activedescendant", options[at].id);
      options[at].scrollIntoView({ block: "nearest" });
    }
    function choose(option) {
      const href = option.dataset.href;
      input.value = "";
      close();
      document.body.classList.remove("searching");
      go(href);
    }
    input.addEventListener("focus", () => loadIndex(box.dataset.source));
    input.addEventListener("input", async () => {
      const rows = await loadIndex(box.dataset.source);
      open(matches(rows, input.value));
    });
    input.addEventListener("keydown", event => {
      const options = $$("li", list);
      if (event.key === "ArrowDown") { event.preventDefault(); move(at + 1); }
      else if (event.key === "ArrowUp") { event.preventDefault(); move(at < 0 ? -1 : at - 1); }
      else if (event.key === "Enter" && options.length) { event.preventDefault(); choose(options[Math.max(at, 0)]); }
      else if (event.key === "Escape") {
        event.preventDefault();
        if (list.hidden && nothing.hidden) input.value = "";
        close();
      }
    });
    input.addEventListener("blur", () => setTimeout(close, 150));
    list.addEventListener("mousedown", event => event.preventDefault()); // keep the focus in the box
    list.addEventListener("click", event => {
      const option = event.target.closest("li");
      if (option) choose(option);
    });
  }

  function renewSearch() {
    const box = $("#search");
    if (!box) return;
    if (!$("input", box)) return buildSearch(box);
    const { label, placeholder, none } = box.dataset;
    const input = $("input", box);
    if (input.placeholder !== placeholder) {
      input.placeholder = placeholder;
      input.setAttribute("aria-label", label);
      $("ul", box).setAttribute("aria-label", label);
      $(".search-none", box).textContent = none;
    }
  }

  document.addEventListener("click", event => {
    if (!event.target.closest("[data-search]")) return;
    document.body.classList.toggle("searching");
    const input = $("#search-input");
    if (input && document.body.classList.contains("searching")) input.focus();
  });

  document.addEventListener("keydown", event => {
    const writing = event.target.closest && event.target.closest("input, textarea, select, [contenteditable]");
    const input = $("#search-input");
    if (event.key !== "/" || writing || event.ctrlKey || event.metaKey || event.altKey || !input) return;
    event.preventDefault();
    document.body.classList.add("searching");
    input.focus();
  });

  document.addEventListener("DOMContentLoaded", () => {
    new MutationObserver(renewSearch).observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ["data-placeholder"] });
  });
})();
