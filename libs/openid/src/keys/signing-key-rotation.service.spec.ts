import type { AuditService } from '@portillon/audit';
import { DAY, addMilliseconds } from '@portillon/kernel';
import { journalOf, SettableClock, Steps } from '@portillon/testing';
import { NOW } from '../testing/openid.fixture';
import { SigningKeyRotationService } from './signing-key-rotation.service';
import { SIGNING_ALGORITHMS, SigningAlgorithm } from './signing-key.repository';
import type { SigningKeyEntity, SigningKeyRepository } from './signing-key.repository';
import { SigningKeyService, slotOf } from './signing-key.service';

const key = (
  algorithm: SigningAlgorithm,
  state: 'next' | 'active',
  createdAt = addMilliseconds(NOW, -2 * DAY),
) =>
  ({
    id: `${algorithm} ${state}`,
    algorithm,
    state,
    slot: slotOf(algorithm, state),
    createdAt,
  }) as SigningKeyEntity;
const all = (state: 'next' | 'active') => SIGNING_ALGORITHMS.map((algorithm) => key(algorithm, state));

interface World {
  rows?: SigningKeyEntity[];
  made?: boolean;
  repository?: Partial<SigningKeyRepository>;
}

function rotation({ rows = [...all('active'), ...all('next')], made = true, repository }: World = {}) {
  const steps = new Steps();
  const { audit, entries } = journalOf<AuditService>(steps);
  const keys = steps.of<SigningKeyService>('keys', {
    published: async () => rows,
    make: async () => made,
    list: async () => [],
  });
  const service = new SigningKeyRotationService(
    steps.of<SigningKeyRepository>('rows', {
      all: async () => rows,
      retire: async () => true,
      activate: async () => true,
      ...repository,
    }),
    keys,
    steps.transactions,
    audit,
    new SettableClock(NOW),
  );
  return { steps, entries, service };
}

describe('the next signing keys', () => {
  it('are made where there are none, after those that sign, and the journal has it', async () => {
    const { steps, entries, service } = rotation({ rows: all('active') });
    expect(await service.prepare()).toBe(true);
    expect(steps.taken[0]).toBe('keys.published');
    expect(steps.taken.filter((step) => step === 'keys.make')).toHaveLength(2);
    expect(entries).toEqual([{ name: 'signing_key_next', outcome: 'SUCCESS', data: { by: 'command-line' } }]);
  });

  it('are made for the algorithm that lacks one alone', async () => {
    const { steps, service } = rotation({ rows: [...all('active'), key('RS256', 'next')] });
    expect(await service.prepare()).toBe(true);
    expect(steps.taken.filter((step) => step === 'keys.make')).toHaveLength(1);
  });

  it('are not made twice, nor written down, by a second command or at the same time', async () => {
    for (const { entries, service } of [rotation(), rotation({ rows: all('active'), made: false })]) {
      expect(await service.prepare()).toBe(false);
      expect(entries).toEqual([]);
    }
  });
});

describe('a rotation', () => {
  it('retires each key that signs and has the next one sign, with the journal, in one transaction', async () => {
    const { steps, entries, service } = rotation();
    expect(await service.rotate()).toEqual({ status: 'rotated', keys: [] });
    const pair = ['rows.retire(tx)', 'rows.activate(tx)'];
    expect(steps.taken).toEqual([
      'rows.all',
      'begin',
      ...pair,
      ...pair,
      'audit.record(tx)',
      'commit',
      'keys.list',
    ]);
    expect(entries).toMatchObject([{ name: 'signing_key_rotate', outcome: 'SUCCESS' }]);
  });

  it('does nothing without a next key of each algorithm', async () => {
    const { steps, service } = rotation({ rows: [...all('active'), key('RS256', 'next')] });
    expect(await service.rotate({ now: true })).toEqual({ status: 'none-next' });
    expect(steps.taken).not.toContain('begin');
  });

  it('waits until relying parties have had a day to read the youngest key', async () => {
    const young = key('ES256', 'next', addMilliseconds(NOW, -DAY + 1));
    const rows = [...all('active'), key('RS256', 'next'), young];
    expect(await rotation({ rows }).service.rotate()).toEqual({
      status: 'too-soon',
      readyAt: addMilliseconds(NOW, 1),
    });
    const ready = [...all('active'), key('RS256', 'next'), key('ES256', 'next', addMilliseconds(NOW, -DAY))];
    expect(await rotation({ rows: ready }).service.rotate()).toMatchObject({ status: 'rotated' });
  });

  it.each(['retire', 'activate'] as const)(
    'changes nothing where another command came first: %s',
    async (step) => {
      const { steps, entries, service } = rotation({ repository: { [step]: async () => false } });
      await expect(service.rotate()).rejects.toThrow('being rotated by another command');
      expect(steps.taken.at(-1)).toBe('rollback');
      expect(entries).toEqual([]);
    },
  );

  it('has a key sign where none did', async () => {
    const { steps, service } = rotation({ rows: all('next') });
    expect(await service.rotate()).toMatchObject({ status: 'rotated' });
    expect(steps.taken).not.toContain('rows.retire(tx)');
  });
});
