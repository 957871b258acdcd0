import { AccountService } from '@portillon/account';
import { concurrently, describeOnEveryEngine, SettableClock } from '@portillon/testing';
import { accountOn, mailTo, SEND_PARTS, sendLimitsOn } from '../testing/send-limit.fixture';

describeOnEveryEngine('of sixteen codes asked for at once', SEND_PARTS, (engine) => {
  let limits: Awaited<ReturnType<typeof sendLimitsOn>>;

  beforeEach(async () => {
    await engine.empty();
    limits = await sendLimitsOn(engine, new SettableClock());
  });

  afterEach(() => limits.application.close());

  it('for one person who may have one more, one is written', async () => {
    const claire = await accountOn(engine, limits.application.get(AccountService), 'claire');
    const mail = { ...mailTo(0), accountId: claire };
    await limits.sendMany(4, () => mail);
    // Every connection is open before the race.
    await concurrently(16, (index) => limits.send(mailTo(index)));
    const { results, errors } = await concurrently(16, () => limits.send(mail));
    expect(results).toHaveLength(1);
    for (const error of errors) expect(error).toMatchObject({ code: 'attempts.exceeded' });
  });
});
