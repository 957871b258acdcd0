import { MailerModule, MailerService } from '@nestjs-modules/mailer';
import { Logger, ModuleMetadata } from '@nestjs/common';
import { Test, TestingModule } from '@nestjs/testing';
import { KernelModule } from '@portillon/kernel';
import { PersistenceModule, Transactions } from '@portillon/persistence';
import { describeOnEveryEngine, SettableClock, SmtpSink } from '@portillon/testing';
import {
  ChannelService,
  MailTransport,
  NotificationModule,
  notificationPersistence,
  NotificationService,
} from './';
import type { NotificationOptions } from './';
import { NotificationEntity } from './notification.entity';
import { CODE, mail, Outlet } from './testing/messages';
import { keyring } from './testing/process';

Logger.overrideLogger(false);
const from = 'Portillon <no-reply@portillon.example>';

describeOnEveryEngine('the module', [notificationPersistence], (fixture) => {
  const clock = new SettableClock();
  let sink: SmtpSink;

  beforeEach(async () => void (sink = await new SmtpSink().start()));
  afterEach(() => sink.stop());

  async function boot(
    notification: Parameters<typeof NotificationModule.forRootAsync>[0] | NotificationOptions,
    others: ModuleMetadata['imports'] = [],
    url = fixture.url,
  ) {
    const application = await Test.createTestingModule({
      imports: [
        ...others,
        KernelModule.forRoot({ keyring, clock }),
        PersistenceModule.forRoot({ url, parts: [notificationPersistence] }),
        'useFactory' in notification
          ? NotificationModule.forRootAsync(notification)
          : NotificationModule.forRoot(notification as NotificationOptions),
      ],
    }).compile();
    return application.init();
  }

  async function send(application: TestingModule) {
    const notifications = application.get(NotificationService);
    const enqueueing = { kind: 'sign-in.code', accountId: null };
    const transactions = application.get(Transactions);
    const message = await transactions.run((tx) => notifications.enqueue(mail(), enqueueing, tx));
    return { id: message.id, delivery: await notifications.deliver(message) };
  }

  it('sends, and writes the end before it closes', async () => {
    const application = await boot({ mail: { transport: sink.url, from } });
    const { id, delivery } = await send(application);
    expect(delivery).toBe('SENT');
    await application.close();
    const row = await fixture.dataSource.getRepository(NotificationEntity).findOneByOrFail({ id });
    expect(row).toMatchObject({ state: 'SENT', payload: null });
  });

  it('takes its options from elsewhere', async () => {
    const application = await boot({ useFactory: () => ({ mail: { transport: sink.url, from } }) });
    expect(application.get(NotificationService).available('EMAIL')).toBe(true);
    expect(application.get(NotificationService).available('SMS')).toBe(false);
    await application.close();
  });

  it('sends by a transport plugin, which gets the fields of the mail', async () => {
    const fields: Record<string, unknown>[] = [];
    const transport: MailTransport = {
      name: 'demo mailbox',
      version: '1',
      send(message, done) {
        fields.push(message.data as Record<string, unknown>);
        done(null, { messageId: 'kept' } as never);
      },
    };
    const application = await boot({ mail: { transport, from } });
    expect(await send(application)).toMatchObject({ delivery: 'SENT' });
    expect(fields).toMatchObject([
      {
        to: { address: 'claire.martin@hopital.example' },
        subject: 'Votre code de connexion à Portillon',
        text: expect.stringContaining(CODE),
        html: expect.stringContaining(CODE),
      },
    ]);
    expect(await application.get(ChannelService).health()).toMatchObject([
      { status: 'up' },
      { status: 'off' },
    ]);
    await application.close();
  });

  it('does not send again by a plugin that failed without saying whether it had the message', async () => {
    const transport: MailTransport = {
      name: 'plugin',
      version: '1',
      send: jest.fn((_message, done) => done(new Error('lost'), undefined as never)),
    };
    const application = await boot({ mail: { transport: [transport, sink.url], from } });
    expect(await send(application)).toMatchObject({ delivery: 'UNCONFIRMED' });
    expect(transport.send).toHaveBeenCalledTimes(1);
    expect(sink.attempts).toBe(0);
    await application.close();
  });

  it('keeps its relay to itself beside a mailer of the application, each with its own', async () => {
    const host = await new SmtpSink().start();
    const application = await boot({ mail: { transport: sink.url, from } }, [
      MailerModule.forRoot({ transport: host.url }),
    ]);
    expect(await send(application)).toMatchObject({ delivery: 'SENT' });
    await application.get(MailerService).sendMail({ from, to: 'a@b.example', text: 'of the host' });
    expect([sink.mails, host.mails].map((mails) => mails.length)).toEqual([1, 1]);
    expect(host.mails[0]?.text).toContain('of the host');
    await application.close();
    await host.stop();
  });

  it('reports the health of mail, and greets the relay at most once in 10 s', async () => {
    const application = await boot({
      mail: { transport: sink.url, from },
      sms: { providers: [new Outlet()] },
    });
    const health = () => application.get(ChannelService).health();
    const [email, sms] = await health();
    expect(email).toMatchObject({ channel: 'EMAIL', status: 'up', latencyMs: expect.any(Number) });
    expect(sms).toMatchObject({
      channel: 'SMS',
      status: 'up',
      latencyMs: null,
      providers: [{ provider: 'outlet', up: true }],
    });
    await sink.stop();
    expect((await health())[0]).toMatchObject({ status: 'up' });
    clock.advance(10_000);
    expect((await health())[0]).toMatchObject({ status: 'down', latencyMs: null });
    sink = await new SmtpSink().start();
    await application.close();
  });

  it.each([
    ['mail.from', { mail: { transport: 'smtp://relay.example', from: 'nobody' } }],
    ['mail.from', { mail: { transport: 'smtp://relay.example', from: 'a@b.example\r\nBcc: c@d.example' } }],
    ['mail.transport', { mail: { transport: 'relay.example', from } }],
    ['mail.transport', { mail: { transport: 'http://relay.example', from } }],
    ['mail.transport', { mail: { transport: [], from } }],
    ['limits.deadlineMs', { limits: { deadlineMs: 10_000 } }],
    ['limits.tryTimeoutMs', { limits: { tryTimeoutMs: 6_000 } }],
    ['limits.retries', { limits: { retries: 3 } }],
    ['limits.retentionMs', { limits: { retentionMs: Infinity } }],
    ['limits.circuitFailures', { limits: { circuitFailures: 0 } }],
  ] as [string, NotificationOptions][])('refuses to start with a wrong "%s"', async (named, options) => {
    await expect(boot(options, [], ':memory:')).rejects.toThrow(named);
  });

  it('never shows the password of the relay in its refusal', async () => {
    const transport = 'smtpx://user:hunter2@relay.example';
    await expect(boot({ mail: { transport, from } }, [], ':memory:')).rejects.toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('hunter2') }),
    );
  });
});
