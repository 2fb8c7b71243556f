// Cells and heads of the ranking grid. Every text comes ready from the server; here it is only put in place.
// Links take no tab stop of their own: the grid is one, arrows move through its cells, Enter follows the link of a cell.

(function () {
  "use strict";

  const components = (window.dashAgGridComponentFunctions = window.dashAgGridComponentFunctions || {});
  const h = (kind, attributes, ...children) => window.React.createElement(kind, attributes, ...children);
  const MISSING = "–";

  // A number that leads to where it comes from.
  function number(params, text, content) {
    if (!params.number || params.data.pinned || text === MISSING || text === "") return h("span", { className: "number" }, content || text);
    const words = params.context && params.context.see ? params.context.see.replace("{number}", text) : undefined;
    const href = params.number.replace("~", params.data.code);
    return h("a", { href, className: "number provenance", tabIndex: -1, title: words }, content || text);
  }

  const sign = (kind, label) => h("span", { className: `mark mark-${kind}`, role: "img", "aria-label": label });

  components.RankingNumber = params => number(params, params.value || "");

  components.RankingUnit = function (params) {
    const { data, value } = params;
    const name = data.href
      ? h("a", { href: data.href, className: "quiet", tabIndex: -1, title: data.full }, value)
      : h("span", { title: data.full }, value);
    return h(
      "span",
      { className: "unit" + (value.length > 18 ? " long" : ""), lang: data.lang || undefined },
      name,
      data.mine ? h("b", { className: "mine" }, data.mine) : null,
      data.note ? h("small", { className: "remark" }, data.note) : null
    );
  };

  components.RankingChange = function (params) {
    const { text, kind, label, why } = params.value;
    if (why) return h("span", { className: "number", title: why, role: "img", "aria-label": `${text} ${why}` }, text);
    return h("span", { className: "change" }, kind ? sign(kind, label) : null, number(params, text));
  };

  components.RankingPoints = function (params) {
    const [points, of] = params.value;
    return h("span", null, number(params, points + of, h("span", null, points, h("span", { className: "of" }, of))));
  };

  components.RankingHeat = function (params) {
    const { text, why } = params.value;
    return why ? h("span", { title: why, role: "img", "aria-label": `${text} ${why}` }, text) : number(params, text);
  };

  components.RankingFlag = function (params) {
    if (!params.value) return null;
    const icon = sign(`flag-${params.value.severity}`, params.value.label);
    return params.data.href ? h("a", { href: params.data.href, className: "flag", tabIndex: -1, title: params.value.label }, icon) : icon;
  };

  components.RankingChoice = function (params) {
    const { pinned, toggle, chosen, chooseLabel } = params.data;
    if (pinned) return null;
    const box = { className: "choice", role: "checkbox", "aria-checked": String(!!chosen), "aria-label": chooseLabel, tabIndex: -1 };
    if (!toggle) return h("span", { ...box, "aria-disabled": "true" });
    return h("a", { ...box, href: toggle, "data-key": "space", onClick: event => { event.currentTarget.href = choose(params.data.code, params.context.most); } });
  };

  // Boxes ticked faster than the server draws: the choice starts from the URL as it is now, not as it was drawn.
  function choose(code, most) {
    const query = new URLSearchParams(location.search);
    const before = (query.get("ss") || "").split(",").filter(Boolean);
    const after = before.includes(code) ? before.filter(other => other !== code) : [...before, code].slice(0, most);
    if (after.length) query.set("ss", after.join(",")); else query.delete("ss");
    const text = query.toString().replace(/%2C/g, ",");
    return location.pathname + (text ? `?${text}` : "");
  }

  // Dot and interval on the axis of the block; gridlines and the dashed median run through all rows.
  components.RankingDot = function (params) {
    const { width, ticks, median, low, scale, edge } = params;
    const { at, low: from, high: to, label } = params.value;
    const x = value => Math.round((edge + (value - low) * scale) * 10) / 10;
    return h(
      "svg",
      { width, height: 32, className: "dot-cell", ...(label ? { role: "img", "aria-label": label } : { "aria-hidden": "true" }) },
      ticks.map(([place]) => h("line", { key: place, x1: place, x2: place, y1: 0, y2: 32, className: "dot-grid" })),
      median === null ? null : h("line", { x1: median, x2: median, y1: 0, y2: 32, className: "dot-median" }),
      from === null || to === null ? null : h("line", { x1: x(from), x2: x(to), y1: 16, y2: 16, className: "dot-interval" }),
      at === null ? null : h("circle", { cx: x(at), cy: 16, r: 5, className: "dot" })
    );
  };

  components.RankingAxis = function (params) {
    return h(
      "span",
      { className: "axis-head", style: { width: params.width } },
      h("span", { className: "visually-hidden" }, params.label),
      h(
        "svg",
        { width: params.width, height: 24, "aria-hidden": "true" },
        params.ticks.map(([place, text]) => h("text", { key: place, x: place, y: 18, textAnchor: "middle" }, text))
      )
    );
  };

  // The head of a column is the link that sorts by it.
  components.RankingHead = function (params) {
    const { label, href, title, sorted, align, column } = params;
    const arrow = sorted ? h("span", { className: `sorted sorted-${sorted}`, "aria-hidden": "true" }) : null;
    const content = href
      ? h("a", { href, title, tabIndex: -1, "data-sort": column.getColId(), className: sorted ? "current" : "" }, label, arrow)
      : label;
    return h("span", { className: `column-head to-${align}` }, content || h("span", { className: "visually-hidden" }, params.displayName));
  };
})();
