// What the page gains with scripts; without them everything below is done by forms and links.
"use strict";

document.documentElement.classList.add("has-script");
const find = (id) => document.getElementById(id);

// --- a file, dropped or chosen, goes into the box ---------------------------
const form = find("ask");
const box = find("text");
const chooser = find("file");

function tell(words) {
  const busy = find("busy");
  if (busy) busy.textContent = words;
}

async function take(file) {
  if (file.size > 4 * Number(form.dataset.maxChars)) {
    tell(`${file.name}: is too long to be an article.`);
    return;
  }
  try {
    const bytes = await file.arrayBuffer();
    box.value = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    chooser.value = "";
    tell(`${file.name} is in the box: ${box.value.length.toLocaleString("en")} characters.`);
    box.focus();
    box.setSelectionRange(0, 0);
  } catch {
    tell(`${file.name}: must be a text in UTF-8. Save it as plain text in UTF-8.`);
  }
}

if (form) {
  const field = box.closest(".field");
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
    if (event.dataTransfer.files.length) take(event.dataTransfer.files[0]);
  });
  chooser.addEventListener("change", () => {
    if (chooser.files.length) take(chooser.files[0]);
  });
  form.addEventListener("submit", () => {
    tell("Reading…");
  });
  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  });
  window.addEventListener("pageshow", () => {
    tell("");
  });
}

// --- what was told is told to screen readers too ----------------------------
const message = find("message");
if (message) {
  const words = message.textContent;
  message.textContent = "";
  setTimeout(() => { message.textContent = words; }, 100);
}
const faults = find("faults");
if (faults) faults.focus();

// --- a cell shows what stands behind it -------------------------------------
const details = find("details");
const matrix = find("matrix");

function light(numbers) {
  for (const piece of document.querySelectorAll("#prose .m")) {
    const own = piece.dataset.s.split(" ");
    piece.classList.toggle("chosen", own.some((number) => numbers.has(number)));
  }
}

function show(section) {
  for (const other of details.querySelectorAll(".cell")) {
    other.hidden = section !== null && other !== section;
  }
  find("filter").hidden = section === null;
  for (const link of document.querySelectorAll("#matrix a")) {
    if (section && link.hash === `#${section.id}`) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
}

function choose(section) {
  show(section);
  const statements = section.querySelectorAll(".statement");
  const via = section.querySelectorAll("ul.via a");
  light(new Set([
    ...[...statements].map((one) => one.dataset.n),
    ...[...via].map((one) => one.hash.replace("#statement-", "")),
  ]));
  const title = section.querySelector("h4").textContent.replace(/\s+/g, " ").trim();
  const n = statements.length + via.length;
  find("filter-words").textContent = `${n} statement${n === 1 ? "" : "s"}`;
  message.textContent = `${title}: ${n} statement${n === 1 ? "" : "s"}.`;
  section.focus({ preventScroll: true });
  details.scrollTop = 0;
  bring(find("filter"));
}

// Side by side, the marks in the text are brought to the middle; one below the other, the details.
function bring(part) {
  const mark = document.querySelector("#prose .chosen");
  const beside = getComputedStyle(details).position === "sticky";
  if (beside && mark) mark.scrollIntoView({ block: "center" });
  else part.scrollIntoView({ block: beside ? "nearest" : "start" });
}

function pick(statement) {
  show(null);
  light(new Set([statement.dataset.n]));
  statement.focus({ preventScroll: true });
  statement.scrollIntoView({ block: "nearest" });
  bring(statement);
}

function follow(hash) {
  const found = hash.length > 1 ? find(decodeURIComponent(hash.slice(1))) : null;
  if (found && found.matches(".cell")) choose(found);
  else if (found && found.matches(".statement")) pick(found);
  else return false;
  return true;
}

function showAll() {
  const current = document.querySelector("#matrix a[aria-current]");
  show(null);
  light(new Set());
  message.textContent = "All statements are shown.";
  if (current) current.focus();
}

function step(event) {
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
    if (!follow(link.hash)) return;
    event.preventDefault();
    history.replaceState(null, "", link.hash);
  });
  find("all").addEventListener("click", showAll);
  find("back").addEventListener("click", () => {
    const current = document.querySelector("#matrix a[aria-current]");
    if (current) current.focus();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !find("filter").hidden) showAll();
  });
  if (matrix) matrix.addEventListener("keydown", step);
  window.addEventListener("hashchange", () => follow(location.hash));
  follow(location.hash);
}
