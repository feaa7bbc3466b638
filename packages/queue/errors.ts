/** The lease is someone else's now: nothing this run does may be written any more. */
export class LeaseLost extends Error {
  constructor(jobId: number) {
    super(`job ${jobId} is no longer this worker's`);
    this.name = 'LeaseLost';
  }
}

/** Somebody asked for the job to be stopped. */
export class JobAborted extends Error {
  constructor() {
    super('the job was aborted');
    this.name = 'JobAborted';
  }
}

export class DeadlineExceeded extends Error {
  constructor(milliseconds: number) {
    super(`the job took longer than ${milliseconds} ms`);
    this.name = 'DeadlineExceeded';
  }
}

/** The process stops or pauses; the job goes back and the attempt is not counted. */
export class Interrupted extends Error {
  constructor() {
    super('the worker is stopping');
    this.name = 'Interrupted';
  }
}

/** Thrown by a handler when another attempt cannot do better. */
export class PermanentFailure extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'PermanentFailure';
  }
}
