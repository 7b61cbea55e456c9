// Drag a meeting to another day. Everything can be done by links and forms as well.
(() => {
  "use strict";
  const status = document.getElementById("moving");
  const says = {
    free: "it can be there, and nothing else has to change",
    perhaps: "possible with other people, or if others give way",
    none: "not possible; let go to see why",
    here: "it is there now",
  };
  const cells = [...document.querySelectorAll("td[data-date]")];
  const known = new Map();
  let dragged = null;
  let over = null;

  for (const help of document.querySelectorAll(".moving-help")) help.hidden = false;

  async function rooms(move) {
    if (!known.has(move)) {
      const asked = fetch(`${move}/days`, { credentials: "same-origin" }).then((answer) =>
        answer.ok ? answer.json() : {},
      );
      known.set(move, asked.catch(() => ({})));
    }
    return known.get(move);
  }

  function mark(found) {
    for (const cell of cells) cell.dataset.room = found[cell.dataset.date] ?? "none";
    if (over) tell(over);
  }

  function tell(cell) {
    if (!status) return;
    const room = says[cell.dataset.room] ?? "";
    const day = new Date(`${cell.dataset.date}T12:00`).toLocaleDateString("en-GB", {
      weekday: "short",
      day: "numeric",
      month: "long",
    });
    status.textContent = room ? `${day}: ${room}` : day;
  }

  for (const token of document.querySelectorAll("[data-move]")) {
    token.draggable = true;
    token.addEventListener("dragstart", (event) => {
      dragged = token;
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", token.textContent);
      token.classList.add("dragged");
      rooms(token.dataset.move).then((found) => dragged === token && mark(found));
    });
    token.addEventListener("dragend", () => {
      token.classList.remove("dragged");
      dragged = null;
      over = null;
      for (const cell of cells) cell.classList.remove("over");
    });
  }

  for (const cell of cells) {
    cell.addEventListener("dragover", (event) => {
      if (!dragged || dragged.closest("td") === cell) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = "move";
      if (over === cell) return;
      over?.classList.remove("over");
      over = cell;
      cell.classList.add("over");
      tell(cell);
    });
    cell.addEventListener("drop", (event) => {
      if (!dragged) return;
      event.preventDefault();
      window.location.assign(`${dragged.dataset.move}?date=${cell.dataset.date}#there`);
    });
  }
})();
