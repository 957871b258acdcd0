import { DAY, HOUR, MINUTE, SECOND, addMilliseconds } from '@portillon/kernel';
import { OvhServer, TwilioServer } from '@portillon/testing';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks';
import { OvhProvider } from '../sms/ovh.provider';
import { TwilioProvider } from '../sms/twilio.provider';
import { describeOutbox } from '../testing/describe-outbox';
import { sms } from '../testing/messages';
import { keyring, Process } from '../testing/process';

const REPORTS = 'https://portillon.example/api/delivery-reports';
const ovhKeys = { applicationKey: 'application', applicationSecret: 'secret', consumerKey: 'consumer' };
const twilioAccount = { accountSid: `AC${'0'.repeat(32)}`, authToken: 'token', from: '+33937000000' };

describeOutbox('SMS by two providers', (fixture) => {
  let twilio: TwilioServer;
  let ovh: OvhServer;
  let one: Process;

  beforeEach(async () => {
    twilio = await new TwilioServer().start();
    ovh = await new OvhServer(ovhKeys, 'sms-ab12345-1', () => fixture.clock.now().getTime()).start();
    for (const table of ['smsRoute', 'smsProvider', 'notificationPace'])
      await fixture.database.dataSource.query(`DELETE FROM ${table}`);
    const first = { ...twilioAccount, apiUrl: twilio.url, statusCallbackUrl: `${REPORTS}/twilio` };
    const second = { ...ovhKeys, apiUrl: ovh.url, serviceName: 'sms-ab12345-1', from: 'Portillon' };
    one = fixture.start({
      sms: [
        new TwilioProvider(first, fixture.clock),
        new OvhProvider({ kind: 'ovh', ...second }, fixture.clock, keyring),
      ],
    });
  });

  afterEach(() => Promise.all([twilio.stop(), ovh.stop()]));

  const taken = () => `${twilio.messages.length} by Twilio, ${ovh.jobs.length} by OVHcloud`;

  /** The series of the providers that are tried last. */
  async function shown(): Promise<string[]> {
    return (await one.registry.metrics()).match(/(?<=^portillon_sms_provider_passed_over).*$/gm) ?? [];
  }

  /** Sends so many codes within a minute, to so many people in turn; some are entered. */
  async function morning(codes: number, entered: number, people = codes): Promise<void> {
    for (let turn = 0; turn < codes; turn++) {
      const message = await one.enqueue(sms(), { accountId: `person-${turn % people}` });
      await one.notifications.deliver(message);
      await reportDelivered(message.id);
      if (turn >= entered) continue;
      await fixture.database.transactions.run((tx) => one.notifications.recordAnswer(message.id, tx));
    }
  }

  /** Twilio says that the phone has it, with its true signature. */
  async function reportDelivered(id: string): Promise<void> {
    const url = `${REPORTS}/twilio?id=${id}`;
    const sid = `SM${String(twilio.messages.length).padStart(32, '0')}`;
    const form = { MessageSid: sid, MessageStatus: 'delivered' };
    const signature = getExpectedTwilioSignature(twilioAccount.authToken, url, form);
    await one.receipts.receive('twilio', { url, headers: { 'x-twilio-signature': signature }, form });
  }

  /** An hour of every day in which nine codes of ten are entered. */
  async function usually(): Promise<void> {
    await morning(20, 18);
    fixture.clock.advance(40 * MINUTE);
    await one.routes.review();
  }

  it('are routed away from a provider whose receipts lie, and come back to it an hour later', async () => {
    await usually();
    await morning(20, 0);
    const lies = await fixture.table.countBy({ provider: 'twilio', report: 'delivered' });
    expect([lies, taken()]).toEqual([40, '40 by Twilio, 0 by OVHcloud']);

    fixture.clock.advance(2 * MINUTE);
    await one.routes.review();
    await one.send(sms());
    expect(taken()).toBe('40 by Twilio, 1 by OVHcloud');
    expect(await shown()).toEqual(['{provider="twilio"} 1', '{provider="ovh"} 0']);

    fixture.clock.advance(HOUR + MINUTE);
    await one.send(sms());
    expect(taken()).toBe('41 by Twilio, 1 by OVHcloud');
    expect(await shown()).toEqual(['{provider="twilio"} 0', '{provider="ovh"} 0']);
  });

  it('still leave by a provider that is passed over, when the other one takes none', async () => {
    await usually();
    await morning(20, 0);
    fixture.clock.advance(2 * MINUTE);
    await one.routes.review();
    ovh.mood = 'no-credit';
    expect(await one.send(sms())).toBe('SENT');
    expect(taken()).toBe('41 by Twilio, 0 by OVHcloud');
  });

  it('go on as usual while people enter their codes, and where too few say otherwise', async () => {
    await usually();
    await morning(19, 0);
    fixture.clock.advance(2 * MINUTE);
    await one.routes.review();
    fixture.clock.advance(15 * MINUTE);
    await morning(20, 17);
    fixture.clock.advance(MINUTE + SECOND);
    await one.routes.review();
    await one.send(sms());
    expect(taken()).toBe('60 by Twilio, 0 by OVHcloud');
  });

  it('stay with their provider whatever six people who enter no code do', async () => {
    await usually();
    await morning(24, 0, 6);
    fixture.clock.advance(2 * MINUTE);
    await one.routes.review();
    await one.send(sms());
    expect(taken()).toBe('45 by Twilio, 0 by OVHcloud');
  });

  it('stay with their provider while each of their people enters one of several codes', async () => {
    await usually();
    // Twelve people have four codes each and enter the first.
    await morning(48, 12, 12);
    fixture.clock.advance(2 * MINUTE);
    await one.routes.review();
    await one.send(sms());
    expect(taken()).toBe('69 by Twilio, 0 by OVHcloud');
  });

  it('are never routed away from the last provider that is left', async () => {
    await usually();
    await morning(20, 0);
    fixture.clock.advance(2 * MINUTE);
    await one.routes.review();
    twilio.mood = 'refuse';
    await morning(20, 18);
    fixture.clock.advance(40 * MINUTE);
    await one.routes.review();
    await morning(20, 0);
    fixture.clock.advance(2 * MINUTE);
    await one.routes.review();
    twilio.mood = 'accept';
    await one.send(sms());
    expect(taken()).toBe('40 by Twilio, 41 by OVHcloud');
  });

  it('are routed away from the worse of two providers that are poor at once', async () => {
    await usually();
    const { dataSource } = fixture.database;
    const late = addMilliseconds(fixture.clock.now(), DAY);
    await dataSource.query("INSERT INTO smsProvider (id, passedOverUntilAt) VALUES ('twilio', ?)", [late]);
    await usually();
    await morning(20, 6);
    await dataSource.query('DELETE FROM smsProvider');
    await morning(20, 2);
    fixture.clock.advance(2 * MINUTE);
    await one.routes.review();
    await one.send(sms());
    expect(taken()).toBe('40 by Twilio, 41 by OVHcloud');
  });

  it('leave by another provider than the one that they replace, one message each', async () => {
    const first = await one.enqueue(sms());
    await one.notifications.deliver(first);
    const second = await one.enqueue(sms(), { replaces: first.id });
    await one.notifications.deliver(second);
    expect(taken()).toBe('1 by Twilio, 1 by OVHcloud');
    await one.notifications.deliver(await one.enqueue(sms(), { replaces: second.id }));
    expect(taken()).toBe('2 by Twilio, 1 by OVHcloud');
  });

  it('leave, in the order of the settings, while the database does not answer', async () => {
    const message = await one.enqueue(sms(), { replaces: (await one.enqueue(sms())).id });
    one.kill();
    expect(await one.notifications.deliver(message)).toBe('SENT');
    expect(taken()).toBe('1 by Twilio, 0 by OVHcloud');
  });

  it('are counted once for an hour, by one instance, and kept eight days', async () => {
    await morning(3, 2);
    fixture.clock.advance(40 * MINUTE);
    await Promise.all([one.routes.review(), fixture.start().routes.review()]);
    const hours = () =>
      fixture.database.dataSource.query(
        'SELECT provider, sent, delivered, undelivered, converted FROM smsRoute',
      );
    const counted = { provider: 'twilio', sent: 3, delivered: 3, undelivered: 0, converted: 2 };
    expect(await hours()).toEqual([counted]);
    fixture.clock.set(addMilliseconds(fixture.clock.now(), 8 * DAY));
    await one.routes.review();
    expect(await hours()).toEqual([]);
  });
});
