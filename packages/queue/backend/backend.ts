/** A hint that these rows want a worker. */
export interface Message {
  /** The same hint twice is one. Neither a number nor with a colon: BullMQ takes neither. */
  id: string;
  /** Name of the job. */
  name: string;
  ids: number[];
}

export interface Consumer {
  /** Milliseconds for which the queue has not answered, see `Life`. */
  silence(): number;
  /** Takes no more messages and resolves when the last one has been dealt with. */
  close(): Promise<void>;
}

export interface ConsumeOptions {
  concurrency: number;
  run(message: Pick<Message, 'name' | 'ids'>): Promise<void>;
}

/** What carries hints from the relay to the workers. It may lose them, double them and change their order. */
export interface Backend {
  add(queue: string, messages: Message[]): Promise<void>;
  /** Messages that nobody has taken yet. */
  waiting(queue: string): Promise<number>;
  consume(queue: string, options: ConsumeOptions): Promise<Consumer>;
  /** Consumers first. Once it returns, nothing of ours is written any more. */
  close(): Promise<void>;
}
