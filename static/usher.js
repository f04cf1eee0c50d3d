// Progressive enhancement. Controls that need this script are hidden in the HTML.
"use strict";

const words = document.body.dataset;

// The answer to a form: Reload asks for the form's page instead of sending again, and Back leads to that page.
if (words.page) history.replaceState(null, "", words.page);

// Pressing twice sends once. The server knows a repeated form too; but some answers are shown only once.
let sent;
addEventListener("submit", (event) => {
  if (sent === event.target) event.preventDefault();
  sent = event.target;
  setTimeout(() => (sent = undefined), 1000);
});

// Copy: the text of an element or field, by its id.
for (const button of document.querySelectorAll("button[data-copy]")) {
  const source = document.getElementById(button.dataset.copy);
  if (!source || !navigator.clipboard) continue;
  const label = button.textContent;
  let timer;
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(source.value ?? source.textContent);
      button.textContent = words.copied;
    } catch {
      // Copying was denied: select the text for copying by keyboard.
      getSelection().selectAllChildren(source);
      source.select?.();
      button.textContent = words.copyRefused;
    }
    clearTimeout(timer);
    timer = setTimeout(() => (button.textContent = label), 2500);
  });
}

// Show: reveals a password field.
for (const button of document.querySelectorAll("button[data-show]")) {
  const field = document.getElementById(button.dataset.show);
  button.hidden = false;
  button.addEventListener("click", () => {
    const shown = field.type === "password";
    field.type = shown ? "text" : "password";
    button.setAttribute("aria-pressed", shown);
  });
  // Browsers might offer a password submitted as text for autocompletion.
  field.form.addEventListener("submit", () => (field.type = "password"));
}

// Filter: hides checkboxes whose text does not match, while typing.
for (const field of document.querySelectorAll("input[data-filter]")) {
  const boxes = [...document.querySelectorAll(field.dataset.filter)];
  // A short list needs no filter.
  if (boxes.length < 8) continue;
  const status = document.getElementById(`${field.id}-status`);
  field.closest("[hidden]").hidden = false;
  field.addEventListener("input", () => {
    const wanted = field.value.trim().toLowerCase();
    let left = 0;
    for (const box of boxes) {
      // Checked boxes stay visible.
      box.hidden = !box.textContent.toLowerCase().includes(wanted) && !box.querySelector("input:checked");
      if (!box.hidden) left += 1;
    }
    status.textContent = wanted ? words.filtered.replace("{left}", left).replace("{all}", boxes.length) : "";
  });
  // Enter would submit the form around the list.
  field.addEventListener("keydown", (event) => event.key === "Enter" && event.preventDefault());
}

// Menus: one at a time, closed by a click elsewhere and by Escape.
const menus = [...document.querySelectorAll("details.menu")];
document.addEventListener("click", ({ target }) => {
  for (const menu of menus) if (!menu.contains(target)) menu.open = false;
});
document.addEventListener("keydown", ({ key }) => {
  const open = key === "Escape" && menus.find((menu) => menu.open);
  if (!open) return;
  open.open = false;
  open.querySelector("summary").focus();
});

// What a page has to say comes first.
(document.querySelector(".faults") ?? document.querySelector(".notice"))?.focus();
