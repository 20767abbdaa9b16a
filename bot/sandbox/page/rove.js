// One stop for Tab in a group of buttons; the arrow keys, Home and End move inside it.

const STEPS = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };

export function rove(group) {
  const items = [...group.children];
  items.forEach((item, index) => {
    item.tabIndex = index === 0 ? 0 : -1;
  });
  group.addEventListener("focusin", (event) => {
    for (const item of items) item.tabIndex = item === event.target ? 0 : -1;
  });
  group.addEventListener("keydown", (event) => {
    const at = items.indexOf(document.activeElement);
    const places = { Home: 0, End: -1 };
    const next = event.key in STEPS ? at + STEPS[event.key] : places[event.key];
    if (at < 0 || next === undefined) return;
    event.preventDefault();
    items[(next + items.length) % items.length].focus();
  });
}
