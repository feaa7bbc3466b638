/** Whether a consumer hears its queue: it is busy, or has lately been told what there is. */
export interface Life {
  /** The queue has answered. */
  heard(): void;
  began(): void;
  ended(): void;
  /** Milliseconds since the queue's last answer; none while all slots are taken and nothing is asked of it. */
  silence(): number;
}

export function createLife(slots: number, now: () => number = () => performance.now()): Life {
  let taken = 0;
  let last = now();
  const heard = () => {
    last = now();
  };
  return {
    heard,
    began() {
      taken++;
      heard();
    },
    ended() {
      taken--;
      heard();
    },
    silence: () => (taken >= slots ? 0 : now() - last),
  };
}
