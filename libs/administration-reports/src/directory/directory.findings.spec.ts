import { DirectoryFindings } from './directory.findings';
import type { PractitionerDirectoryService } from './practitioner-directory.service';

const asked: string[] = [];

async function found(answer: Awaited<ReturnType<PractitionerDirectoryService['lookUp']>>, isOffered = true) {
  const lookUp = async (nationalId: string) => (asked.push(nationalId), answer);
  const directory = { isOffered, lookUp } as PractitionerDirectoryService;
  return (await new DirectoryFindings(directory).check())[0];
}

describe('what is found of the Annuaire Santé', () => {
  it('is fine where it is not named, and is not asked', async () => {
    expect(await found({ state: 'found' }, false)).toMatchObject({ state: 'off' });
    expect(asked).toEqual([]);
  });

  it('is fine where it answers, about a number that no professional has', async () => {
    expect(await found({ state: 'not-found' })).toMatchObject({ state: 'well' });
    expect(asked).toEqual(['800000000001']);
  });

  it('is reported with cause and remedy where it does not', async () => {
    expect(await found({ failure: 'status 401' })).toMatchObject({
      state: 'failing',
      text: expect.stringContaining('status 401') as string,
      advice: expect.stringContaining('ANNUAIRE_KEY') as string,
    });
  });
});
