import { tracingChannel } from 'node:diagnostics_channel';
import { traced } from './traced';

const CALL = { name: 'SELECT account', attributes: { 'db.system.name': 'mariadb' } };
const describeCall = jest.fn(() => CALL);

describe('a call to another program', () => {
  it('reports its beginning, its end and its failure to a listener', async () => {
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
    await traced(describeCall, () => Promise.resolve(1));
    const failure = new Error('gone');
    await expect(traced(describeCall, () => Promise.reject(failure))).rejects.toBe(failure);
    channel.unsubscribe(listener);
    expect(told).toMatchObject([
      ['start', CALL],
      ['end', CALL],
      ['start', CALL],
      ['error', { ...CALL, error: failure }],
      ['end', { ...CALL, error: failure }],
    ]);
  });

  it('is run without a description when there is no listener', async () => {
    describeCall.mockClear();
    await expect(traced(describeCall, () => Promise.resolve(1))).resolves.toBe(1);
    expect(describeCall).not.toHaveBeenCalled();
  });
});
