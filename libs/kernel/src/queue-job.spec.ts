import { Logger } from '@nestjs/common';
import { QueueJob } from './queue-job';

/** Sends one at a time, when the test says so. */
class Letters extends QueueJob {
  readonly sent: string[] = [];
  readonly #answers: Record<string, () => void> = {};

  constructor(private readonly waiting: Record<string, number>) {
    super();
  }

  run(): Promise<void> {
    return this.openLanes();
  }

  answer(lane: string): Promise<void> {
    this.#answers[lane]!();
    return new Promise(setImmediate);
  }

  protected due(): Promise<string[]> {
    return Promise.resolve(Object.keys(this.waiting));
  }

  protected async sendSome(lane: string): Promise<boolean> {
    this.sent.push(lane);
    await new Promise<void>((resolve) => (this.#answers[lane] = resolve));
    if (this.waiting[lane] === 0) throw new Error('the database does not answer');
    return --this.waiting[lane]! > 0;
  }
}

describe('what is sent in lanes', () => {
  it('continues in one lane while another does not answer', async () => {
    const letters = new Letters({ stuck: 600, agenda: 2 });
    await letters.run();
    await letters.answer('agenda');
    expect(letters.sent).toEqual(['stuck', 'agenda', 'agenda']);
  });

  it('has one lane for each queue, however many turns start', async () => {
    const letters = new Letters({ stuck: 600 });
    await letters.run();
    await letters.run();
    expect(letters.sent).toEqual(['stuck']);
  });

  it('finishes its current work before the application ends, and starts nothing more', async () => {
    const letters = new Letters({ agenda: 2 });
    await letters.run();
    const over = letters.beforeApplicationShutdown();
    await letters.answer('agenda');
    await over;
    await letters.run();
    expect(letters.sent).toEqual(['agenda']);
  });

  it('is postponed by an error, and started again by a later turn', async () => {
    const warn = jest.spyOn(Logger.prototype, 'warn').mockImplementation();
    const letters = new Letters({ agenda: 0 });
    await letters.run();
    await letters.answer('agenda');
    expect(warn).toHaveBeenCalledWith('put off: Error: the database does not answer');
    await letters.run();
    expect(letters.sent).toEqual(['agenda', 'agenda']);
  });
});
