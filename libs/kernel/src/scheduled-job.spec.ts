import { Logger } from '@nestjs/common';
import { ScheduledJob, QueueJob } from './scheduled-job';

class Job extends ScheduledJob {
  turns = 0;

  run(work: () => Promise<unknown> = () => Promise.resolve()): Promise<void> {
    return this.turn(() => {
      this.turns++;
      return work();
    });
  }
}

describe('a job of a lib', () => {
  it('does not begin a turn before the last one has ended', async () => {
    const job = new Job();
    let end!: () => void;
    const first = job.run(() => new Promise<void>((resolve) => (end = resolve)));
    await job.run();
    expect(job.turns).toBe(1);
    end();
    await first;
    await job.run();
    expect(job.turns).toBe(2);
  });

  it('logs a failed turn under its name, and starts the next one', async () => {
    const warn = jest.spyOn(Logger.prototype, 'warn').mockImplementation();
    const job = new Job();
    await job.run(() => Promise.reject(new Error('the database does not answer')));
    await job.run();
    expect(warn).toHaveBeenCalledWith('put off: Error: the database does not answer');
    expect(job.turns).toBe(2);
    warn.mockRestore();
  });

  it('logs once a minute while all turns fail, and immediately after a success', async () => {
    jest.useFakeTimers();
    const warn = jest.spyOn(Logger.prototype, 'warn').mockImplementation();
    const job = new Job();
    const seconds = async (howMany: number) => {
      for (let second = 0; second < howMany; second++) {
        await job.run(() => Promise.reject(new Error('the database does not answer')));
        jest.advanceTimersByTime(1_000);
      }
    };
    await seconds(60);
    expect(warn).toHaveBeenCalledTimes(1);
    await seconds(30);
    expect(warn).toHaveBeenCalledTimes(2);
    await job.run();
    await seconds(1);
    expect(warn).toHaveBeenCalledTimes(3);
    warn.mockRestore();
    jest.useRealTimers();
  });
});

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
