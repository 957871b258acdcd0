import { Test, TestingModule } from '@nestjs/testing';
import type { Client } from '@portillon/http';
import { DAY, HOUR, KernelModule, Keyring, MINUTE } from '@portillon/kernel';
import type { CodeAccepted } from '@portillon/otp';
import { PersistenceModule } from '@portillon/persistence';
import { RateLimitModule, rateLimitPersistence } from '@portillon/rate-limit';
import { describeOnEveryEngine, SettableClock } from '@portillon/testing';
import { AUTH_OPTIONS } from './auth.options';
import { SendLimitService } from './send-limit.service';
import type { Sending } from './send-limits';

const keyring = new Keyring([{ id: 'test', secret: Buffer.alloc(32, 1) }]);
const BUDGET = 40;

describeOnEveryEngine('the limits of messages', [rateLimitPersistence], (bench) => {
  let clock: SettableClock;
  let application: TestingModule;
  let limits: SendLimitService;

  beforeEach(async () => {
    clock = new SettableClock();
    await bench.dataSource.getRepository('rateLimit').clear();
    application = await Test.createTestingModule({
      imports: [
        KernelModule.forRoot({ keyring, clock }),
        PersistenceModule.forRoot({ url: bench.url, parts: [rateLimitPersistence] }),
        RateLimitModule.forRoot({}),
      ],
      providers: [SendLimitService, { provide: AUTH_OPTIONS, useValue: { smsDailyBudget: BUDGET } }],
    }).compile();
    limits = application.get(SendLimitService);
  });

  afterEach(() => application.close());

  /** A message to a person whom no other is for, from a network of its own. */
  const sms = (index: number): Sending => ({
    channel: 'SMS',
    destination: `+33612345${String(index).padStart(3, '0')}`,
    accountId: `person-${index}`,
    client: { addressBlock: `192.0.2.${index}` } as Client,
    isProof: false,
  });
  const mail = (index: number): Sending => ({
    ...sms(index),
    channel: 'EMAIL',
    destination: `person-${index}@hopital.example`,
  });
  const send = async (sending: Sending) => {
    const written = await limits.counted({ ...sending, otherChannels: ['EMAIL'] }, async () => 'written');
    await limits.endTurn(sending, clock.now());
    return written;
  };
  const sendMany = async (howMany: number, to: (index: number) => Sending) => {
    for (let index = 0; index < howMany; index++) await send(to(index));
  };
  const enter = (sending: Sending) =>
    limits.giveBack({ context: limits.receipt(sending), sentAt: clock.now() } as CodeAccepted);
  const over = (counted: string) => ({
    code: 'attempts.exceeded',
    data: { counted, otherChannels: expect.anything() },
    words: expect.anything(),
  });

  it('stop the thirty-first SMS to neighbouring numbers that nobody answers, but no mail', async () => {
    await sendMany(30, sms);
    await expect(send(sms(30))).rejects.toMatchObject(over('number-prefix'));
    expect(await send(mail(30))).toBe('written');
    await enter(sms(0));
    expect(await send(sms(30))).toBe('written');
    await expect(send(sms(31))).rejects.toMatchObject(over('number-prefix'));
  });

  it('give the people of a structure ten times as many behind its own address, counted apart', async () => {
    const client = { addressBlock: '192.0.2.200' } as Client;
    const ofHospital = (index: number): Sending => ({ ...mail(index), client, egressOf: 'hospital' });
    const ofStrangers = (index: number): Sending => ({ ...mail(1_000 + index), client });
    await sendMany(60, ofStrangers);
    await expect(send(ofStrangers(60))).rejects.toMatchObject(over('address-block'));
    await sendMany(600, ofHospital);
    await expect(send(ofHospital(600))).rejects.toMatchObject(over('address-block'));
    expect(await send({ ...ofHospital(600), egressOf: 'clinic' })).toBe('written');

    await enter(ofHospital(0));
    expect(await send(ofHospital(600))).toBe('written');
    await expect(send(ofHospital(601))).rejects.toMatchObject(over('address-block'));
    await expect(send(ofStrangers(60))).rejects.toMatchObject(over('address-block'));
  }, 60_000);

  it('count every SMS against the budget of the day, answered or not', async () => {
    for (let index = 0; index < BUDGET; index++) {
      await send(sms(index));
      await enter(sms(index));
    }
    clock.advance(HOUR);
    await expect(send(sms(BUDGET))).rejects.toMatchObject(over('sms-budget'));
  });

  it('give nothing back of a destination, answered or not', async () => {
    for (let time = 0; time < 5; time++) {
      await send(mail(0));
      await enter(mail(0));
    }
    await expect(send(mail(0))).rejects.toMatchObject(over('destination'));
  });

  it('give nothing back to a network for a code that was sent before its window began', async () => {
    const network = { addressBlock: '198.51.100.1' } as Client;
    const here = (index: number) => ({ ...mail(index), client: network });
    const accepted = { context: limits.receipt(here(0)), sentAt: clock.now() } as CodeAccepted;
    clock.advance(MINUTE);
    await sendMany(60, here);
    await limits.giveBack(accepted);
    await expect(send(here(60))).rejects.toMatchObject(over('address-block'));
  });

  it('count nothing for a relay that is down: once it is back, the next person of the hospital has a code', async () => {
    const network = { addressBlock: '198.51.100.1' } as Client;
    const here = (index: number): Sending => ({ ...sms(index % 3), client: network });
    for (let index = 0; index < 60; index++) {
      await send(here(index));
      await limits.giveBackUnsent(here(index), clock.now());
    }
    for (let index = 0; index < 3; index++) expect(await send(here(index))).toBe('written');
    expect(await send({ ...mail(3), client: network })).toBe('written');
  });

  it('leave the owner of an address every code, whatever a colleague asks to prove it as their own', async () => {
    const proof = { ...mail(1), destination: mail(0).destination, isProof: true };
    for (let time = 0; time < 3; time++) expect(await send(proof)).toBe('written');
    await expect(send(proof)).rejects.toMatchObject(over('destination-proofs'));
    for (let time = 0; time < 5; time++) expect(await send(mail(0))).toBe('written');
    clock.advance(DAY);
    expect(await send(proof)).toBe('written');
  });

  it('name the other channels where another channel helps, and none where it does not', async () => {
    const client = { addressBlock: '198.51.100.2' } as Client;
    await sendMany(30, sms);
    await expect(send(sms(30))).rejects.toMatchObject({ data: { otherChannels: ['EMAIL'] } });
    await sendMany(60, (index) => ({ ...mail(index), client }));
    await expect(send({ ...mail(60), client })).rejects.toMatchObject({ data: { otherChannels: [] } });
  });

  it.each([
    ['throws', () => Promise.reject(new Error('refused'))],
    ['comes to nothing', async () => undefined],
  ])('count no message whose transaction %s', async (_, work) => {
    for (let time = 0; time < 10; time++)
      await limits.counted({ ...mail(0), otherChannels: [] }, work).catch(() => undefined);
    expect(await send(mail(0))).toBe('written');
  });

  it('let one of two presses in one browser send its code, and the next one once that left', async () => {
    const browser = { addressBlock: '192.0.2.9', address: '192.0.2.9', userAgent: 'Firefox' } as Client;
    const press = { ...mail(0), client: browser, otherChannels: [] };
    const pressed = (sending = press) => limits.counted(sending, async () => 'written');
    expect(await pressed()).toBe('written');
    await expect(pressed()).rejects.toMatchObject({ code: 'resend.too-soon' });
    expect(await pressed({ ...press, client: { ...browser, userAgent: 'Chrome' } })).toBe('written');
    expect(await pressed({ ...press, accountId: 'paul' })).toBe('written');
    await limits.endTurn(press, clock.now());
    expect(await pressed()).toBe('written');
  });
});
