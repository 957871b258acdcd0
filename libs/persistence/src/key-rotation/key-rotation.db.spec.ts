import { Keyring, SECOND, SystemRandom } from '@portillon/kernel';
import { concurrently, describeOnEveryEngine, SettableClock } from '@portillon/testing';
import { SEALED, SealedEntity } from '../testing/sealed';
import { KeyAnnouncementEntity, KeyAnnouncementRepository } from './key-announcement.repository';
import { KeyAnnouncementService } from './key-announcement.service';
import { keyRotationPersistence } from './key-rotation.module';
import { KeyRotationService, KeyUseRepository } from './key-rotation.service';

describeOnEveryEngine('instances and their keys', [keyRotationPersistence, SEALED], (bench) => {
  let clock: SettableClock;

  beforeEach(async () => {
    clock = new SettableClock();
    await bench.dataSource.getRepository(KeyAnnouncementEntity).clear();
    await bench.dataSource.getRepository(SealedEntity).clear();
  });

  const ring = (...ids: string[]) =>
    new Keyring(ids.map((id) => ({ id, secret: Buffer.alloc(32, `secret of ${id}`) })));

  function instanceWith(...ids: string[]) {
    const keyring = ring(...ids);
    const rows = bench.dataSource.getRepository(KeyAnnouncementEntity);
    const announcements = new KeyAnnouncementService(
      new KeyAnnouncementRepository(rows),
      keyring,
      clock,
      new SystemRandom(clock),
    );
    const uses = new KeyUseRepository(bench.dataSource, SEALED.keyed!);
    return { announcements, rotation: new KeyRotationService(announcements, uses, keyring) };
  }

  const starts = (name: string, ...ids: string[]) => instanceWith(...ids).announcements.announce(name);

  it('rotate in two steps, one instance after the other', async () => {
    const [one, two] = [instanceWith('old'), instanceWith('old')];
    expect([await one.announcements.announce('1'), await two.announcements.announce('2')]).toEqual([
      undefined,
      undefined,
    ]);
    const replace = async (before: typeof one, ...ids: string[]) => {
      await before.announcements.onModuleDestroy();
      const next = instanceWith(...ids);
      expect(await next.announcements.announce('again')).toBeUndefined();
      return next;
    };
    const added = [await replace(one, 'old', 'new'), await replace(two, 'old', 'new')];
    for (const each of added) await replace(each, 'new', 'old');
    expect((await instanceWith('new').announcements.running()).map(({ keyIds }) => keyIds)).toEqual([
      ['new', 'old'],
      ['new', 'old'],
    ]);
  });

  it('refuse a rotation whose new key another lacks, and accept the next one', async () => {
    await starts('1', 'old');
    expect(await starts('2', 'new', 'old')).toMatchObject({
      kind: 'unread',
      keyId: 'new',
      instance: { name: '1', keyIds: ['old'] },
    });
    expect(await starts('2', 'old', 'new')).toBeUndefined();
  });

  it('see each other when they start at once', async () => {
    const { results } = await concurrently(2, (index) => starts(String(index), index ? 'new' : 'old'));
    expect(results.filter((conflict) => conflict)).not.toHaveLength(0);
  });

  it('wait for a killed instance only until its announcement expires', async () => {
    const killed = instanceWith('old').announcements;
    await killed.announce('1');
    clock.advance(60 * SECOND);
    await killed.renew();
    clock.advance(89 * SECOND);
    const conflict = await starts('2', 'new');
    expect(killed.overAt(conflict!.instance)).toEqual(new Date(clock.now().getTime() + SECOND));
    clock.advance(SECOND);
    expect(await starts('2', 'new')).toBeUndefined();
  });

  it('forget killed instances', async () => {
    await starts('1', 'old');
    clock.advance(90 * SECOND);
    await starts('2', 'old');
    expect(await bench.dataSource.getRepository(KeyAnnouncementEntity).count()).toBe(1);
  });

  it('do not restrict a command, which announces nothing', async () => {
    await starts('1', 'old');
    const command = instanceWith('other').announcements;
    await command.renew();
    await command.withdraw();
    expect((await command.running()).map(({ name }) => name)).toEqual(['1']);
  });

  it('recognise an added key by its lack of rows', async () => {
    const { rotation, announcements } = instanceWith('old', 'new');
    await announcements.announce('1');
    const made = ['old.a', 'old.b', 'older.c'].map((id) => ({ id }));
    await bench.dataSource.getRepository(SealedEntity).insert(made);
    expect(await rotation.state('here')).toEqual({ step: 'added', keyId: 'new' });
    expect(await rotation.used()).toEqual([
      { keyId: 'old', what: 'sealed rows', rows: 2, vouched: false },
      { keyId: 'older', what: 'sealed rows', rows: 1, vouched: false },
    ]);
    expect(await rotation.unreadable()).toEqual([
      { keyId: 'older', what: 'sealed rows', rows: 1, vouched: false },
    ]);
  });
});
