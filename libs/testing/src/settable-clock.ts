import { Clock } from '@portillon/kernel';

/** A clock that stands still until a test moves it. */
export class SettableClock extends Clock {
  constructor(private time = new Date('2026-11-24T15:39:00.000Z')) {
    super();
  }

  override now(): Date {
    return new Date(this.time);
  }

  /** Moves on by `milliseconds`. */
  advance(milliseconds: number): void {
    this.time = new Date(this.time.getTime() + milliseconds);
  }

  /** Goes to `time`, back too: what a badly set server does. */
  set(time: Date): void {
    this.time = new Date(time);
  }
}
