// Enhances the pages; without scripts, forms and links do all of this.
"use strict";

document.documentElement.classList.add("has-script");
const byId = (id) => document.getElementById(id);

// --- a file, dropped or chosen, goes into the text box ---------------------------
const form = byId("ask");
const textBox = byId("text");
const chooser = byId("file");

function showStatus(text) {
  const busy = byId("busy");
  if (busy) busy.textContent = text;
}

async function readFile(file) {
  if (file.size > 4 * Number(form.dataset.maxChars)) {
    showStatus(`${file.name}: is too long to be an article.`);
    return;
  }
  try {
    const bytes = await file.arrayBuffer();
    textBox.value = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    chooser.value = "";
    showStatus(`${file.name} is in the box: ${textBox.value.length.toLocaleString("en")} characters.`);
    textBox.focus();
    textBox.setSelectionRange(0, 0);
  } catch {
    showStatus(`${file.name}: must be a text in UTF-8. Save it as plain text in UTF-8.`);
  }
}

if (form) {
  const field = textBox.closest(".field");
  const holdsFile = (event) => [...event.dataTransfer.types].includes("Files");
  for (const name of ["dragenter", "dragover"]) {
    field.addEventListener(name, (event) => {
      if (!holdsFile(event)) return;
      event.preventDefault();
      field.classList.add("dropping");
    });
  }
  field.addEventListener("dragleave", (event) => {
    if (!field.contains(event.relatedTarget)) field.classList.remove("dropping");
  });
  field.addEventListener("drop", (event) => {
    field.classList.remove("dropping");
    if (!holdsFile(event)) return;
    event.preventDefault();
    if (event.dataTransfer.files.length) readFile(event.dataTransfer.files[0]);
  });
  chooser.addEventListener("change", () => {
    if (chooser.files.length) readFile(chooser.files[0]);
  });
  form.addEventListener("submit", () => {
    showStatus("Reading…");
  });
  textBox.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  });
  window.addEventListener("pageshow", () => {
    showStatus("");
  });
}

// --- messages, which screen readers read when they change -------------------
const message = byId("message");
if (message) {
  const text = message.textContent;
  message.textContent = "";
  setTimeout(() => { message.textContent = text; }, 100);
}
const faults = byId("faults");
if (faults) faults.focus();

// --- a cell of the table filters the statements -----------------------------
const details = byId("details");
const matrix = byId("matrix");

function highlight(numbers) {
  for (const mark of document.querySelectorAll("#prose .m")) {
    const own = mark.dataset.s.split(" ");
    mark.classList.toggle("chosen", own.some((number) => numbers.has(number)));
  }
}

function showOnly(section) {
  for (const other of details.querySelectorAll(".cell")) {
    other.hidden = section !== null && other !== section;
  }
  byId("filter").hidden = section === null;
  for (const link of document.querySelectorAll("#matrix a")) {
    if (section && link.hash === `#${section.id}`) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
}

function openCell(section) {
  showOnly(section);
  const statements = section.querySelectorAll(".statement");
  const via = section.querySelectorAll("ul.via a");
  highlight(new Set([
    ...[...statements].map((statement) => statement.dataset.n),
    ...[...via].map((link) => link.hash.replace("#statement-", "")),
  ]));
  const title = section.querySelector("h4").textContent.replace(/\s+/g, " ").trim();
  const n = statements.length + via.length;
  byId("filter-words").textContent = `${n} statement${n === 1 ? "" : "s"}`;
  message.textContent = `${title}: ${n} statement${n === 1 ? "" : "s"}.`;
  section.focus({ preventScroll: true });
  details.scrollTop = 0;
  scrollToSelection(byId("filter"));
}

// Where text and details are side by side, scroll the text to its marks; else scroll to the details.
function scrollToSelection(part) {
  const mark = document.querySelector("#prose .chosen");
  const beside = getComputedStyle(details).position === "sticky";
  if (beside && mark) mark.scrollIntoView({ block: "center" });
  else part.scrollIntoView({ block: beside ? "nearest" : "start" });
}

function openStatement(statement) {
  showOnly(null);
  highlight(new Set([statement.dataset.n]));
  statement.focus({ preventScroll: true });
  statement.scrollIntoView({ block: "nearest" });
  scrollToSelection(statement);
}

function openTarget(hash) {
  const target = hash.length > 1 ? byId(decodeURIComponent(hash.slice(1))) : null;
  if (target && target.matches(".cell")) openCell(target);
  else if (target && target.matches(".statement")) openStatement(target);
  else return false;
  return true;
}

function showAll() {
  const current = document.querySelector("#matrix a[aria-current]");
  showOnly(null);
  highlight(new Set());
  message.textContent = "All statements are shown.";
  if (current) current.focus();
}

function moveInTable(event) {
  const cell = event.target.closest("td");
  const moves = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };
  const move = moves[event.key];
  if (!cell || !move) return;
  event.preventDefault();
  const rows = [...matrix.tBodies[0].rows];
  let down = rows.indexOf(cell.parentElement) + move[0];
  let across = cell.cellIndex + move[1];
  while (rows[down] && rows[down].cells[across]) {
    const link = rows[down].cells[across].querySelector("a");
    if (link) {
      link.focus();
      return;
    }
    down += move[0];
    across += move[1];
  }
}

if (details) {
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (!openTarget(link.hash)) return;
    event.preventDefault();
    history.replaceState(null, "", link.hash);
  });
  byId("all").addEventListener("click", showAll);
  byId("back").addEventListener("click", () => {
    const current = document.querySelector("#matrix a[aria-current]");
    if (current) current.focus();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !byId("filter").hidden) showAll();
  });
  if (matrix) matrix.addEventListener("keydown", moveInTable);
  window.addEventListener("hashchange", () => openTarget(location.hash));
  openTarget(location.hash);
}
