import { useStage } from './harness/stage';

const AT_A_TIME = 4;
const BOUND = 100;
const TEN_SECONDS = 10_000;

describe('a hospital from whose address somebody guesses', () => {
  const stage = useStage();
  const hospital = { 'x-forwarded-for': '198.51.100.9' };

  it('keeps its people: known browsers enter at once, the others in turn', async () => {
    const [claire, paul] = [await stage.person(), await stage.person()];
    const hers = stage.visitor(hospital);
    await claire.signIn(hers);
    const guess = (index: number) =>
      stage
        .visitor(hospital)
        .post('/api/sign-in/password', { username: `nobody-${index}`, password: 'guess' });
    for (let index = 0; index < BOUND; index += AT_A_TIME)
      await Promise.all(Array.from({ length: AT_A_TIME }, (_, one) => guess(index + one)));

    expect((await guess(BOUND)).outcome).toBe('401 credentials.rejected');
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
});
