// Functions that AG Grid calls by name (dash-ag-grid evaluates no other code).

(function () {
  "use strict";

  const functions = (window.dashAgGridFunctions = window.dashAgGridFunctions || {});
  let theme = null; // made once: a new one at each drawing would restyle the whole grid

  functions.rankingTheme = function (base) {
    return (theme = theme || base.withParams({
      accentColor: "#0B5CAD",
      backgroundColor: "#FFFFFF",
      borderColor: "#E9ECF0",
      browserColorScheme: "light",
      cellHorizontalPadding: 6,
      columnBorder: false,
      dataFontSize: 14,
      fontFamily: "inherit",
      fontSize: 14,
      foregroundColor: "#17202B",
      headerBackgroundColor: "#FFFFFF",
      headerColumnBorder: false,
      headerColumnResizeHandleDisplay: "none",
      headerFontSize: 13,
      headerFontWeight: 400,
      headerTextColor: "#46515F",
      oddRowBackgroundColor: "#FFFFFF",
      rowHoverColor: "#F5F7FA",
      selectedRowBackgroundColor: "#EAF2FB",
      spacing: 4,
      wrapperBorder: false,
      wrapperBorderRadius: 0,
    }));
  };

  // The server sorts, for the grid, the list and the table alike; the grid only shows by what.
  functions.rankingOrder = () => 0;

  // Enter on the head of a column: the grid would sort by itself, the page goes to the link of that head instead.
  functions.rankingSorted = function (params) {
    if (params.source !== "uiColumnSorted") return;
    const column = params.columns && params.columns[params.columns.length - 1];
    const head = column && document.querySelector(`#ranking-grid [data-sort="${CSS.escape(column.getColId())}"]`);
    if (head) head.click();
  };

  // Enter or space on a cell: follow the link in it.
  functions.rankingKey = function (params) {
    const { key, target } = params.event;
    if (key !== "Enter" && key !== " ") return;
    const cell = target.closest(".ag-cell");
    const link = cell && cell.querySelector("a[href]");
    if (!link || target.matches("a")) return;
    params.event.preventDefault();
    link.click();
  };

  // The filter box: what is typed becomes part of the URL once it rests, and the server draws the page from that.
  let waiting = null;

  function filter(typed) {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      const query = new URLSearchParams(location.search);
      const before = query.get("q") || "", wanted = (typed || "").trim();
      if (before === wanted) return;
      if (wanted) query.set("q", wanted); else query.delete("q");
      const text = query.toString().replace(/%2C/g, ",");
      const url = location.pathname + (text ? `?${text}` : "");
      if (before && wanted) history.replaceState(history.state, "", url); // one step back undoes the whole filter
      else history.pushState({}, "", url);
      window.dispatchEvent(new CustomEvent("_dashprivate_pushstate"));
    }, 250);
  }

  window.dash_clientside = Object.assign({}, window.dash_clientside, { ranking: { filter } });
})();
