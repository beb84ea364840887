"use strict";
const byId = (id) => document.getElementById(id);
const data = { ...JSON.parse(byId("lists").textContent), rows: JSON.parse(byId("row-data").textContent) };
const words = data.words;
const PAGE = 100;
const ORDER = { accept: 0, review: 1, reject: 2, error: 3 };
const controls = ["text", "submission", "kind", "verdict", "category"].map(byId);
const state = { sort: "verdict", down: true, page: 0, shown: [], open: -1 };

data.rows.forEach((row) => {
  row.text = [row.path, row.submission ?? "", row.error ?? "", row.camera ?? "", ...row.categories].join("\n").toLowerCase();
});

function element(name, attributes = {}, ...children) {
  const made = name.startsWith("svg:") ? document.createElementNS("http://www.w3.org/2000/svg", name.slice(4)) : document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== null && value !== false) made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, key) => values[key]);
const short = (number) => String(Number(number.toPrecision(4)));
const verdictName = (id) => words.verdicts[id];
const category = (id) => data.categories[id] ?? { name: id, advice: "" };

const keys = {
  path: (row) => row.path,
  kind: (row) => row.kind,
  verdict: (row) => ORDER[row.verdict] * 1e6 + Math.min(row.depth, 9e5),
  category: (row) => (row.categories.length ? category(row.categories[0]).name : ""),
  depth: (row) => row.depth,
};

function matches(row) {
  const [text, submission, kind, verdict, wanted] = controls.map((control) => control.value);
  return (
    (!verdict || row.verdict === verdict) &&
    (!wanted || row.categories.includes(wanted)) &&
    (!kind || row.kind === Number(kind)) &&
    (!submission || (row.submission ?? "").toLowerCase().includes(submission.toLowerCase())) &&
    text.toLowerCase().split(/\s+/).every((word) => row.text.includes(word))
  );
}

function update(page = 0) {
  const key = keys[state.sort];
  const turn = state.down ? -1 : 1;
  state.shown = data.rows.filter(matches).map((row) => [key(row), row]);
  state.shown.sort(([a, one], [b, other]) => (a < b ? -turn : a > b ? turn : one.path < other.path ? -1 : 1));
  state.shown = state.shown.map(([, row]) => row);
  state.page = Math.max(0, Math.min(page, Math.ceil(state.shown.length / PAGE) - 1));
  const first = state.page * PAGE;
  const rows = state.shown.slice(first, first + PAGE);
  byId("rows").replaceChildren(...rows.map((row, at) => line(row, first + at)));
  byId("count").dataset.shown = state.shown.length;
  byId("count").textContent = fill(words.count, { shown: state.shown.length, all: data.rows.length });
  byId("place").textContent = state.shown.length ? fill(words.page, { page: state.page + 1, pages: Math.ceil(state.shown.length / PAGE) }) : words.nothing;
  byId("back").disabled = state.page === 0;
  byId("on").disabled = first + PAGE >= state.shown.length;
  document.querySelectorAll("#photos th[data-sort]").forEach((head) => {
    head.setAttribute("aria-sort", head.dataset.sort === state.sort ? (state.down ? "descending" : "ascending") : "none");
  });
  remember();
}

/* The filters stand in the address, so that a view can be kept and opened again. */
function remember() {
  const kept = new URLSearchParams(controls.filter((control) => control.value).map((control) => [control.id, control.value]));
  history.replaceState(null, "", kept.size ? `#${kept}` : location.pathname);
}

function recall() {
  const kept = new URLSearchParams(location.hash.slice(1));
  controls.forEach((control) => (control.value = kept.get(control.id) ?? ""));
}

function chips(row) {
  return row.categories.map((id, at) => element("span", { class: at ? "chip" : "chip first" }, category(id).name));
}

function line(row, at) {
  const made = element(
    "tr",
    { tabindex: at === state.page * PAGE ? 0 : -1, "data-at": at },
    element("td", { class: "picture narrow" }, picture(row, false)),
    element("td", { class: "path" }, row.path, row.submission ? element("small", {}, row.submission) : null),
    element("td", { class: "narrow" }, data.kinds[row.kind]),
    element("td", {}, element("span", { class: `verdict ${row.verdict}` }, verdictName(row.verdict))),
    element("td", {}, ...(row.error ? [row.error] : chips(row))),
    element("td", { class: "number narrow" }, row.depth ? (row.depth > 99 ? "> 99" : row.depth.toFixed(2)) : ""),
  );
  return made;
}

