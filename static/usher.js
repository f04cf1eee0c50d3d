// Copy buttons are hidden in the page, since they do nothing without this script.
"use strict";

for (const button of document.querySelectorAll("button[data-copy]")) {
  const source = document.getElementById(button.dataset.copy);
  if (!source || !navigator.clipboard) continue;
  const label = button.textContent;
  let timer;
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(source.value ?? source.textContent);
      button.textContent = document.body.dataset.copied;
    } catch {
      // The browser refused: select the text, so that the keyboard can copy it.
      getSelection().selectAllChildren(source);
      source.select?.();
      button.textContent = document.body.dataset.copyRefused;
    }
    clearTimeout(timer);
    timer = setTimeout(() => (button.textContent = label), 2500);
  });
}

document.querySelector(".faults")?.focus();
