import { captureOutput } from './capture-output';
import { createLogger } from './logger';

describe('what a process would print', () => {
  const { log, info, debug, warn, error } = console;
  const listenersOf = (event: 'warning' | 'uncaughtException') => process.listeners(event as 'warning');
  const before = { warning: listenersOf('warning'), uncaughtException: listenersOf('uncaughtException') };
  const exit = jest.spyOn(process, 'exit').mockImplementation();
  let lines: Record<string, unknown>[];

  beforeEach(() => {
    lines = [];
    const output = { write: (line: string) => void lines.push(JSON.parse(line)) };
    captureOutput(
      createLogger(
        { logLevel: 'info', logFormat: 'json' },
        { instance: 'host:3000', version: '1.2.3' },
        output,
      ),
    );
  });
  afterEach(() => {
    Object.assign(console, { log, info, debug, warn, error });
    for (const event of ['warning', 'uncaughtException'] as const) {
      process.removeAllListeners(event);
      for (const listener of before[event]) process.on(event as 'warning', listener);
    }
  });

  it.each(['log', 'info', 'debug', 'warn', 'error'] as const)('by console.%s is one JSON line', (method) => {
    // eslint-disable-next-line no-console -- what is captured
    console[method]('two\nlines of %s\n', 'a library');
    expect(lines).toMatchObject([{ component: 'console', msg: 'two\nlines of a library' }]);
  });

  it('as a warning of Node is one JSON line', () => {
    process.emit('warning', new Error('something is old'));
    expect(lines).toMatchObject([{ level: 40, component: 'node', msg: 'Error: something is old' }]);
  });

  it('before it dies is one JSON line, and the process ends', () => {
    process.emit('uncaughtException' as 'warning', new Error('it was not caught'));
    expect(lines).toMatchObject([
      { level: 60, component: 'node', msg: 'it was not caught', stack: expect.any(String) },
    ]);
    expect(exit).toHaveBeenCalledWith(1);
  });
});
