import type { IdentityService, DueLookup } from '@portillon/account';
import { Steps } from '@portillon/testing';
import { DirectoryLookupJob } from './directory-lookup.job';
import type { DirectoryAnswer, PractitionerDirectoryService } from './practitioner-directory.service';

const due = (accountId: string): DueLookup => ({ accountId, nationalId: `8${accountId}`, dueAt: null });

function job(answers: DirectoryAnswer[], { isFirst = true } = {}) {
  const steps = new Steps();
  const kept: [string, string][] = [];
  const lookups = steps.of<IdentityService>('lookups', {
    findDueLookups: async () => answers.map((_, index) => due(String(index))),
    claimLookup: async () => isFirst,
    saveLookup: async ({ accountId }, state) => (kept.push([accountId, state]), true),
  });
  const queue = [...answers];
  const directory = steps.of<PractitionerDirectoryService>('directory', {
    lookUp: async () => queue.shift()!,
  });
  Object.defineProperty(directory, 'isOffered', { value: true });
  return { steps, kept, job: new DirectoryLookupJob(lookups, directory) };
}

describe('national ids whose day has come', () => {
  it('wait for the next turn after one that brought no answer', async () => {
    const { steps, kept, job: turn } = job([{ failure: 'timeout' }, { state: 'found' }]);
    await turn.run();
    expect(kept).toEqual([]);
    expect(steps.taken.filter((step) => step === 'directory.lookUp')).toHaveLength(1);
  });

  it('are put off before they are asked about, and not asked about twice by two instances', async () => {
    const { steps, job: turn } = job([{ state: 'found' }], { isFirst: false });
    await turn.run();
    expect(steps.taken).not.toContain('directory.lookUp');
  });
});
