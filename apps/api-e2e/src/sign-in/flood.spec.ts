import { useStage } from '../harness/server/stage';

/** More than the threads and the queue that hash passwords hold, on a machine of up to eight cores. */
const FLOOD = 320;

const AT_A_TIME = 4;
/** Failures of one address after which those who are not known there wait. */
const BOUND = 100;
const TURNS = 30;
const BAD_LINKS = 108;
const TEN_SECONDS = 10_000;

const stage = useStage();

describe('a flood of sign-ins', () => {
  it('is turned away with a time to come back, while those who are in work on', async () => {
    const claire = await stage.person();
    const browser = stage.visitor();
    await claire.signIn(browser);
    const flood = Promise.all(
      Array.from({ length: FLOOD }, (_, index) =>
        stage.visitor().post('/api/sign-in/password', { username: `nobody-${index}`, password: 'guess' }),
      ),
    );
    const times = [];
    for (let turn = 0; turn < 10; turn++) {
      const answer = await browser.get('/api/session');
      expect(answer.outcome).toBe('200');
      times.push(answer.milliseconds);
    }
    const answers = await flood;
    const busy = answers.filter((answer) => answer.outcome === '503 service.busy');
    expect(busy.length).toBeGreaterThan(0);
    expect(busy[0]!.headers['retry-after']).toMatch(/^[1-9]\d?$/);
    expect(
      answers.every(({ outcome }) => /^(401 credentials\.rejected|503 service\.busy)$/.test(outcome)),
    ).toBe(true);
    expect(times.sort((a, b) => a - b)[5]).toBeLessThan(1_000);
    expect((await claire.givePassword(stage.visitor())).outcome).toBe('200');
  });
});

describe('a hospital with a password guesser behind its address', () => {
  const hospital = { 'x-forwarded-for': '198.51.100.9' };
  const inGroups = async (times: number, act: (index: number) => Promise<unknown>) => {
    for (let index = 0; index < times; index += AT_A_TIME)
      await Promise.all(Array.from({ length: AT_A_TIME }, (_, one) => act(index + one)));
  };

  it('keeps its people: known browsers enter at once, the others in turn', async () => {
    const [claire, paul] = [await stage.person(), await stage.person()];
    const hers = stage.visitor(hospital);
    await claire.signIn(hers);
    const guess = (index: number) =>
      stage
        .visitor(hospital)
        .post('/api/sign-in/password', { username: `nobody-${index}`, password: 'guess' });
    await inGroups(BOUND, guess);
    expect((await paul.givePassword(stage.visitor(hospital))).outcome).toBe('200');

    // Thirty turns in ten seconds, of the server's clock: the attacker may need two windows to use up one of them.
    let last = await guess(BOUND);
    for (let index = 1; index < 2 * TURNS && last.outcome !== '429 attempts.exceeded'; index++)
      last = await guess(BOUND + index);
    const waiting = await paul.givePassword(stage.visitor(hospital));
    expect(waiting).toMatchObject({
      outcome: '429 attempts.exceeded',
      body: { title: 'Trop d’échecs depuis votre réseau' },
    });
    expect(waiting.body.retryAfterSeconds).toBeLessThanOrEqual(10);
    for (let turn = 0; turn < 3; turn++)
      expect((await claire.givePassword(hers)).body.status).toBe('signed-in');
    await stage.server.advance(TEN_SECONDS);
    expect((await paul.givePassword(stage.visitor(hospital))).outcome).toBe('200');
    expect((await paul.givePassword(stage.visitor())).outcome).toBe('200');
  });

  it('is not delayed by bad links from its address, and opens good ones', async () => {
    const ward = { 'x-forwarded-for': '198.51.100.10' };
    const claire = await stage.person();
    const open = (token: string) => stage.visitor(ward).post('/api/security-notices/event', { token });
    await inGroups(BAD_LINKS, () => open('x'));
    expect(await open('x')).toMatchObject({
      outcome: '429 attempts.exceeded',
      body: { title: 'Ce lien n’est pas valable' },
    });
    expect((await claire.givePassword(stage.visitor(ward))).outcome).toBe('200');

    await stage.visitor(ward).post('/api/password-resets', { username: claire.username });
    const token = await claire.tokenIn('nouveau mot de passe');
    const holder = await stage.visitor(ward).post('/api/password-resets/holder', { token });
    expect(holder.outcome).toBe('200');
  });
});
