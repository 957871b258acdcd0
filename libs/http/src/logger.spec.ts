import { Logger as NestLoggers } from '@nestjs/common';
import { createLogger, NestLogger, captureOutput } from './logger';

describe('the log', () => {
  let lines: Record<string, unknown>[];

  beforeEach(() => {
    lines = [];
    const output = { write: (line: string) => void lines.push(JSON.parse(line)) };
    const logger = createLogger(
      { logLevel: 'info', logFormat: 'json' },
      { instance: 'host:3000', version: '1.2.3' },
      output,
    );
    NestLoggers.overrideLogger(new NestLogger(logger));
  });
  afterEach(() => NestLoggers.overrideLogger(false));

  it('writes the messages of a part at the usual level, with part and instance', () => {
    new NestLoggers('AuditSeals').log('journal sealed up to 12:ab');
    expect(lines).toEqual([
      {
        level: 30,
        time: expect.any(String),
        instance: 'host:3000',
        version: expect.stringMatching(/^\d+\.\d+\.\d+/),
        component: 'AuditSeals',
        msg: 'journal sealed up to 12:ab',
      },
    ]);
  });

  it('writes the framework’s start messages at debug level', () => {
    new NestLoggers('RouterExplorer').log('Mapped {/api/session, GET} route');
    expect(lines).toEqual([]);
  });

  it('writes warnings and errors with their part, and an error with its stack', () => {
    new NestLoggers('Outbox').warn('put off');
    new NestLoggers('Outbox').error('broken', 'Error: broken\n at here');
    expect(lines).toMatchObject([
      { level: 40, component: 'Outbox', msg: 'put off' },
      { level: 50, component: 'Outbox', msg: 'broken', stack: 'Error: broken\n at here' },
    ]);
  });
});

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
