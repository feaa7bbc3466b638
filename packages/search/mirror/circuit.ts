import type { Logger } from '@portolan/kernel';
import { isSlow } from './away.ts';

/** Milliseconds from the loss to the first look whether it is back, doubled from look to look. */
const firstLook = 500;
const longestBetween = 5000;
/** One search may be slow by itself; so many in a row are not. */
const slowInARow = 3;

/**
 * Remembers that OpenSearch is away, so that nobody waits for it. While it is, who asks sets off a look, one at a
 * time and beside the request, so that nobody pays for it either.
 */
export class Circuit {
  readonly #look: () => Promise<unknown>;
  readonly #back: () => void;
  readonly #logger: Logger;
  #open = false;
  #slow = 0;
  #pause = firstLook;
  #nextLook = 0;
  #looking = false;

  constructor(look: () => Promise<unknown>, back: () => void, logger: Logger) {
    this.#look = look;
    this.#back = back;
    this.#logger = logger;
  }

  /** Whether it is away, as far as is known. */
  get open(): boolean {
    if (this.#open && !this.#looking && performance.now() >= this.#nextLook) void this.#lookAgain();
    return this.#open;
  }

  succeeded(): void {
    this.#slow = 0;
    if (this.#open) {
      this.#logger.info('OpenSearch is back');
      this.#back();
    }
    this.#open = false;
    this.#pause = firstLook;
  }

  failed(error: unknown): void {
    if (isSlow(error) && ++this.#slow < slowInARow) return;
    this.lost(error);
  }

  lost(error: unknown): void {
    if (!this.#open) this.#logger.warn({ err: error }, 'OpenSearch is away');
    this.#open = true;
    this.#nextLook = performance.now() + this.#pause;
  }

  async #lookAgain(): Promise<void> {
    this.#looking = true;
    try {
      await this.#look();
      this.succeeded();
    } catch (error) {
      this.#pause = Math.min(this.#pause * 2, longestBetween);
      this.lost(error);
      this.#nextLook = performance.now() + this.#pause;
    } finally {
      this.#looking = false;
    }
  }
}
