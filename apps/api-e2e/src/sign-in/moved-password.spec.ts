import type { Person } from '../harness/people/person';
import { useStage } from '../harness/server/stage';

const PHRASE = 'Le cheval bleu mange 3 pommes';
const SALT = 'c2Vsc2VsMDEyMzQ1Njc4OQ';
/** Digests of that password with the costs that exports have; made by Python. */
const DIGESTS: Record<string, string> = {
  argon2: `$argon2id$v=19$m=7168,t=5,p=1$${SALT}$ktiHVSSM0bMiQEKSAFmv6tCq6jSvubPqTxbvPuqtbdE`,
  bcrypt: '$2y$12$abcdefghijklmnopqrstuuUvrp4qK9yk7y3a8mcneApYrI/UXEEMy',
  pbkdf2: `$pbkdf2-sha512$i=210000,l=64$${SALT}$8/H/yFS7yDL4uXTPJiQ3GFuaO8/UMsjJiVXUKIwWIMFbew2VlscRWsRDSLTHLH7+PDDDJ31XUsokEsvgKjeiRA`,
  scrypt: `$scrypt$ln=15,r=8,p=1$${SALT}$xM9CbHzubqqY87MFMnW2+T7ODQCIL8ArHef6k3HOkaA`,
};
const REFUSAL_MS = 1_000;

describe('a password that moved in from another product', () => {
  const stage = useStage();

  async function moved(digest: string, status = 'ACTIVE'): Promise<Person> {
    const person = await stage.person({ status });
    person.password = PHRASE;
    await stage.database.execute('UPDATE account SET passwordDigest = ?, passwordMovedAt = ? WHERE id = ?', [
      digest,
      new Date(),
      person.id,
    ]);
    return person;
  }

  const rowOf = async ({ id }: Person) =>
    (await stage.database.rows('SELECT passwordDigest, passwordMovedAt FROM account WHERE id = ?', [id]))[0];

  it.each(Object.entries(DIGESTS))(
    'opens the sign-in by %s with a code by mail, and is stored as ours',
    async (_format, digest) => {
      const person = await moved(digest);
      const first = await person.givePassword(stage.visitor());
      expect(first.body).toMatchObject({ status: 'code-required', challenge: { channel: 'EMAIL' } });
      expect(await rowOf(person)).toEqual({
        passwordDigest: expect.stringMatching(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/),
        passwordMovedAt: null,
      });
      expect((await person.signIn(stage.visitor())).body.status).toBe('signed-in');
    },
  );

  it('is replaced once when it is given sixteen times at once', async () => {
    const person = await moved(DIGESTS['pbkdf2']!);
    const answers = await Promise.all(Array.from({ length: 16 }, () => person.givePassword(stage.visitor())));
    for (const answer of answers) expect(answer.outcome).toMatch(/^(200|429|503)/);
    expect(answers.some(({ status }) => status === 200)).toBe(true);
    expect((await person.signIn(stage.visitor())).body.status).toBe('signed-in');
  });

  it('makes every refusal wait as long, whatever the format and whether or not the account exists', async () => {
    const people = await Promise.all(Object.values(DIGESTS).map((digest) => moved(digest)));
    const closed = await moved(DIGESTS['bcrypt']!, 'DEACTIVATED');
    const guesses: [username: string, password: string][] = [
      ...people.map(({ username }) => [username, 'not-the-password'] as [string, string]),
      [closed.username, PHRASE],
      [(await stage.person()).username, 'not-the-password'],
      ['nobody.at.all', 'not-the-password'],
    ];
    for (const [username, password] of guesses) {
      const begun = performance.now();
      const answer = await stage.visitor().post('/api/sign-in/password', { username, password });
      expect(answer.outcome).toBe('401 credentials.rejected');
      expect(performance.now() - begun).toBeGreaterThanOrEqual(REFUSAL_MS);
    }
  });
});
