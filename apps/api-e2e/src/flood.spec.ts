import { useStage } from './harness/stage';

/** More than the threads and the queue that hash passwords hold, on a machine of up to eight cores. */
const FLOOD = 320;

describe('a flood of sign-ins', () => {
  const stage = useStage();

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
