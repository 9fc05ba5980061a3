/** Does one thing after the other: at once, as long as nothing has to be waited for. After a failure nothing more is done. */
export class WriteQueue {
  private waits: Promise<void> | undefined;
  private failure: { readonly thrown: unknown } | undefined;

  do(write: () => void | Promise<void>): void {
    if (this.failure !== undefined) return;
    try {
      const done = this.waits === undefined ? write() : this.waits.then(() => (this.failure === undefined ? write() : undefined));
      if (done !== undefined) this.waitFor(done);
    } catch (thrown) {
      this.failure = { thrown };
    }
  }

  /** Settles when all has been done, and never rejects; undefined: all has been. @throws what a write has thrown or rejected with */
  get flushed(): Promise<void> | undefined {
    if (this.failure !== undefined) throw this.failure.thrown;
    return this.waits;
  }

  private waitFor(done: Promise<void>): void {
    const waits: Promise<void> = done
      .catch((thrown: unknown) => void (this.failure ??= { thrown }))
      .then(() => {
        if (this.waits === waits) this.waits = undefined;
      });
    this.waits = waits;
  }
}
