// Pictures of charts, drawn by the reader's own browser: a button with data-picture="<address of a statement>" and
// data-kind="png|svg" saves it. The server lays the statement out (title, key, note, source); here it is drawn with
// Plotly, gets the fonts it is set in, and becomes an SVG or a PNG of the exact size. Fonts of the page do not reach
// an SVG that is drawn as an image, so they are put inside it.
(() => {
  "use strict";

  const PLOTLY = "/_dash-component-suites/plotly/package_data/plotly.min.js";
  const DPI = 300;
  const plotly = { asked: null };

  function loadPlotly() {
    if (window.Plotly) return Promise.resolve(window.Plotly);
    plotly.asked ??= new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = PLOTLY;
      script.onload = () => resolve(window.Plotly);
      script.onerror = () => { plotly.asked = null; reject(new Error("Plotly")); };
      document.head.append(script);
    });
    return plotly.asked;
  }

  // The faces of the style sheet: family, weight, code points, address.
  function faces() {
    const found = [];
    for (const sheet of document.styleSheets) {
      if (!sheet.href || !sheet.href.includes("/assets/fonts")) continue;
      for (const rule of sheet.cssRules) {
        if (!(rule instanceof CSSFontFaceRule)) continue;
        const says = name => rule.style.getPropertyValue(name);
        const spans = says("unicode-range").split(",").map(span => {
          const [first, last] = span.trim().replace(/^U\+/i, "").split("-");
          return [parseInt(first, 16), parseInt(last || first, 16)];
        });
        const url = new URL(/url\(["']?(.+?)["']?\)/.exec(says("src"))[1], sheet.href);
        found.push({ family: says("font-family").replace(/["']/g, ""), weight: says("font-weight"), range: says("unicode-range"), spans, url });
      }
    }
    return found;
  }

  const encoded = new Map(); // address of a font -> promise of its base64

  function encode(url) {
    if (!encoded.has(url.href)) {
      encoded.set(url.href, fetch(url).then(answer => answer.blob()).then(blob => new Promise(resolve => {
        const reader = new FileReader();
        reader.onload = () => resolve(reader.result.split(",")[1]);
        reader.readAsDataURL(blob);
      })));
    }
    return encoded.get(url.href);
  }

  async function withFonts(svg) {
    const weights = new Set([...svg.matchAll(/font-weight: ?(\d+)/g)].map(hit => hit[1]).concat("400"));
    const points = new Set([...svg].map(char => char.codePointAt(0)));
    const used = faces().filter(face => svg.includes(face.family) && weights.has(face.weight)
      && face.spans.some(([first, last]) => [...points].some(point => point >= first && point <= last)));
    const rules = await Promise.all(used.map(async face =>
      `@font-face{font-family:'${face.family}';font-weight:${face.weight};unicode-range:${face.range};` +
      `src:url(data:font/woff2;base64,${await encode(face.url)}) format('woff2')}`));
    return svg.replace(">", `><style>${rules.join("")}</style>`);
  }

  // Every face has to be there before Plotly measures texts with it.
  async function ready(statement) {
    const text = JSON.stringify(statement);
    const wanted = [400, 500, 600, 700].flatMap(weight =>
      ["Be Vietnam Pro", "CCHC So"].map(family => document.fonts.load(`${weight} 13px '${family}'`, text)));
    await Promise.all(wanted);
  }

  async function draw(statement) {
    const Plotly = await loadPlotly();
    await ready(statement);
    const { width, height } = statement.layout;
    const address = await Plotly.toImage(
      { data: statement.data, layout: statement.layout }, { format: "svg", width, height, imageDataOnly: true });
    return withFonts(address);
  }

  async function toPng(svg, { layout: { width, height }, scale }) {
    const image = new Image();
    image.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(svg);
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(width * scale);
    canvas.height = Math.round(height * scale);
    const pen = canvas.getContext("2d");
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(image, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise(resolve => canvas.toBlob(resolve, "image/png"));
    return withResolution(new Uint8Array(await blob.arrayBuffer()));
  }

  // 1890 px are 160 mm in a text processor: the resolution stands in a chunk of its own after the header.
  function withResolution(png) {
    const chunk = new DataView(new ArrayBuffer(21));
    chunk.setUint32(0, 9);
    [...("pHYs")].forEach((char, at) => chunk.setUint8(4 + at, char.charCodeAt(0)));
    const metre = Math.round(DPI / 0.0254);
    chunk.setUint32(8, metre);
    chunk.setUint32(12, metre);
    chunk.setUint8(16, 1);
    let crc = 0xffffffff;
    for (let at = 4; at < 17; at++) {
      crc ^= chunk.getUint8(at);
      for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
    }
    chunk.setUint32(17, (crc ^ 0xffffffff) >>> 0);
    return new Blob([png.subarray(0, 33), chunk.buffer, png.subarray(33)], { type: "image/png" });
  }

  function save(blob, name) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  }

  function say(text) {
    const announcer = document.getElementById("announcer");
    if (announcer) announcer.textContent = text;
  }

  async function picture(button) {
    const menu = button.closest("details");
    const words = button.textContent;
    button.setAttribute("aria-disabled", "true");
    button.textContent = menu.dataset.drawing;
    say(menu.dataset.drawing);
    try {
      const answer = await fetch(button.dataset.picture);
      if (!answer.ok) throw new Error(String(answer.status));
      const statement = await answer.json();
      const svg = await draw(statement);
      const kind = button.dataset.kind;
      const blob = kind === "svg" ? new Blob([svg], { type: "image/svg+xml" }) : await toPng(svg, statement);
      save(blob, `${statement.name}.${kind}`);
      button.textContent = words;
      say(menu.dataset.drawn);
    } catch {
      button.textContent = menu.dataset.failed;
      say(menu.dataset.failed);
      setTimeout(() => { button.textContent = words; }, 4000);
    }
    button.removeAttribute("aria-disabled");
  }

  document.addEventListener("click", event => {
    const button = event.target.closest("[data-picture]");
    if (button && button.getAttribute("aria-disabled") !== "true") picture(button);
  });
})();
