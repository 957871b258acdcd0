import { examineDirectory } from './directory.examination';

const asked: string[] = [];
const directory = (answer: Awaited<ReturnType<Parameters<typeof examineDirectory>[0]['lookUp']>>) => ({
  isOffered: true,
  lookUp: async (nationalId: string) => (asked.push(nationalId), answer),
});

describe('the Annuaire Santé, examined', () => {
  it('is fine where it is not named, and is not asked', async () => {
    const off = { ...directory({ state: 'found' }), isOffered: false };
    expect(await examineDirectory(off)).toMatchObject({ name: 'annuaire', well: true });
    expect(asked).toEqual([]);
  });

  it('is fine where it answers, about a number that is nobody’s', async () => {
    expect(await examineDirectory(directory({ state: 'not-found' }))).toMatchObject({ well: true });
    expect(asked).toEqual(['800000000001']);
  });

  it('is told of with why and what to do where it does not', async () => {
    expect(await examineDirectory(directory({ failure: 'status 401' }))).toMatchObject({
      well: false,
      text: expect.stringContaining('status 401') as string,
      advice: expect.stringContaining('ANNUAIRE_KEY') as string,
    });
  });
});
