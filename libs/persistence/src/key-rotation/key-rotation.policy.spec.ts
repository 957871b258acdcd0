import { conflictOf, rotationOf } from './key-rotation.policy';

const running = (name: string, ...keyIds: string[]) => ({ name, keyIds, announcedAt: new Date(0) });
const without = new Set(['old']);

describe('two rings that are in use at once', () => {
  it.each([
    ['the same key', ['old'], ['old']],
    ['a key that was added here', ['old', 'new'], ['old']],
    ['a key that was added there', ['old'], ['old', 'new']],
    ['the new key first here', ['new', 'old'], ['old', 'new']],
    ['the new key first there', ['old', 'new'], ['new', 'old']],
    ['an old key that is gone here', ['new'], ['new', 'old']],
    ['an old key that is gone there', ['new', 'old'], ['new']],
  ])('go together with %s', (_, here, there) =>
    expect(conflictOf(here, [running('a', ...there)])).toBeUndefined(),
  );

  it.each([
    ['a new key that makes before the other has it', ['new', 'old'], ['old'], 'unread', 'new'],
    ['a new key alone', ['new'], ['old'], 'unread', 'new'],
    ['a key of before that was kept', ['old'], ['new', 'old'], 'lacking', 'new'],
    ['an old key taken out too early', ['new'], ['old', 'new'], 'lacking', 'old'],
  ])('do not with %s', (_, here, there, kind, keyId) => {
    const instance = running('b', ...there);
    expect(conflictOf(here, [running('a', ...here), instance])).toEqual({ kind, keyId, instance });
  });
});

describe('a rotation', () => {
  it('is not under way while one key makes everywhere, be an older one still read', () => {
    expect(rotationOf([running('a', 'old')], without)).toEqual({ step: 'none' });
    const both = new Set(['old', 'new']);
    expect(rotationOf([running('a', 'new', 'old'), running('b', 'new', 'old')], both)).toEqual({
      step: 'none',
    });
  });

  it('waits for each that lacks the added key, wherever it was added', () => {
    const rings = [running('a', 'old'), running('b', 'old', 'new'), running('c', 'old')];
    expect(rotationOf(rings, without)).toEqual({ step: 'adding', keyId: 'new', waitingFor: ['a', 'c'] });
  });

  it('may go on once all have the added key', () =>
    expect(rotationOf([running('a', 'old', 'new'), running('b', 'old', 'new')], without)).toEqual({
      step: 'added',
      keyId: 'new',
    }));

  it('names the processes by their current key until it is the same everywhere', () =>
    expect(rotationOf([running('a', 'new', 'old'), running('b', 'old', 'new')], without)).toEqual({
      step: 'changing',
      makers: [
        { keyId: 'new', names: ['a'] },
        { keyId: 'old', names: ['b'] },
      ],
    }));
});
