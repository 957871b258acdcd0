import { Clock } from '@portillon/kernel';

/** A clock that only tests move. */
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

  /** Sets the time, also backwards, like a badly set server. */
  set(time: Date): void {
    this.time = new Date(time);
  }
}
