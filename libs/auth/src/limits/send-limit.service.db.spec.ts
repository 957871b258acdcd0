import type { Client } from '@portillon/http';
import { DAY, HOUR, MINUTE, SECOND } from '@portillon/kernel';
import { describeOnEveryEngine, SettableClock } from '@portillon/testing';
import type { CountedMessage } from './send-limits';
import { SendLimitService } from './send-limit.service';
import { BUDGET, mailTo, SEND_PARTS, sendLimitsOn, smsTo } from '../testing/send-limit.fixture';

describeOnEveryEngine('the limits of messages', SEND_PARTS, (engine) => {
  let clock: SettableClock;
  let limits: Awaited<ReturnType<typeof sendLimitsOn>>;

  beforeEach(async () => {
    clock = new SettableClock();
    await engine.empty();
    limits = await sendLimitsOn(engine, clock);
  });

  afterEach(() => limits.application.close());

  const send = (sending: CountedMessage) => limits.send(sending);
  const sent = { status: 'issued' };
  const from = (addressBlock: string) => ({ addressBlock }) as Client;
  const over = (counted: string) => ({
    code: 'attempts.exceeded',
    data: { counted, otherChannels: expect.anything() },
    words: expect.anything(),
  });

  it('stop the thirty-first SMS to neighbouring numbers without an answer, but no mail', async () => {
    const [first] = await limits.sendMany(30, smsTo);
    await expect(send(smsTo(30))).rejects.toMatchObject(over('number-prefix'));
    expect(await send(mailTo(30))).toMatchObject(sent);
    await limits.enter(first!);
    expect(await send(smsTo(30))).toMatchObject(sent);
    await expect(send(smsTo(31))).rejects.toMatchObject(over('number-prefix'));
  });

  it('stop the sixty-first code of one network, until the oldest is an hour old', async () => {
    const here = (index: number): CountedMessage => ({ ...mailTo(index), client: from('198.51.100.1') });
    await send(here(0));
    clock.advance(20 * MINUTE);
    await limits.sendMany(59, (index) => here(index + 1));
    await expect(send(here(60))).rejects.toMatchObject({
      ...over('address-block'),
      retryAfterSeconds: 2_400,
    });
    expect(await send(mailTo(60))).toMatchObject(sent);
    clock.advance(40 * MINUTE);
    expect(await send(here(60))).toMatchObject(sent);
    await expect(send(here(61))).rejects.toMatchObject(over('address-block'));
  });

  it('give the people of a structure ten times as many behind its own address, counted apart', async () => {
    const client = from('192.0.2.200');
    const ofHospital = (index: number): CountedMessage => ({
      ...mailTo(index),
      client,
      egressOf: 'hospital',
    });
    const ofStrangers = (index: number): CountedMessage => ({ ...mailTo(1_000 + index), client });
    await limits.sendMany(60, ofStrangers);
    await expect(send(ofStrangers(60))).rejects.toMatchObject(over('address-block'));
    const [first] = await limits.sendMany(600, ofHospital);
    await expect(send(ofHospital(600))).rejects.toMatchObject(over('address-block'));
    expect(await send({ ...ofHospital(600), egressOf: 'clinic' })).toMatchObject(sent);

    await limits.enter(first!);
    expect(await send(ofHospital(600))).toMatchObject(sent);
    await expect(send(ofHospital(601))).rejects.toMatchObject(over('address-block'));
    await expect(send(ofStrangers(60))).rejects.toMatchObject(over('address-block'));
  }, 60_000);

  it('count every SMS that left against the budget of the day, answered or not', async () => {
    for (let index = 0; index < BUDGET; index++) await limits.enter(await send(smsTo(index)));
    clock.advance(HOUR);
    await expect(send(smsTo(BUDGET))).rejects.toMatchObject(over('sms-budget'));
    clock.advance(DAY);
    expect(await send(smsTo(BUDGET))).toMatchObject(sent);
  });

  it('stop the thirty-first SMS of one account in a day, answered or not, and leave it the mail', async () => {
    for (let time = 0; time < 29; time++) {
      await limits.enter(await send(smsTo(0)));
      clock.advance(SECOND);
    }
    await limits.fail(await send(smsTo(0)));
    expect(await send({ ...smsTo(0), destination: '+33698765432' })).toMatchObject(sent);
    await expect(send(smsTo(0))).rejects.toMatchObject({
      ...over('account-sms'),
      data: { counted: 'account-sms', otherChannels: ['EMAIL'] },
    });
    expect(await limits.full(smsTo(0))).toMatchObject({ limit: { counted: 'account-sms' } });
    expect(await send(mailTo(0))).toMatchObject(sent);
    expect(await send(smsTo(1))).toMatchObject(sent);
    clock.advance(DAY - 29 * SECOND);
    expect(await send(smsTo(0))).toMatchObject(sent);
  });

  it('open the mail to people whose structure prefers SMS, once the budget is used up', async () => {
    await limits.sendMany(BUDGET - 1, (index) => ({ ...smsTo(index), destination: `+3361234${index}00` }));
    expect(await limits.opensMail(['SMS'])).toBe(false);
    await send(smsTo(BUDGET));
    expect(await limits.opensMail(['SMS'])).toBe(true);
    // Mail is one of them already, or no code is accepted at all.
    expect(await limits.opensMail(['SMS', 'EMAIL'])).toBe(false);
    expect(await limits.opensMail([])).toBe(false);
  });

  it('count no code that was entered, nor one that another account asked for', async () => {
    const shared = { destination: 'secretariat@hopital.example' };
    for (let time = 0; time < 6; time++) await limits.enter(await send({ ...mailTo(0), ...shared }));
    for (let index = 1; index < 8; index++)
      expect(await send({ ...mailTo(index), ...shared })).toMatchObject(sent);
  });

  it('stop the sixth unanswered code in ten minutes to one address, the eleventh in an hour, the next of a day', async () => {
    const bySms = smsTo(0);
    await limits.sendMany(5, () => mailTo(0));
    await expect(send(mailTo(0))).rejects.toMatchObject(over('destination'));
    expect(await send(bySms)).toMatchObject(sent);
    clock.advance(10 * MINUTE);
    await limits.sendMany(5, () => mailTo(0));
    await expect(send(mailTo(0))).rejects.toMatchObject({ ...over('destination'), retryAfterSeconds: 3_000 });
    clock.advance(HOUR);
    await limits.sendMany(5, () => mailTo(0));
    clock.advance(HOUR);
    await limits.sendMany(4, () => mailTo(0));
    await expect(send(mailTo(0))).rejects.toMatchObject(over('account'));
    await expect(send(bySms)).rejects.toMatchObject(over('account'));
    clock.advance(DAY - 2 * HOUR - 10 * MINUTE);
    expect(await send(mailTo(0))).toMatchObject(sent);
  });

  it('count no code that was refused', async () => {
    const client = from('198.51.100.3');
    await limits.sendMany(5, () => ({ ...mailTo(0), client }));
    for (let time = 0; time < 60; time++)
      await expect(send({ ...mailTo(0), client })).rejects.toMatchObject(over('destination'));
    expect(await send({ ...mailTo(1), client })).toMatchObject(sent);
  });

  it('count nothing for a relay that is down: once it is back, the next person of the hospital has a code', async () => {
    const here = (index: number): CountedMessage => ({ ...smsTo(index % 3), client: from('198.51.100.1') });
    for (let index = 0; index < 30; index++) await limits.fail(await send(here(index)));
    for (let index = 0; index < 3; index++) expect(await send(here(index))).toMatchObject(sent);
    expect(await send({ ...mailTo(3), client: here(0).client })).toMatchObject(sent);
  });

  it('leave the owner of an address every code, whatever a colleague asks to prove it as their own', async () => {
    const proof = { ...mailTo(1), destination: mailTo(0).destination, isProof: true };
    await limits.sendMany(3, () => proof);
    await expect(send(proof)).rejects.toMatchObject(over('destination-proofs'));
    await expect(send({ ...proof, accountId: 'person-2' })).rejects.toMatchObject(over('destination-proofs'));
    await limits.sendMany(5, () => mailTo(0));
    clock.advance(DAY);
    expect(await send(proof)).toMatchObject(sent);
  });

  it('name the other channels where another channel helps, and none where it does not', async () => {
    const client = from('198.51.100.2');
    await limits.sendMany(30, smsTo);
    await expect(send(smsTo(30))).rejects.toMatchObject({ data: { otherChannels: ['EMAIL'] } });
    await limits.sendMany(60, (index) => ({ ...mailTo(index), client }));
    await expect(send({ ...mailTo(60), client })).rejects.toMatchObject({ data: { otherChannels: [] } });
  });

  it('let no second press write a code while the first is on its way, for five seconds, and the next once it left', async () => {
    await send(mailTo(0));
    limits.holdBack(true);
    await expect(send(mailTo(0))).rejects.toMatchObject({ code: 'resend.too-soon', retryAfterSeconds: 5 });
    expect(await send(smsTo(0))).toMatchObject(sent);
    expect(await send(mailTo(1))).toMatchObject(sent);
    limits.holdBack(false);
    expect(await send(mailTo(0))).toMatchObject(sent);
    limits.holdBack(true);
    clock.advance(5 * SECOND);
    expect(await send(mailTo(0))).toMatchObject(sent);
  });

  describe('for an operator', () => {
    const listed = async (kind: 'account' | 'address' | 'block' | 'number-prefix', value: string) => {
      const counts = await limits.application.get(SendLimitService).list({ kind, value });
      return counts.map(({ limit, hits, max, endsAt }) => [limit, hits, max, endsAt.toISOString()]);
    };
    const clear = (kind: 'account' | 'address' | 'block', value: string) =>
      limits.application.get(SendLimitService).clear({ kind, value });
    const after = (ms: number) => new Date(clock.now().getTime() + ms).toISOString();

    it('are listed by account, address, network and prefix, with what counts and until when', async () => {
      await limits.sendMany(2, () => mailTo(0));
      clock.advance(SECOND);
      await limits.enter(await send(smsTo(0)));
      await send({ ...smsTo(0), client: from('198.51.100.1'), egressOf: 'hospital' });
      await send({ ...mailTo(1), destination: mailTo(0).destination, isProof: true });
      expect(await listed('account', 'person-0')).toEqual([
        ['send.sms.account.day', 2, 30, after(DAY)],
        ['send.account.day', 3, 20, after(DAY - SECOND)],
        ['send.destination.10min', 1, 5, after(10 * MINUTE)],
        ['send.destination.hour', 1, 10, after(HOUR)],
        ['send.destination.10min', 2, 5, after(10 * MINUTE - SECOND)],
        ['send.destination.hour', 2, 10, after(HOUR - SECOND)],
      ]);
      expect(await listed('address', mailTo(0).destination)).toEqual([['send.proof.day', 1, 3, after(DAY)]]);
      expect(await listed('block', '192.0.2.0')).toEqual([['send.block.hour', 2, 60, after(HOUR - SECOND)]]);
      expect(await listed('block', 'hospital 198.51.100.1')).toEqual([
        ['send.egress.hour', 1, 600, after(HOUR)],
      ]);
      expect(await listed('number-prefix', '+336123450')).toEqual([
        ['send.prefix.10min', 1, 30, after(10 * MINUTE)],
      ]);
    });

    it('are cleared: the next code leaves', async () => {
      await limits.enter(await send(smsTo(0)));
      await limits.sendMany(5, () => mailTo(0));
      await clear('account', 'person-0');
      expect(await listed('account', 'person-0')).toEqual([]);
      await limits.sendMany(5, () => mailTo(0));
      await expect(send(mailTo(0))).rejects.toMatchObject(over('destination'));
      await clear('address', mailTo(0).destination);
      expect(await send(mailTo(0))).toMatchObject(sent);
      await clear('block', '192.0.2.0');
      expect(await listed('block', '192.0.2.0')).toEqual([]);
    });
  });
});
