import { DAY } from '@portillon/kernel';
import { atOnce, describeOnEveryEngine, SettableClock } from '@portillon/testing';
import { accountPersistence } from './account.persistence';
import type { AccountChanges } from './account.types';
import { accountServices } from './testing/account-bench';

const OLD = 'claire@hopital.example';
const NEW = 'claire.durand@hopital.example';

describeOnEveryEngine('a mail address that an administrator asked for', [accountPersistence], (bench) => {
  let clock: SettableClock;
  let services: ReturnType<typeof accountServices>;

  beforeEach(async () => {
    await bench.empty();
    clock = new SettableClock();
    services = accountServices(bench.dataSource, clock);
  });

  const inOne: typeof bench.transactions.run = (work) => bench.transactions.run(work);

  async function open(): Promise<string> {
    const draft = { username: 'claire', email: OLD, displayName: 'Claire', passwordDigest: 'digest' };
    const made = await inOne((tx) => services.accounts.create(draft, tx));
    if (made.status !== 'created') throw new Error(made.status);
    return made.account.id;
  }

  const request = (accountId: string, email = NEW) =>
    inOne((tx) => services.pendingEmails.request({ accountId, email, requestedBy: 'hugo' }, tx));
  const edit = (id: string, changes: AccountChanges) =>
    inOne((tx) => services.administration.edit(id, changes, 1, tx));

  it('is kept with who asked and until when, and the account keeps its own', async () => {
    const id = await open();
    const pending = await request(id);
    expect(await services.pendingEmails.find(id)).toEqual(pending);
    expect(pending).toMatchObject({ requestedBy: 'hugo', requestedAt: clock.now() });
    expect(pending.effectiveAt.getTime() - clock.now().getTime()).toBe(DAY);
    expect((await services.accounts.get(id))!.email).toBe(OLD);
  });

  it('is due after 24 hours, however a clock steps back meanwhile', async () => {
    const id = await open();
    await request(id);
    clock.advance(DAY - 1);
    expect(await services.pendingEmails.due(10)).toEqual([]);
    clock.advance(-DAY);
    expect(await services.pendingEmails.due(10)).toEqual([]);
    clock.advance(DAY + 1);
    expect(await services.pendingEmails.due(10)).toMatchObject([{ accountId: id, email: NEW }]);
  });

  it('takes effect once, of sixteen who confirm, cancel and let it through at once', async () => {
    const id = await open();
    const pending = await request(id);
    const { results, errors } = await atOnce(16, (index) =>
      inOne(async (tx) =>
        index % 4 === 0
          ? services.pendingEmails.cancel(pending.id, tx)
          : services.administration.replaceEmail(pending, 1, tx).then((done) => {
              if (!done) throw new Error('not ours');
              return done;
            }),
      ).catch(() => false),
    );
    expect(errors).toEqual([]);
    expect(results.filter(Boolean)).toHaveLength(1);
    expect(await services.pendingEmails.find(id)).toBeUndefined();
  });

  it('takes effect in an account that was closed, by which it is found from then on', async () => {
    const id = await open();
    const pending = await request(id);
    await inOne((tx) => services.administration.deactivate(id, tx));
    expect(await inOne((tx) => services.administration.replaceEmail(pending, 2, tx))).toBe(true);
    expect(await services.accounts.get(id)).toMatchObject({ email: NEW, status: 'DEACTIVATED', version: 3 });
    expect((await services.search.find({ text: NEW, limit: 10 })).items.map((one) => one.id)).toEqual([id]);
  });

  it('does not take effect in an account that is not as it was seen', async () => {
    const id = await open();
    const pending = await request(id);
    await edit(id, { displayName: 'Claire Durand' });
    expect(await inOne((tx) => services.administration.replaceEmail(pending, 1, tx))).toBe(false);
    expect((await services.accounts.get(id))!.email).toBe(OLD);
  });

  it('gives way to the next one, which waits anew', async () => {
    const id = await open();
    const first = await request(id);
    clock.advance(DAY);
    const second = await request(id, 'c@hopital.example');
    expect(await services.pendingEmails.find(id)).toEqual(second);
    expect(await services.pendingEmails.due(10)).toEqual([]);
    expect(await inOne((tx) => services.pendingEmails.cancel(first.id, tx))).toBe(false);
  });

  it.each<[string, (id: string) => Promise<unknown>]>([
    [
      'the person proves an address',
      (id) => inOne((tx) => services.accounts.setEmail(id, 'c@h.example', tx)),
    ],
    ['an administrator writes another', (id) => edit(id, { email: 'c@h.example' })],
    ['roles change', (id) => edit(id, { roles: ['national-admin'] })],
    ['the structure changes', (id) => edit(id, { structureId: 's1' })],
    [
      'the person is erased',
      (id) =>
        inOne(async (tx) => {
          await services.administration.requestErasure(id, tx);
          await services.administration.erase(id, tx);
        }),
    ],
  ])('is void when %s', async (_, act) => {
    const id = await open();
    await request(id);
    await act(id);
    expect(await services.pendingEmails.find(id)).toBeUndefined();
  });

  it('outlives an edit of something else', async () => {
    const id = await open();
    await request(id);
    await edit(id, { displayName: 'Claire Durand', locale: 'en' });
    expect(await services.pendingEmails.find(id)).toMatchObject({ email: NEW });
  });

  it('is one mailbox', async () => {
    const id = await open();
    await expect(request(id, 'c@h.example,d@evil.example')).rejects.toMatchObject({
      code: 'validation.failed',
    });
  });
});
