import { Clock } from '@portillon/kernel';

/** A time that is moved by hand, for what the demo is to have lived through before it starts. */
export class DemoClock extends Clock {
  #now = new Date(0);

  override now(): Date {
    return this.#now;
  }

  moveTo(time: Date): void {
    this.#now = time;
  }
}
