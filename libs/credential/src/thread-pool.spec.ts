import { setTimeout as sleep } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { concurrently } from '@portillon/testing';
import type { HashingJob } from './password-hashing.service';
import { ThreadPool } from './thread-pool';

// The threads give way to whatever else the machine does: on a busy one, sixty hashes take long.
jest.setTimeout(60_000);
Logger.overrideLogger(false);

const SETTINGS = {
  worker: 'hashing.worker.cjs',
  memoryMb: 16,
  workerData: { niceness: 10 },
  threads: 2,
  queue: 100,
  idleMs: 60_000,
};
const JOB = { password: 'x', salt: Buffer.alloc(16, 7), memory: 19_456, passes: 2 };
const pools: ThreadPool<HashingJob, boolean | string>[] = [];

function open(settings: Partial<typeof SETTINGS> = {}): ThreadPool<HashingJob, boolean | string> {
  const pool = new ThreadPool<HashingJob, boolean | string>({ ...SETTINGS, ...settings });
  pools.push(pool);
  return pool;
}

afterAll(() => Promise.all(pools.map((pool) => pool.close())));

describe('the threads of a pool', () => {
  it('answer each caller with its own result', async () => {
    const pool = open();
    const digests = await Promise.all(
      Array.from({ length: 12 }, (_, index) => pool.run({ ...JOB, password: `p${index}` })),
    );
    const checks = digests.map((digest, index) =>
      pool.run({ check: { by: 'native', digest: String(digest) }, password: `p${index}` }),
    );
    expect(await Promise.all(checks)).toEqual(Array(12).fill(true));
  });

  it('start on demand, up to the maximum', async () => {
    const pool = open();
    expect(pool.threads).toBe(0);
    await pool.run(JOB);
    expect(pool.threads).toBe(1);
    await Promise.all([pool.run(JOB), pool.run(JOB), pool.run(JOB), pool.run(JOB)]);
    expect(pool.threads).toBe(2);
  });

  it('end after a time without work, and start again', async () => {
    const pool = open({ idleMs: 50 });
    await pool.run(JOB);
    while (pool.threads > 0) await sleep(20);
    expect(await pool.run(JOB)).toContain('$argon2id$');
  });

  it('lose no job that arrives while they end', async () => {
    const pool = open({ threads: 1, idleMs: 10 });
    for (let wait = 6; wait < 16; wait++) {
      await sleep(wait);
      expect(await pool.run(JOB)).toContain('$argon2id$');
    }
  });

  it("receive neither the secrets of the environment nor the server's flags", async () => {
    const pool = new ThreadPool<object, unknown>({ ...SETTINGS, worker: 'testing/surroundings.worker.cjs' });
    expect(await pool.run({})).toEqual({ environment: [], flags: [] });
    await pool.close();
  });

  it('continue after a job that fails', async () => {
    const pool = open({ threads: 1 });
    const broken = { ...JOB, salt: Buffer.alloc(1) };
    await expect(pool.run(broken)).rejects.toMatchObject({
      code: 'internal',
      message: expect.stringContaining('hashing.worker.cjs failed: '),
    });
    expect(await pool.run(JOB)).toContain('$argon2id$');
  });

  it('fail each job when they cannot start, so that no caller waits', async () => {
    const pool = open({ worker: 'nowhere/hashing.worker.cjs' });
    const { errors } = await concurrently(5, () => pool.run(JOB));
    expect(errors).toHaveLength(5);
    expect(errors[0]).toMatchObject({ code: 'internal' });
    expect(pool.threads).toBe(0);
  });

  it('reject waiting and later jobs after their end', async () => {
    const pool = open({ threads: 1 });
    const jobs = concurrently(4, () => pool.run(JOB));
    await pool.close();
    const { errors } = await jobs;
    expect(errors.length).toBeGreaterThanOrEqual(3);
    for (const error of errors) expect(error).toMatchObject({ code: 'service.busy', retryAfterSeconds: 2 });
    await expect(pool.run(JOB)).rejects.toMatchObject({ code: 'service.busy' });
    expect(pool.threads).toBe(0);
  });
});
