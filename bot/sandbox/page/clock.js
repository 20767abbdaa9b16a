// The sandbox's clock, which may run faster than this computer's, or at another date.

export class SandboxClock {
  #then = 0;
  #at = 0;
  #speed = 1;

  constructor() {
    this.set({ now: Date.now(), speed: 1 });
  }

  /** `now` in milliseconds since 1970; `speed` is how many of its seconds pass in one of ours. */
  set({ now, speed }) {
    this.#then = now;
    this.#at = performance.now();
    this.#speed = speed;
  }

  /** Milliseconds since 1970, as the sandbox has it. */
  now() {
    return this.#then + (performance.now() - this.#at) * this.#speed;
  }
}
