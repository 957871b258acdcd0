import type { Settings } from '../settings/settings';
import { reportToSystemd } from './report-to-systemd';

const settings = (systemd: Settings['systemd']) => ({ systemd }) as Settings;

describe('what systemd hears of the process', () => {
  let heard: string[];

  beforeEach(() => {
    jest.useFakeTimers();
    heard = [];
  });

  afterEach(() => {
    jest.useRealTimers();
    process.removeAllListeners('SIGTERM');
  });

  const report = (systemd: Settings['systemd']) =>
    reportToSystemd(settings(systemd), (state) => heard.push(state));

  it('is that it is ready, twice in the time of the watchdog that it lives, and that it stops', () => {
    report({ watchdogMs: 30_000 });
    expect(heard).toEqual(['READY=1']);
    jest.advanceTimersByTime(30_000);
    expect(heard).toEqual(['READY=1', 'WATCHDOG=1', 'WATCHDOG=1']);
    process.emit('SIGTERM');
    expect(heard.at(-1)).toBe('STOPPING=1');
  });

  it('is no sign of life where no watchdog waits for one', () => {
    report({ watchdogMs: null });
    jest.advanceTimersByTime(60_000);
    expect(heard).toEqual(['READY=1']);
  });

  it('is nothing where systemd did not start it', () => {
    report(null);
    expect(heard).toEqual([]);
  });
});
