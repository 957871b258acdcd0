import { tracingChannel } from 'node:diagnostics_channel';
import { traced } from './traced';

const CALL = { name: 'SELECT account', attributes: { 'db.system.name': 'mariadb' } };

describe('a call to another program', () => {
  it('is told with its beginning, its end and what went wrong, to who listens', async () => {
    const told: [string, object][] = [];
    const tell = (what: string) => (call: object) => told.push([what, { ...call }]);
    const listener = {
      start: tell('start'),
      error: tell('error'),
      asyncEnd: tell('end'),
      end: () => undefined,
      asyncStart: () => undefined,
    };
    const channel = tracingChannel('portillon.call');
    channel.subscribe(listener);
    await traced(CALL, () => Promise.resolve(1));
    const failure = new Error('gone');
    await expect(traced(CALL, () => Promise.reject(failure))).rejects.toBe(failure);
    channel.unsubscribe(listener);
    expect(told).toMatchObject([
      ['start', CALL],
      ['end', CALL],
      ['start', CALL],
      ['error', { ...CALL, error: failure }],
      ['end', { ...CALL, error: failure }],
    ]);
  });

  it('is run alone where nobody listens', async () => {
    await expect(traced(CALL, () => Promise.resolve(1))).resolves.toBe(1);
  });
});
