import { Clock } from '@portillon/kernel';

/** A clock that is set by hand, for the history that the demo creates before it starts. */
export class DemoClock extends Clock {
  #now = new Date(0);

  override now(): Date {
    return this.#now;
  }

  moveTo(time: Date): void {
    this.#now = time;
  }
}