/* What a photo looks like, with the document and the findings drawn on it. */
function picture(row, large) {
  if (!row.picture) return large ? element("p", { class: "soft" }, words.no_picture) : "";
  const { source, size, evidence } = row.picture;
  const svg = element("svg:svg", { viewBox: `0 0 ${size[0]} ${size[1]}`, preserveAspectRatio: "xMidYMid meet", "aria-hidden": "true" });
  const add = (corners, kind, check) => svg.append(element("svg:polygon", { points: corners.join(" "), class: kind, "data-check": check }));
  if (row.quad) add(row.quad, "document");
  for (const [check, regions] of Object.entries(evidence)) {
    const kind = row.grades[check] === "j" ? "reject" : "review";
    regions.forEach((region) => add(region, kind, check));
  }
  return element("span", { class: "photo" }, element("img", { src: source, alt: large ? words.picture : "" }), svg);
}

/* The findings of a row: check, number, grade, and what it means on the side where it lies. */
function findings(row) {
  return data.checks.flatMap((check, at) => {
    const grade = row.grades[at];
    if (grade !== "v" && grade !== "j") return [];
    const band = data.bands[row.kind][at];
    const number = row.numbers[at];
    const below = (band[0] !== null && number < band[0]) || (band[1] !== null && number < band[1]);
    const fault = below ? check.below : check.above;
    return fault ? [{ check, at, number, grade: grade === "j" ? "reject" : "review", fault }] : [];
  });
}

function finding({ check, at, number, grade, fault }) {
  const meaning = category(fault.category);
  return element(
    "div",
    { class: `finding ${grade}`, "data-check": at, tabindex: 0 },
    element("b", {}, fault.message ? `${meaning.name}: ${fault.message}` : meaning.name),
    element("span", {}, fault.advice ?? meaning.advice),
    element("br"),
    element("code", {}, `${check.id} = ${short(number)}`),
    ` ${check.unit}`,
  );
}

/* A band as a strip, with the number on it. */
function meter(number, band) {
  const limits = band.filter((limit) => limit !== null);
  const low = Math.min(number, ...limits);
  const reach = (Math.max(number, ...limits) - low || 1) * 1.3;
  const x = (value) => Math.max(0, Math.min(140, ((value - low) / reach + 0.115) * 140));
  const [rejectBelow, reviewBelow, reviewAbove, rejectAbove] = band;
  const ends = [0, rejectBelow === null ? 0 : x(rejectBelow), 0, 140, rejectAbove === null ? 140 : x(rejectAbove), 140];
  ends[2] = reviewBelow === null ? ends[1] : x(reviewBelow);
  ends[3] = reviewAbove === null ? ends[4] : x(reviewAbove);
  const svg = element("svg:svg", { viewBox: "0 0 140 14", "aria-hidden": "true" });
  ["reject", "review", "pass", "review", "reject"].forEach((kind, at) => {
    const wide = ends[at + 1] - ends[at];
    if (wide > 0) svg.append(element("svg:rect", { class: kind, x: ends[at], y: 3, width: wide, height: 8 }));
  });
  svg.append(element("svg:rect", { class: "needle", x: x(number) - 1.5, y: 0, width: 3, height: 14 }));
  return svg;
}

function numbers(row) {
  const names = { p: words.grades.pass, v: words.grades.review, j: words.grades.reject, n: words.grades.not_assessed };
  return data.checks.flatMap((check, at) => {
    const grade = row.grades[at] ?? "-";
    if (grade === "-") return [];
    const band = data.bands[row.kind][at];
    const number = row.numbers[at] ?? null;
    return [
      element(
        "tr",
        { title: check.unit },
        element("td", {}, element("code", {}, check.id)),
        element("td", {}, number === null ? (row.reasons?.[at] ?? "") : short(number)),
        element("td", { class: "meter" }, number === null || band.every((limit) => limit === null) ? "" : meter(number, band)),
        element("td", { class: "left" }, names[grade]),
      ),
    ];
  });
}

