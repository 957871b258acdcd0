import { Logger } from '@nestjs/common';
import { ScheduledJob } from './scheduled-job';

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
