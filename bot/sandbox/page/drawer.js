// The list as a drawer, where there is no room beside the chat.

export class Drawer {
  constructor({ sidebar, scrim, main }) {
    this.parts = { sidebar, scrim, main };
    this.narrow = matchMedia("(max-width: 47.99rem)");
    this.narrow.addEventListener("change", () => this.close());
    scrim.addEventListener("click", () => this.close());
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !scrim.hidden) this.close();
    });
    this.close();
  }

  open() {
    this.#set(true);
    this.parts.sidebar.querySelector("select").focus();
  }

  close() {
    const { sidebar, main } = this.parts;
    const hadFocus = this.narrow.matches && sidebar.contains(document.activeElement);
    this.#set(false);
    if (hadFocus) main.querySelector("button").focus();
  }

  #set(open) {
    const { sidebar, scrim, main } = this.parts;
    sidebar.classList.toggle("open", open);
    // Out of sight is out of reach, of Tab as well.
    sidebar.inert = this.narrow.matches && !open;
    main.inert = this.narrow.matches && open;
    scrim.hidden = !(this.narrow.matches && open);
  }
}
