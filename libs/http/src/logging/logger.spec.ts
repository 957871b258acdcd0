import { Logger as NestLoggers } from '@nestjs/common';
import { createLogger } from './logger';
import { NestLogger } from './nest-logger';

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