function facts(row) {
  const size = row.size ? `${row.size[0]} × ${row.size[1]}` : "";
  const known = row.kind < data.kinds.length - 1; // the last one stands for none
  const origin = known ? (row.declared ? words.declared : words.detected) : "";
  const said = [data.kinds[row.kind], origin, size, row.format ?? "", row.bytes ? `${row.bytes} B` : "", row.camera ?? ""];
  return said.filter(Boolean).join(" · ");
}

function show(at) {
  const row = state.shown[at];
  if (!row) return;
  state.open = at;
  byId("title").textContent = row.path;
  byId("previous").disabled = at === 0;
  byId("next").disabled = at === state.shown.length - 1;
  const found = findings(row);
  byId("detail").replaceChildren(
    element(
      "div",
      {},
      picture(row, true),
      element("p", {}, element("span", { class: `verdict ${row.verdict}` }, verdictName(row.verdict)), " ", ...chips(row)),
      element("p", { class: "soft" }, facts(row)),
      row.submission ? element("p", { class: "soft" }, `${words.submission}: ${row.submission}`) : null,
      row.error ? element("p", {}, row.error) : null,
      ...found.map(finding),
      !found.length && !row.error && row.verdict === "accept" ? element("p", {}, words.fine) : null,
      !found.length && row.verdict === "review" ? element("p", {}, words.lacking) : null,
    ),
    element("div", { class: "wide" }, element("table", {}, element("caption", { class: "soft" }, words.numbers), element("tbody", {}, ...numbers(row)))),
  );
  if (!byId("sheet").open) byId("sheet").showModal();
}

function light(check) {
  document.querySelectorAll("#detail polygon").forEach((region) => region.classList.toggle("lit", region.dataset.check === check));
}

function sheetClosed() {
  const at = state.open;
  state.open = -1;
  if (Math.floor(at / PAGE) !== state.page) update(Math.floor(at / PAGE));
  document.querySelector(`#rows [data-at="${at}"]`)?.focus();
}

function walkRows(event) {
  const row = event.target.closest("tr[data-at]");
  if (!row) return;
  const rows = [...row.parentElement.children];
  const at = rows.indexOf(row);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key];
  if (event.key === "Enter" || event.key === " ") show(Number(row.dataset.at));
  else if (to === undefined) return;
  else rows[to]?.focus();
  event.preventDefault();
}

controls.forEach((control) => control.addEventListener("input", () => update()));
byId("clear").addEventListener("click", () => (controls.forEach((control) => (control.value = "")), update(), byId("text").focus()));
byId("back").addEventListener("click", () => update(state.page - 1));
byId("on").addEventListener("click", () => update(state.page + 1));
byId("rows").addEventListener("click", (event) => show(Number(event.target.closest("tr")?.dataset.at)));
byId("rows").addEventListener("keydown", walkRows);
byId("close").addEventListener("click", () => byId("sheet").close());
byId("previous").addEventListener("click", () => show(state.open - 1));
byId("next").addEventListener("click", () => show(state.open + 1));
byId("sheet").addEventListener("close", sheetClosed);
for (const [kind, check] of [["mouseover", true], ["focusin", true], ["mouseout", false]]) {
  byId("detail").addEventListener(kind, (event) => light(check ? event.target.closest(".finding")?.dataset.check : undefined));
}
document.querySelectorAll("#photos th[data-sort] button").forEach((button) => {
  button.addEventListener("click", () => {
    const sort = button.parentElement.dataset.sort;
    state.down = sort === state.sort ? !state.down : sort === "verdict" || sort === "depth";
    state.sort = sort;
    update();
  });
});
document.querySelectorAll("[data-filter]").forEach((button) => {
  button.addEventListener("click", () => {
    controls.forEach((control) => (control.value = control.id === button.dataset.filter ? button.dataset.value : ""));
    update();
    byId("photos").scrollIntoView();
  });
});
document.addEventListener("keydown", (event) => {
  if (state.open >= 0) {
    if (event.key === "ArrowRight") show(state.open + 1);
    if (event.key === "ArrowLeft") show(state.open - 1);
  } else if (event.key === "/" && !["INPUT", "SELECT"].includes(event.target.tagName)) {
    byId("text").focus();
    event.preventDefault();
  }
});
addEventListener("hashchange", () => (recall(), update()));
byId("interactive").hidden = false;
recall();
update();
